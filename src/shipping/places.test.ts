/** A business reaches nothing inside our network by its carriers, and nothing real from a sandbox. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { CreatedTenant } from '../tenants/schema.ts'
import type { CarrierConnection } from './schema.ts'

let shop: Shop
let operator: { token: string }
beforeAll(async () => {
  const services = {
    simulator_url: 'http://127.0.0.1:4010',
    private_hosts: ['10.9.0.0/16', 'sim.test'],
  }
  shop = await Shop.open({ services })
  operator = { token: await shop.operatorToken() }
})
afterAll(() => shop.close())

const ups = {
  carrier_id: 'ups',
  name: 'UPS',
  credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
}
const connect = (more: object, init = {}, place = '') =>
  shop.send<CarrierConnection & { detail: string }>(
    `POST /v1/${place}carrier_connections`,
    { ...ups, ...more },
    init,
  )

test.each([
  ['http://169.254.169.254/latest', 422],
  ['http://127.0.0.1:3210/ups', 422],
  ['http://localhost:4010/ups', 422],
  ['http://[::1]:4010/ups', 422],
  ['http://0x7f000001:9000/ups', 422],
  ['https://evil.example/ups', 422],
  ['http://127.0.0.1:4010@evil.example/ups', 422],
  ['http://127.0.0.1:4010/ups', 201],
  ['http://10.9.8.7:4010/ups', 201],
  ['http://sim.test/ups', 201],
])('a simulator at %p: %p', async (base_url, status) => {
  const made = await connect({ mode: 'simulator', base_url })
  expect(made.status).toBe(status)
  if (status === 422) expect(made.body.detail).toContain('no simulator')
})

test('the operator names any simulator he likes', async () => {
  const wish = { mode: 'simulator', base_url: 'http://192.168.1.4:4010/ups' }
  expect((await connect(wish, operator, 'platform/')).status).toBe(201)
})

test('nothing real is connected to a sandbox, neither its own nor what the operator offers', async () => {
  const refused = await connect({ mode: 'live' })
  expect([refused.status, refused.body.detail]).toEqual([
    422,
    expect.stringContaining('Nothing real is bought from a sandbox'),
  ])
  expect((await connect({ mode: 'sandbox' })).status).toBe(201)
  const { id } = (await connect({ mode: 'live' }, operator, 'platform/')).body
  const adopt = (init = {}) =>
    shop.send('POST /v1/carrier_connections/adopt', { system_connection_id: id }, init)
  expect([(await adopt()).status, (await adopt()).body.code]).toEqual([422, 'invalid'])
  const wish = { name: 'Quay Goods', admin_email: 'ida@quay.test', environment: 'live' }
  const quay = await shop.done<CreatedTenant>('POST /v1/platform/tenants', wish, operator)
  const token = quay.api_token
  expect((await connect({ mode: 'live' }, { token })).status).toBe(201)
  expect((await adopt({ token })).status).toBe(201)
})
