import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { Read, SqlValue } from '../db/session.ts'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import { day_ms } from '../kit/clock.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { SalesOrder } from '../orders/schema.ts'
import { findCode } from './find.ts'
import { getHome } from './get.ts'
import type { Find, Home } from './schema.ts'
import { listSteps } from './set-up/read.ts'

/** What a query made itself, or reads from its end: bounded by its own limit. */
const own_rows = /SCAN (\(|p\b|d\b|j\b|CONSTANT|events\b|stock_postings\b)/

const hostile = '<b onclick=x>'
const ship_to = { person_name: `Ida ${hostile}`, country_code: 'DK' }

let shop: Shop
let mara: Browser

beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
})
afterAll(() => shop.close())

const home = () => shop.done<Home>('GET /v1/home')
const find = (code: string) => shop.done<Find>(`GET /v1/find?code=${encodeURIComponent(code)}`)

test('a new business is led from nothing to its first parcel', async () => {
  const html = await mara.visit('/')
  expect(html).toContain('2 of 8 done')
  expect(html).toMatch(/class="button primary" href="\/items\/new"/)
  await shop.done('POST /v1/items', { sku: 'MUG', name: `Mug ${hostile}`, reorder_point: '50' })
  const after = await mara.visit('/')
  expect(after).toContain('3 of 8 done')
  expect(after).toMatch(/class="button primary" href="\/suppliers\/new"/)
})

test('every stage from the dock to the door is counted', async () => {
  const { locations } = await shop.done<SiteSet>('POST /v1/locations/defaults')
  const bin = locations.find(({ type }) => type === 'bin')!.id
  const { data } = await shop.done<{ data: Item[] }>('GET /v1/items')
  const lines = [{ item_id: data[0]!.id, location_id: bin, quantity: 30 }]
  await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
  const supplier = { name: 'Kiln', kinds: ['supplier'] }
  const { id: supplier_id } = await shop.done<{ id: string }>('POST /v1/parties', supplier)
  const purchase = await shop.done<{ id: string }>('POST /v1/purchase_orders', {
    ...{ supplier_id, currency: 'EUR', expected_on: '2026-11-20' },
    lines: [{ sku: 'MUG', quantity: 9 }],
  })
  await shop.done(`POST /v1/purchase_orders/${purchase.id}/send`)
  const place = async (more: object = {}) => {
    const body = { currency: 'EUR', ship_to, lines: [{ sku: 'MUG', quantity: 2 }], ...more }
    const { id } = await shop.done<SalesOrder>('POST /v1/sales_orders', body)
    await shop.done(`POST /v1/sales_orders/${id}/place`)
    return `POST /v1/sales_orders/${id}`
  }
  const pack = async (order: string) => {
    await shop.done(`${order}/picks`, {})
    await shop.done(`${order}/parcels`, { parcels: [{ weight_g: 500 }] })
  }
  await place()
  await shop.done(`${await place()}/hold`, { reason: 'Wait' })
  await shop.done(`${await place()}/picks`, {})
  await pack(await place({ ship_by: '2026-11-20' }))
  for (const ship_by of ['2026-11-21', '2026-11-20']) {
    const order = await place({ ship_by })
    await pack(order)
    await shop.done(`${order}/ship`, {})
  }
  const day = await home()
  expect(day.pipeline).toMatchObject({ expected: 1, to_pick: 2, picking: 1, packed: 1 })
  expect([day.placed_today, day.placed_last_7_days]).toEqual([6, 6])
  expect(day.shipped.days).toHaveLength(30)
  expect(day.shipped.days.at(-1)).toEqual({ day: '2026-11-21', orders: 2 })
  expect([day.shipped.due, day.shipped.on_time]).toEqual([2, 1])
  expect(day.running_low).toMatchObject({ count: 1, items: [{ sku: 'MUG', available: '18' }] })
  expect(Object.fromEntries(day.attention.map(({ kind, count }) => [kind, count]))).toEqual({
    order_late: 1,
    order_on_hold: 1,
    purchase_order_late: 1,
    running_low: 1,
  })
  expect(day.latest[0]).toMatchObject({ type: 'sales_order.shipped', label: 'SO-1006' })
})

test('the picture is drawn without what people typed becoming markup', async () => {
  const html = await mara.visit('/')
  expect(misdeeds(html, hostile)).toEqual([])
  expect(html).toContain('order is on hold')
  expect(html).toContain('class="pipeline"')
})

test('what was placed and shipped before stays where it was', async () => {
  shop.clock.advance(3 * day_ms)
  const day = await home()
  expect([day.placed_today, day.placed_last_7_days]).toEqual([0, 6])
  expect(day.shipped.days.at(-4)).toEqual({ day: '2026-11-21', orders: 2 })
})

test('a code leads to the one thing that carries it', async () => {
  const led = async (code: string) =>
    (await mara.look(`/find?code=${encodeURIComponent(code)}`)).location?.split('/')[1]
  const { data } = await shop.done<{ data: Item[] }>('GET /v1/items')
  expect(await led('MUG')).toBe('items')
  expect(await led('mug')).toBe('items')
  expect(await led(data[0]!.id)).toBe('items')
  expect(await led('so-1001')).toBe('orders')
  expect(await led('PO-1001')).toBe('purchase_orders')
  expect(await led('A-01-01')).toBe('locations')
})

test('what is not exactly one thing shows what begins with it', async () => {
  const { exact, matches } = await find('SO-10')
  expect([exact, matches.length]).toEqual([false, 5])
  const html = await mara.visit('/find?code=ida')
  expect(html).toContain('Ida &lt;b')
  expect(misdeeds(html, hostile)).toEqual([])
  const nothing = await mara.visit(`/find?code=${encodeURIComponent(hostile)}`)
  expect(nothing).toContain('Nothing begins with it either')
  expect(misdeeds(nothing, hostile)).toEqual([])
  expect(await mara.visit('/find')).toContain('Scan or type a code')
})

test('no question reads a whole table, however much is in it', () => {
  const plans: string[] = []
  const explained = (read: Read): Read => {
    const look = (sql: string, values: SqlValue[]) =>
      plans.push(
        ...read
          .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
          .map(({ detail }) => detail),
      )
    return {
      scope: { ...read.scope, organization_id: shop.tenant.organization_id },
      now: read.now,
      now_ms: read.now_ms,
      get: (sql, ...values) => (look(sql, values), read.get(sql, ...values)),
      all: (sql, ...values) => (look(sql, values), read.all(sql, ...values)),
    }
  }
  shop.data.tenants.at(shop.tenant.id).read(shop.scope, (read) => {
    getHome(explained(read))
    listSteps(explained(read))
    findCode(explained(read), { code: 'SO-1001' })
    findCode(explained(read), { code: 'nothing like it' })
  })
  expect(plans.length).toBeGreaterThan(50)
  const whole = plans.filter((plan) => plan.startsWith('SCAN') && !own_rows.test(plan))
  expect(whole).toEqual([])
})

test('nothing of another organization is counted or found', async () => {
  const { token } = await shop.organization('Neighbour')
  const day = await shop.done<Home>('GET /v1/home', undefined, { token })
  expect(day.placed_last_7_days).toBe(0)
  expect(day.shipped.days.every(({ orders }) => orders === 0)).toBe(true)
  const { matches } = await shop.done<Find>('GET /v1/find?code=MUG', undefined, { token })
  expect(matches).toEqual([])
})
