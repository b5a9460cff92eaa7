import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import type { MadeSibling } from './schema.ts'

let shop: Shop
let sandbox: MadeSibling
let mara: Browser

const rows = <T>(id: string, sql: string): T[] =>
  shop.data.tenants.at(id).read(systemScope('test'), (read) => read.all<T>(sql))
beforeAll(async () => {
  shop = await Shop.open()
  await shop.done('POST /v1/items', { sku: 'MUG', name: 'Mug' })
  sandbox = await shop.done<MadeSibling>('POST /v1/sandboxes', { name: 'Try' })
  mara = await Browser.enter(shop)
}, 60_000)
afterAll(() => shop.close())

const goTo = async (who: Browser, id: string) => {
  const { location } = await who.submit('/settings/siblings', {}, `/settings/siblings/${id}/enter`)
  return location ?? ''
}

test('a leader of the live business goes there and back, each way once', async () => {
  const path = await goTo(mara, sandbox.id)
  expect(path).toMatch(/^\/siblings\/enter\//)
  const stranger = await Browser.enter(shop)
  expect((await stranger.look(path)).status).toBe(403)
  const arrivals = await Promise.all([mara.look(path), mara.look(path)])
  expect(arrivals.map(({ status }) => status).sort()).toEqual([303, 403])
  const there = mara.after(arrivals.find(({ status }) => status === 303)!)
  expect(await there.visit('/settings/siblings')).toContain('Try')
  expect(rows<{ email: string }>(sandbox.id, 'SELECT email FROM users')).toHaveLength(2)
  const back = await there.look(await goTo(there, shop.tenant.id))
  expect(back.status).toBe(303)
  const home = there.after(back)
  expect(await home.visit('/items')).toContain('MUG')
})

test('a minute later the way has ended', async () => {
  const path = await goTo(mara, sandbox.id)
  shop.clock.advance(61_000)
  expect((await mara.look(path)).status).toBe(403)
})

test('who signed in down there does not come up', async () => {
  const below = await Browser.enter(shop, 'owner', sandbox.api_token)
  const page = '/settings/siblings'
  const action = `/settings/siblings/${shop.tenant.id}/enter`
  const refused = await below.submit(page, {}, action)
  expect(refused.status).toBe(403)
  expect(refused.html).toContain('Sign in to the live business')
})

test('no way back once the session up there has ended', async () => {
  const ida = await Browser.enter(shop)
  const there = ida.after(await ida.look(await goTo(ida, sandbox.id)))
  const file = shop.data.tenants.at(shop.tenant.id)
  await file.write(shop.scope, (tx) => {
    tx.run('DELETE FROM sessions')
  })
  const action = `/settings/siblings/${shop.tenant.id}/enter`
  expect((await there.submit('/settings/siblings', {}, action)).status).toBe(403)
})

test('a token goes nowhere, and a stranger’s business is not there', async () => {
  expect((await shop.send(`POST /v1/siblings/${sandbox.id}/enter`)).status).toBe(403)
  const token = await shop.operatorToken()
  const wish = { name: 'Neighbour', admin_email: 'n@neighbour.test' }
  const made = await shop.done<{ tenant: { id: string } }>('POST /v1/platform/tenants', wish, {
    token,
  })
  const foreign = `/v1/siblings/${made.tenant.id}`
  expect((await shop.send(`GET ${foreign}`)).status).toBe(404)
  expect((await shop.send(`DELETE ${foreign}`)).status).toBe(404)
  expect((await shop.send(`DELETE /v1/siblings/${shop.tenant.id}`)).body).toMatchObject({
    code: 'conflict',
  })
})
