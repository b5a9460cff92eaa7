import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Sibling } from './schema.ts'

const page = '/settings/siblings'
const hostile = '<b onclick=x>'
let shop: Shop
let mara: Browser
beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
})
afterAll(() => shop.close())

const beside = async () =>
  (await shop.done<{ data: Sibling[] }>('GET /v1/siblings')).data.filter(({ is_here }) => !is_here)

test('a branch is made, shown once with its token, listed, and removed', async () => {
  const typed = { name: `Try ${hostile}`, expires_at: '2026-12-31', anonymise: 'true' }
  const made = await mara.submit(page, typed, `${page}/branches`)
  expect(made.status).toBe(200)
  expect(made.html).toMatch(/stw_tenant_[0-9a-z]{26}_/)
  const [branch] = await beside()
  expect(branch).toMatchObject({
    kind: 'branch',
    anonymised: true,
    expires_at: '2026-12-31T23:59:59.000Z',
    asked_by: 'Mara',
  })
  const list = await mara.visit(page)
  expect(list).toContain('Branch, anonymised')
  expect(list).not.toContain('stw_tenant_')
  expect(misdeeds(list, hostile)).toEqual([])
  const one = `${page}/${branch!.id}`
  expect(misdeeds(await mara.visit(one), hostile)).toEqual([])
  const removed = await mara.submit(one, {}, `${one}/remove`)
  expect([removed.location, removed.said]).toEqual([page, `Try ${hostile} is removed.`])
  expect(await beside()).toEqual([])
})

test('what is wrong stands beside its field', async () => {
  const wrong = { name: 'Late', expires_at: '2026-01-01' }
  const refused = await mara.submit(page, wrong, `${page}/sandboxes`)
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('This time is over already.')
  expect(refused.html).toContain('value="Late"')
})

test('only those who lead the business come here', async () => {
  const member = await Browser.enter(shop, 'member')
  expect((await member.look(page)).status).toBe(403)
})
