import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../../tests/shop.ts'
import { day_ms, minute_ms, timestamp } from '../../kit/clock.ts'
import { Person } from '../testing/person.ts'
import type { IssuedToken, Token } from '../schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const list = (query: string) => shop.done<{ data: Token[] }>(`GET /v1/tokens?${query}`)
const names = async (query: string) => (await list(query)).data.map(({ name }) => name).sort()

test('tokens that nobody uses, or that end soon, are pointed out', async () => {
  const make = (name: string, more: object = {}) =>
    shop.done<IssuedToken>('POST /v1/tokens', { name, scopes: ['items.read'], ...more })
  await make('Forgotten')
  const used = await make('Used')
  const ended = await make('Ended')
  await shop.done(`POST /v1/tokens/${ended.id}/revoke`)
  shop.clock.advance(80 * day_ms)
  await shop.done('GET /v1/items', undefined, { token: used.token })
  await shop.data.tenants.open(shop.tenant.id).idle()
  shop.clock.advance(10 * day_ms + minute_ms)
  const in_ten_days = timestamp(shop.clock.now() + 10 * day_ms)
  const old = await make('Rotated', { expires_at: in_ten_days })
  await shop.done(`POST /v1/tokens/${old.id}/rotate`, {})
  await make('Last days', { expires_at: in_ten_days })
  await make('Long', { expires_at: timestamp(shop.clock.now() + 15 * day_ms) })
  expect(await names('attention=unused')).toEqual(['Forgotten'])
  // The replacement ends as early as the one it replaces; the replaced one ends as it should.
  expect(await names('attention=expiring')).toEqual(['Last days', 'Rotated'])
  expect(await names('attention=any')).toEqual(['Forgotten', 'Last days', 'Rotated'])
  const { data } = await list('attention=any&limit=100')
  expect(data.map(({ attention }) => attention).sort()).toEqual(['expiring', 'expiring', 'unused'])
  const one = await shop.done<Token>(`GET /v1/tokens/${used.id}`)
  expect(one).toMatchObject({ attention: null, last_used_ip: '' })
  const mara = await Person.enter(shop)
  expect(await mara.visit('/settings/tokens')).toContain('href="/settings/tokens?attention=any"')
})

test('a token for everything asks a person who it is; a smaller one does not', async () => {
  const mara = await Person.enter(shop)
  shop.clock.advance(16 * minute_ms)
  const small = await mara.post('/settings/tokens', { name: 'Small', scopes: 'items.read' })
  expect(small.status).toBe(200)
  const asked = await mara.post('/settings/tokens', { name: 'All', scopes: '*' })
  expect([asked.status, asked.location]).toEqual([
    307,
    '/confirm?resume=%2Fsettings%2Ftokens&back=%2Fsettings%2Ftokens',
  ])
  expect(await names('limit=100')).not.toContain('All')
})

test('making somebody an owner asks who it is', async () => {
  const mara = await Person.enter(shop)
  const pim = await Person.enter(shop, 'viewer')
  shop.clock.advance(16 * minute_ms)
  const path = `/settings/members/${pim.id}/role`
  expect((await mara.post(path, { role: 'owner' })).status).toBe(307)
  expect((await mara.post(path, { role: 'member' })).status).toBe(303)
  const asked = await mara.post('/settings/invitations', { email: 'o@harbour.test', role: 'owner' })
  expect(asked.location).toStartWith('/confirm')
})
