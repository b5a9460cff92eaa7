import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { Party } from '../parties/schema.ts'
import type { PurchaseOrder } from '../purchasing/schema.ts'
import type { Level } from '../stock/schema.ts'
import type { Fulfilment } from './fulfilment-schema.ts'
import type { SalesOrder } from './schema.ts'

let shop: Shop
let bin: string
let number = 0

beforeAll(async () => {
  shop = await Shop.open()
  const main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = main.locations.find(({ type }) => type === 'bin')!.id
})
afterAll(() => shop.close())

/** An item of which these units came in. */
async function received(...serial_codes: string[]): Promise<Item> {
  const sku = `U-${++number}`
  const item = await shop.done<Item>('POST /v1/items', { sku, name: sku, tracking: 'serial' })
  const supplier = await shop.done<Party>('POST /v1/parties', { name: 'S', kinds: ['supplier'] })
  const purchase = await shop.done<PurchaseOrder>('POST /v1/purchase_orders', {
    supplier_id: supplier.id,
    currency: 'EUR',
    lines: [{ sku, quantity: serial_codes.length }],
  })
  await shop.done(`POST /v1/purchase_orders/${purchase.id}/send`)
  const lines = [{ line: 1, serial_codes, location_id: bin }]
  await shop.done(`POST /v1/purchase_orders/${purchase.id}/receipts`, { lines })
  return item
}

async function placed(item: Item, quantity: number): Promise<SalesOrder> {
  const { id } = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'EUR',
    ship_to: { country_code: 'DK' },
    lines: [{ sku: item.sku, quantity }],
  })
  return shop.done<SalesOrder>(`POST /v1/sales_orders/${id}/place`)
}

const to = (order: SalesOrder, verb: string) => `POST /v1/sales_orders/${order.id}/${verb}`

test('units with serials are packed by their serials', async () => {
  const item = await received('S1', 'S2')
  const order = await placed(item, 2)
  await shop.done(to(order, 'picks'), {})
  const wrong = { parcels: [{ contents: [{ line: 1, quantity: 1 }] }] }
  expect((await shop.send(to(order, 'parcels'), wrong)).body.code).toBe('serial_required')
  const packed = await shop.done<Fulfilment>(to(order, 'parcels'), {
    parcels: [{ contents: [{ line: 1, serial_code: 'S2', quantity: 1 }] }, {}],
  })
  const codes = packed.parcels.map(({ contents }) => contents.map((goods) => goods.serial_code))
  expect(codes).toEqual([['S2'], ['S1']])
  await shop.done(to(order, 'ship'), {})
  const levels = await shop.done<{ data: Level[] }>(`GET /v1/stock/levels?sku=${item.sku}`)
  expect(levels.data).toEqual([])
})

test('the unit that was scanned is taken instead of the one that was reserved', async () => {
  const item = await received('A', 'B', 'C')
  const order = await placed(item, 1)
  const lines = [{ line: 1, serial_code: 'C', quantity: 1 }]
  const picked = await shop.done<Fulfilment>(to(order, 'picks'), { lines })
  expect(picked.picked.map((goods) => goods.serial_code)).toEqual(['C'])
  const levels = await shop.done<{ data: Level[] }>(`GET /v1/stock/levels?sku=${item.sku}`)
  expect(
    levels.data.map((level) => [level.serial_code, level.location_code, level.reserved]),
  ).toEqual([
    ['A', 'A-01-01', '0'],
    ['B', 'A-01-01', '0'],
    ['C', 'MAIN-PACK', '0'],
  ])
})

test('a unit that is held for another order stays with it', async () => {
  const item = await received('A', 'B')
  const [first, second] = [await placed(item, 1), await placed(item, 1)]
  const lines = [{ line: 1, serial_code: 'B', quantity: 1 }]
  const refused = await shop.send(to(first, 'picks'), { lines })
  expect([refused.status, refused.body.code]).toEqual([409, 'insufficient_stock'])
  const own = await shop.done<Fulfilment>(to(second, 'picks'), { lines })
  expect(own.picked.map((goods) => goods.serial_code)).toEqual(['B'])
})
