import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Archive } from './schema.ts'

const page = '/settings/archives'
let shop: Shop
let mara: Browser
beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
})
afterAll(() => shop.close())

const latest = async () => (await shop.done<{ data: Archive[] }>('GET /v1/archives')).data[0]!

test('an owner asks for an archive, sees that it waits, and stops it', async () => {
  expect(await mara.visit(page)).toContain('No archive yet')
  const asked = await mara.submit(page)
  expect([asked.location, asked.said]).toEqual([page, expect.stringContaining('being made')])
  const waiting = await mara.visit(page)
  expect(waiting).toContain('Queued')
  expect(waiting).toContain('hx-trigger="every 2s"')
  expect(misdeeds(waiting)).toEqual([])
  const { id } = await latest()
  const stopped = await mara.submit(page, {}, `${page}/${id}/cancel`)
  expect(stopped.said).toBe('The archive is stopped.')
  expect(await latest()).toMatchObject({ state: 'cancelled', file: null })
  expect(await mara.visit(page)).not.toContain('hx-trigger')
})

test('an admin sees the list and takes nothing along; a member does not find the page', async () => {
  const admin = await Browser.enter(shop, 'admin')
  const seen = await admin.visit(page)
  expect(seen).toContain('Only an owner of the business')
  expect(seen).not.toContain(`action="${page}"`)
  const member = await Browser.enter(shop, 'member')
  expect((await member.look(page)).status).toBe(403)
  expect(await member.visit('/items')).not.toContain(page)
})
