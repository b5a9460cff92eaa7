import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import type { Item } from '../catalog/schema.ts'
import { day_ms } from '../kit/clock.ts'
import { Shop } from '../../tests/shop.ts'
import { forgetKeys } from './idempotency.ts'

let shop: Shop
let simulator: Simulator
let number = 0

beforeAll(async () => {
  shop = await Shop.open()
  simulator = await startSimulator({ seed: 1, clock: shop.clock, latency_ms: 20 })
})
afterAll(async () => {
  await simulator.stop()
  await shop.close()
})

const address = {
  person_name: 'Ada',
  address_line1: '1 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
}
const quote = {
  shipper: address,
  recipient: address,
  parcels: [{ weight: 1, weight_unit: 'LB' }],
}

const body = () => ({ sku: `R-${++number}`, name: 'Rope' })
const count = (sku: string): number =>
  shop.data.tenants
    .at(shop.tenant.id)
    .read(
      shop.scope,
      (read) => read.get<{ n: number }>('SELECT count(*) AS n FROM items WHERE sku = ?', sku)!.n,
    )

test('one key, sent ten times at once, has one effect and one answer', async () => {
  const item = body()
  const sent = Array.from({ length: 10 }, () =>
    shop.send<Item>('POST /v1/items', item, { key: 'ten-at-once' }),
  )
  const answers = await Promise.all(sent)
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201))
  const replayed = answers.filter(({ headers }) => headers.get('idempotent-replayed') === 'true')
  expect(replayed.length).toBe(9)
  expect(new Set(answers.map(({ headers }) => headers.get('etag')))).toEqual(new Set(['"1"']))
  expect(count(item.sku)).toBe(1)
})

test('a key that was used for something else is refused', async () => {
  await shop.done('POST /v1/items', body(), { key: 'once' })
  const other = await shop.send('POST /v1/items', body(), { key: 'once' })
  expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused'])
})

test('a refused request leaves its key free', async () => {
  const item = body()
  await shop.done('POST /v1/items', item)
  const refused = await shop.send('POST /v1/items', item, { key: 'second-thoughts' })
  expect(refused.status).toBe(409)
  const accepted = await shop.send('POST /v1/items', body(), { key: 'second-thoughts' })
  expect(accepted.status).toBe(201)
})

test('a key belongs to its token', async () => {
  const other = await shop.organization('Second')
  await shop.done('POST /v1/items', body(), { key: 'shared' })
  const theirs = await shop.send('POST /v1/items', body(), { key: 'shared', token: other.token })
  expect(theirs.status).toBe(201)
})

test('while a call to the outside runs, the same key waits; after it, the answer is replayed', async () => {
  const connection = {
    carrier_id: 'ups',
    name: 'UPS',
    mode: 'simulator',
    base_url: simulator.baseUrl('ups'),
    credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
  }
  await shop.done('POST /v1/carrier_connections', connection)
  const ask = () => shop.send('POST /v1/rates', quote, { key: 'quote-1' })
  const both = await Promise.all([ask(), ask()])
  const told = both.map(({ status, body }) => (status === 200 ? 'answered' : body.code))
  expect(told.sort()).toEqual(['answered', 'idempotency_in_progress'])
  const again = await ask()
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(again.text).toBe(both.find(({ status }) => status === 200)!.text)
})

test('keys are forgotten when they are old, and not before', async () => {
  const item = body()
  await shop.done('POST /v1/items', item, { key: 'old' })
  shop.clock.advance(2 * day_ms)
  const file = shop.data.tenants.at(shop.tenant.id)
  const yesterday = new Date(shop.clock.now() - day_ms).toISOString()
  expect(await file.write(shop.scope, (tx) => forgetKeys(tx, yesterday))).toBeGreaterThan(0)
  expect((await shop.send('POST /v1/items', item, { key: 'old' })).status).toBe(409)
})

test('what has not changed is not sent again', async () => {
  const { id } = await shop.done<Item>('POST /v1/items', body())
  const first = await shop.send(`GET /v1/items/${id}`)
  const etag = first.headers.get('etag')!
  const same = await shop.send(`GET /v1/items/${id}`, undefined, {
    headers: { 'if-none-match': etag },
  })
  expect([same.status, same.text, same.headers.get('etag')]).toEqual([304, '', etag])
})

test('of two who read the same version, the second is told that he is late', async () => {
  const { id } = await shop.done<Item>('POST /v1/items', body())
  const change = (name: string) => shop.send(`PATCH /v1/items/${id}`, { name }, { etag: '"1"' })
  const both = await Promise.all([change('Ada’s'), change('Ben’s')])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 412])
  const late = both.find(({ status }) => status === 412)!
  expect(late.headers.get('etag')).toBe('"2"')
})

test('a dry run answers what would happen, and leaves no trace', async () => {
  const item = body()
  const told = shop.events().length
  const tried = await shop.send<Item>('POST /v1/items?dry_run=true', item, { key: 'dry' })
  expect([tried.status, tried.body.sku]).toEqual([201, item.sku])
  expect(count(item.sku)).toBe(0)
  expect(shop.events().length).toBe(told)
  expect((await shop.send('POST /v1/items', item, { key: 'dry' })).status).toBe(201)
})

test('a dry run of what calls the outside is refused', async () => {
  const asked = simulator.requests().length
  const tried = await shop.send('POST /v1/rates?dry_run=true', quote)
  expect([tried.status, tried.body.code]).toEqual([422, 'invalid'])
  expect(simulator.requests().length).toBe(asked)
})

test('every answer names its request; the caller’s own name is kept', async () => {
  const mine = await shop.send('GET /v1/items', undefined, {
    headers: { 'x-request-id': 'my-request-1' },
  })
  expect(mine.headers.get('x-request-id')).toBe('my-request-1')
  const made = await shop.send('GET /v1/items')
  expect(made.headers.get('x-request-id')).toMatch(/^req_/)
  expect(made.headers.get('ratelimit')).toMatch(/^"token";r=\d+;t=\d+$/)
})

test('a problem is RFC 9457, with the code, the request and the fields', async () => {
  const wrong = await shop.send('POST /v1/items', { sku: '' })
  expect(wrong.headers.get('content-type')).toBe('application/problem+json')
  expect(wrong.body).toMatchObject({
    type: '/problems/invalid',
    status: 422,
    code: 'invalid',
    request_id: wrong.headers.get('x-request-id'),
  })
})

test('a body too large is not read into the house', async () => {
  const huge = { sku: 'HUGE', name: 'x', description: 'y'.repeat(3_000_000) }
  const answer = await shop.send('POST /v1/items', huge)
  expect([answer.status, answer.body.code]).toEqual([413, 'payload_too_large'])
})
