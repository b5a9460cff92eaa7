/** The operator's picture of the platform and of one business. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { day_ms } from '../kit/clock.ts'
import { liveIn } from '../../tests/lived-in.ts'
import { Shop } from '../../tests/shop.ts'
import type { Health, Overview, TenantAnalytics } from './schema.ts'

let shop: Shop
let token: string

beforeAll(async () => {
  shop = await Shop.open()
  token = await shop.operatorToken()
  await liveIn(shop, shop.tenant.token)
}, 60_000)
afterAll(() => shop.close())

const analytics = (query = '', tenant_id = shop.tenant.id) =>
  shop.send<TenantAnalytics>(`GET /v1/platform/tenants/${tenant_id}/analytics${query}`, undefined, {
    token,
  })

describe('one business', () => {
  test('what was asked for is answered, day by day, and adds up', async () => {
    const { status, body } = await analytics('?period=30d&metrics[]=shipments&metrics[]=revenue')
    expect(status).toBe(200)
    expect(Object.keys(body.metrics)).toEqual(['shipments', 'revenue'])
    const { shipments, revenue } = body.metrics
    expect(shipments!.days).toHaveLength(30)
    expect(shipments!.total).toBeGreaterThan(0)
    expect(shipments!.days.reduce((sum, { value }) => sum + value, 0)).toBe(shipments!.total)
    const cost = revenue!.days.flatMap(({ totals }) => totals)
    expect(cost.reduce((sum, { amount }) => sum + amount, 0)).toBe(
      revenue!.totals.reduce((sum, { amount }) => sum + amount, 0),
    )
  })

  test('a period that is none, an unknown metric, another operator’s business', async () => {
    expect((await analytics('?period=0d')).status).toBe(422)
    expect((await analytics('?period=400d')).status).toBe(422)
    expect((await analytics('?metrics[]=secrets')).status).toBe(422)
    expect((await analytics('', 'ten_01h455vb4pex5vsknk084sn02q')).status).toBe(404)
  })
})

test('the overview counts businesses and says what needs somebody', async () => {
  const ask = () => shop.done<Overview>('GET /v1/platform/overview', undefined, { token })
  const before = await ask()
  expect(before.tenants.total).toBe(1)
  expect(before.tenants.founded.at(-1)?.value).toBe(1)
  expect(before.attention).toEqual([])
  await shop.done(`POST /v1/platform/tenants/${shop.tenant.id}/suspend`, {}, { token })
  const after = await ask()
  expect(after.attention).toEqual([{ kind: 'suspended', count: 1 }])
  await shop.done(`POST /v1/platform/tenants/${shop.tenant.id}/resume`, undefined, { token })
})

test('health names a business that is in maintenance, and nothing else of it', async () => {
  const ask = () => shop.done<Health>('GET /v1/platform/health', undefined, { token })
  const before = await ask()
  expect(before.checks.find(({ name }) => name === 'Files')?.state).toBe('good')
  expect(before.copies).toBeNull()
  await shop.data.tenants.withClosed(shop.tenant.id, 'it is being moved', async () => {
    const { state, maintenance } = await ask()
    expect(state).toBe('bad')
    expect(maintenance).toEqual([{ tenant_id: shop.tenant.id, reason: 'it is being moved' }])
  })
})

test('all metrics unless some are named; what was done goes over to the days before', async () => {
  const now = (await analytics()).body.metrics
  expect(Object.keys(now)).toEqual([
    'api_calls',
    'shipments',
    'orders',
    'revenue',
    'organizations',
    'active_users',
  ])
  expect(now.orders!.previous).toBe(0)
  shop.clock.advance(30 * day_ms)
  const later = (await analytics()).body.metrics
  expect(later.orders).toMatchObject({ total: 0, previous: now.orders!.total })
})
