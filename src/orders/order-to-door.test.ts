import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import type { Location, SiteSet } from '../locations/schema.ts'
import type { Party } from '../parties/schema.ts'
import type { PurchaseOrder } from '../purchasing/schema.ts'
import type { Availability, Movement } from '../stock/schema.ts'
import type { Fulfilment, PickList } from './fulfilment-schema.ts'
import type { SalesOrder } from './schema.ts'

let shop: Shop
let main: SiteSet
let bin: string
let number = 0

beforeAll(async () => {
  shop = await Shop.open()
  main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = main.locations.find(({ type }) => type === 'bin')!.id
})
afterAll(() => shop.close())

const ship_to = {
  person_name: 'Ida Holm',
  address_line1: 'Kaj 4',
  city: 'Aarhus',
  country_code: 'DK',
}

async function stocked(quantity: number, more: object = {}): Promise<Item> {
  const sku = `O-${++number}`
  const item = await shop.done<Item>('POST /v1/items', { sku, name: sku, ...more })
  if (quantity > 0 && item.tracking === 'none') await put(item, quantity)
  return item
}

const put = (item: Item, quantity: number, more: object = {}) =>
  shop.done('POST /v1/stock/adjustments', {
    reason: 'opening',
    lines: [{ item_id: item.id, location_id: bin, quantity, ...more }],
  })

const drafted = (lines: object[], more: object = {}) =>
  shop.done<SalesOrder>('POST /v1/sales_orders', { currency: 'EUR', ship_to, lines, ...more })

async function placed(lines: object[], more: object = {}): Promise<SalesOrder> {
  const { id } = await drafted(lines, more)
  return shop.done<SalesOrder>(`POST /v1/sales_orders/${id}/place`)
}

/** on hand, reserved, available. */
async function sums(item: Item): Promise<string[]> {
  const route = `GET /v1/items/${item.id}/availability` as const
  const { on_hand, reserved, available } = await shop.done<Availability>(route)
  return [on_hand, reserved, available]
}

const to = (order: SalesOrder, verb: string) => `POST /v1/sales_orders/${order.id}/${verb}`

test('from the supplier to the door: every step moves the goods, and is told', async () => {
  const item = await stocked(0, { weight_g: 350, tracking: 'lot' })
  const supplier = await shop.done<Party>('POST /v1/parties', { name: 'Kiln', kinds: ['supplier'] })
  const purchase = await shop.done<PurchaseOrder>('POST /v1/purchase_orders', {
    supplier_id: supplier.id,
    currency: 'EUR',
    lines: [{ sku: item.sku, quantity: 10 }],
  })
  await shop.done(`POST /v1/purchase_orders/${purchase.id}/send`)
  const receipt = (lot_code: string, expires_on: string, quantity: number) => ({
    ...{ line: 1, location_id: bin, lot_code, expires_on, quantity },
  })
  await shop.done(`POST /v1/purchase_orders/${purchase.id}/receipts`, {
    lines: [receipt('LATE', '2027-12-31', 7), receipt('SOON', '2027-01-31', 3)],
  })

  const before = shop.events().length
  const order = await placed([
    { sku: item.sku, quantity: 5, unit_price: { amount: 1299, currency: 'EUR' } },
  ])
  expect(order).toMatchObject({ status: 'allocated', total: { amount: 6495, currency: 'EUR' } })
  expect(await sums(item)).toEqual(['10', '5', '5'])
  const list = await shop.done<PickList>('GET /v1/pick_list')
  const mine = list.data.filter((pick) => pick.sales_order_id === order.id)
  expect(mine.map((pick) => [pick.lot_code, pick.quantity, pick.location_code])).toEqual([
    ['SOON', '3', 'A-01-01'],
    ['LATE', '2', 'A-01-01'],
  ])
  const picked = await shop.done<Fulfilment>(to(order, 'picks'), {})
  expect(picked.order.status).toBe('picking')
  expect(picked.picked.map((goods) => [goods.lot_code, goods.quantity])).toEqual([
    ['LATE', '2'],
    ['SOON', '3'],
  ])
  const packed = await shop.done<Fulfilment>(to(order, 'parcels'), {
    parcels: [
      { weight_g: 1500, contents: [{ line: 1, lot_code: 'SOON', quantity: 3 }] },
      { packaging: 'small box' },
    ],
  })
  expect(packed.order.status).toBe('packed')
  expect(packed.parcels.map((parcel) => [parcel.number, parcel.weight_g])).toEqual([
    [1, 1500],
    [2, 700],
  ])
  const shipped = await shop.done<Fulfilment>(to(order, 'ship'), {})
  expect(shipped.order.status).toBe('shipped')
  expect(await sums(item)).toEqual(['5', '0', '5'])
  const first = shipped.parcels[0]!.id
  const part = await shop.done<Fulfilment>(to(order, 'deliver'), { parcel_ids: [first] })
  expect(part.order.status).toBe('shipped')
  const delivered = await shop.done<Fulfilment>(to(order, 'deliver'), {})
  expect(delivered.order.status).toBe('delivered')
  await shop.done(to(order, 'close'))
  const told = [
    'created',
    'placed',
    'allocated',
    'picked',
    'packed',
    'shipped',
    'delivered',
    'closed',
  ]
  const types = told.map((what) => `sales_order.${what}`)
  expect(shop.events().slice(before)).toEqual(types)
  const history = await shop.done<{ data: { type: string }[] }>(
    `GET /v1/sales_orders/${order.id}/history?sort=seq`,
  )
  expect(history.data.map(({ type }) => type)).toEqual(types)
  const moved = await shop.done<{ data: Movement[] }>(`GET /v1/items/${item.id}/movements`)
  expect(moved.data.slice(0, 2).map(({ from, to: there }) => [from, there])).toEqual([
    ['MAIN-PACK', 'customer'],
    ['MAIN-PACK', 'customer'],
  ])
})

test('the last unit goes to one of two orders; the other waits until goods come', async () => {
  const item = await stocked(1)
  const lines = [{ sku: item.sku, quantity: 1 }]
  const drafts = [await drafted(lines), await drafted(lines)]
  const both = await Promise.all(drafts.map((order) => shop.done<SalesOrder>(to(order, 'place'))))
  expect(both.map(({ status }) => status).sort()).toEqual(['allocated', 'placed'])
  expect(await sums(item)).toEqual(['1', '1', '0'])
  const waiting = both.find(({ backordered }) => backordered)!
  expect(waiting.lines[0]!.backordered_quantity).toBe('1')
  expect((await shop.send(to(waiting, 'picks'), {})).body.code).toBe('not_allocated')
  await put(item, 1)
  const served = await shop.done<SalesOrder>(to(waiting, 'allocate'))
  expect(served).toMatchObject({ status: 'allocated', backordered: false })
})

test('who does not take backorders is refused as a whole, with what is missing', async () => {
  const some = await stocked(2)
  const none = await stocked(0)
  const lines = [
    { sku: some.sku, quantity: 2 },
    { sku: none.sku, quantity: 1 },
  ]
  const order = await drafted(lines, { backorder_policy: 'refuse' })
  const before = shop.events().length
  const refused = await shop.send(to(order, 'place'))
  expect(refused.status).toBe(409)
  expect(refused.body).toMatchObject({
    code: 'insufficient_stock',
    lines: [{ line: 2, sku: none.sku, shortfall: '1', available: '0' }],
  })
  expect(await sums(some)).toEqual(['2', '0', '2'])
  expect(shop.events()).toHaveLength(before)
})

test('two lines of one item cannot have the same goods', async () => {
  const item = await stocked(3)
  const line = { sku: item.sku, quantity: 2 }
  const order = await placed([line, line])
  expect(order.lines.map((each) => each.backordered_quantity)).toEqual(['0', '1'])
  expect(await sums(item)).toEqual(['3', '3', '0'])
})

test('a lot on hold, recalled or expired is skipped', async () => {
  const item = await stocked(0, { tracking: 'lot' })
  const lots: Record<string, string> = {}
  for (const [code, expires_on] of [
    ['HELD', '2027-01-01'],
    ['OLD', '2026-11-20'],
    ['GOOD', '2027-06-01'],
  ] as const) {
    const lot = await shop.done<{ id: string }>('POST /v1/lots', {
      item_id: item.id,
      code,
      expires_on,
    })
    lots[code] = lot.id
    await put(item, 2, { lot_code: code })
  }
  await shop.done(`PATCH /v1/lots/${lots.HELD}`, { status: 'hold' }, { etag: '"1"' })
  expect(await sums(item)).toEqual(['6', '0', '2'])
  const order = await placed([{ sku: item.sku, quantity: 5 }])
  const { to_pick } = await shop.done<Fulfilment>(`GET /v1/sales_orders/${order.id}/fulfilment`)
  expect(to_pick.map((pick) => [pick.lot_code, pick.quantity])).toEqual([['GOOD', '2']])
  expect(order.lines[0]!.backordered_quantity).toBe('3')
})

test('a lot that is recalled after it was allocated is not picked; other goods are sought', async () => {
  const item = await stocked(0, { tracking: 'lot' })
  await shop.done('POST /v1/lots', { item_id: item.id, code: 'BAD', expires_on: '2027-01-01' })
  const lots = await shop.done<{ data: { id: string }[] }>(`GET /v1/lots?item_id=${item.id}`)
  await shop.done('POST /v1/lots', { item_id: item.id, code: 'FINE' })
  for (const lot_code of ['BAD', 'FINE']) await put(item, 2, { lot_code })
  const order = await placed([{ sku: item.sku, quantity: 2 }])
  await shop.done(`PATCH /v1/lots/${lots.data[0]!.id}`, { status: 'recalled' }, { etag: '"1"' })
  const refused = await shop.send(to(order, 'picks'), {})
  expect([refused.status, refused.body.code]).toEqual([409, 'lot_held'])
  const lines = [{ line: 1, lot_code: 'BAD', quantity: 0, short: true }]
  const short = await shop.done<Fulfilment>(to(order, 'picks'), { lines })
  expect(short.to_pick.map((pick) => pick.lot_code)).toEqual(['FINE'])
})

test('who finds too little is sent elsewhere, and the place is counted', async () => {
  const item = await stocked(3)
  const shelf = await shop.done<Location>('POST /v1/locations', {
    ...{ type: 'bin', code: 'Z-SHELF', parent_id: main.site.id },
  })
  await put(item, 2, { location_id: shelf.id })
  const order = await placed([{ sku: item.sku, quantity: 3 }])
  const before = shop.events().length
  const lines = [{ line: 1, location_id: bin, quantity: 1, short: true }]
  const short = await shop.done<Fulfilment>(to(order, 'picks'), { lines })
  expect(short.to_pick.map((pick) => [pick.location_code, pick.quantity])).toEqual([
    ['Z-SHELF', '2'],
  ])
  expect(short.picked.map(({ quantity }) => quantity)).toEqual(['1'])
  expect(shop.events().slice(before)).toEqual(['sales_order.picked', 'count.requested'])
  const rest = await shop.done<Fulfilment>(to(order, 'picks'), {})
  expect(rest.picked.map(({ quantity }) => quantity)).toEqual(['3'])
})

test('nobody picks, packs or ships more than there is for the order', async () => {
  const item = await stocked(9)
  const order = await placed([{ sku: item.sku, quantity: 4 }])
  const line = { line: 1, quantity: 3 }
  const over = await shop.send(to(order, 'picks'), { lines: [line, line] })
  expect(over.body).toMatchObject({ code: 'not_allocated', available: '1', requested: '3' })
  await shop.done(to(order, 'picks'), { lines: [line] })
  const pack = {
    parcels: [
      {
        contents: [
          { line: 1, quantity: 2 },
          { line: 1, quantity: 2 },
        ],
      },
    ],
  }
  const too_much = await shop.send(to(order, 'parcels'), pack)
  expect(too_much.body).toMatchObject({ code: 'not_picked', available: '3', requested: '4' })
  expect((await shop.send(to(order, 'ship'), {})).body.code).toBe('not_packed')
  const both = await Promise.all([
    shop.send(to(order, 'parcels'), { parcels: [{}] }),
    shop.send(to(order, 'parcels'), { parcels: [{}] }),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('a part leaves now and the rest later; what left is taken back once', async () => {
  const item = await stocked(3)
  const order = await placed([{ sku: item.sku, quantity: 5 }])
  await shop.done(to(order, 'picks'), {})
  await shop.done(to(order, 'parcels'), { parcels: [{}] })
  const part = await shop.done<Fulfilment>(to(order, 'ship'), {})
  expect(part.order).toMatchObject({ status: 'placed', backordered: true })
  expect(part.order.lines[0]).toMatchObject({ shipped_quantity: '3', backordered_quantity: '2' })
  const parcel_ids = [part.parcels[0]!.id]
  const twice = await Promise.all([
    shop.send(to(order, 'void_dispatch'), { parcel_ids }),
    shop.send(to(order, 'void_dispatch'), { parcel_ids }),
  ])
  expect(twice.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await sums(item)).toEqual(['3', '0', '0'])
  const posting = part.parcels[0]!.dispatch_posting_id
  const behind = await shop.send(`POST /v1/postings/${posting}/reverse`, {})
  expect(behind.body.code).toBe('document_posting')
  await shop.done(to(order, 'ship'), { parcel_ids })
  const closed = await shop.done<SalesOrder>(to(order, 'close'))
  expect(closed).toMatchObject({ status: 'closed', backordered: false })
})

test('a cancelled order lets its goods go; goods in hand are put back first', async () => {
  const item = await stocked(4)
  const order = await placed([{ sku: item.sku, quantity: 4 }])
  await shop.done(to(order, 'picks'), { lines: [{ line: 1, quantity: 1 }] })
  const packed = await shop.done<Fulfilment>(to(order, 'parcels'), { parcels: [{}] })
  expect((await shop.send(to(order, 'cancel'))).body.code).toBe('order_in_hand')
  const parcel = packed.parcels[0]!.id
  await shop.done(`DELETE /v1/sales_orders/${order.id}/parcels/${parcel}`)
  await shop.done(to(order, 'put_back'), { location_id: bin })
  const cancelled = await shop.done<SalesOrder>(to(order, 'cancel'))
  expect(cancelled.status).toBe('cancelled')
  expect(await sums(item)).toEqual(['4', '0', '4'])
  const again = await shop.send(to(order, 'cancel'))
  expect([again.status, again.body.code]).toEqual([409, 'order_closed'])
})

test('an order on hold is not worked on', async () => {
  const item = await stocked(1)
  const order = await placed([{ sku: item.sku, quantity: 1 }])
  await shop.done(to(order, 'hold'), { reason: 'Address to be confirmed' })
  const held = await shop.send(to(order, 'picks'), {})
  expect([held.status, held.body.code]).toEqual([409, 'order_held'])
  const list = await shop.done<PickList>('GET /v1/pick_list')
  expect(list.data.some((pick) => pick.sales_order_id === order.id)).toBe(false)
  await shop.done(to(order, 'release'))
  expect((await shop.send(to(order, 'picks'), {})).status).toBe(200)
})

test("an order's reservation is not released behind its back", async () => {
  const item = await stocked(1)
  const order = await placed([{ sku: item.sku, quantity: 1 }])
  const { to_pick } = await shop.done<Fulfilment>(`GET /v1/sales_orders/${order.id}/fulfilment`)
  const reservation = to_pick[0]!.reservation_id
  for (const verb of ['release', 'confirm']) {
    const behind = await shop.send(`POST /v1/reservations/${reservation}/${verb}`, {})
    expect(behind.body.code).toBe('document_posting')
  }
})

test("a channel's order is taken down once", async () => {
  const item = await stocked(1)
  const body = {
    ...{ source: 'shopify', external_reference: '1001', currency: 'EUR', ship_to },
    lines: [{ sku: item.sku, quantity: 1 }],
  }
  const both = await Promise.all([
    shop.send('POST /v1/sales_orders', body),
    shop.send('POST /v1/sales_orders', body),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const refused = both.find(({ status }) => status === 409)!
  expect(refused.body.code).toBe('duplicate_reference')
  const found = await shop.done<{ data: SalesOrder[] }>('GET /v1/sales_orders?search=1001')
  expect(found.data.map(({ id }) => id)).toEqual([refused.body.sales_order_id as string])
})

test('an order brings its customer along when asked', async () => {
  const item = await stocked(1)
  const customer = await shop.done<Party>('POST /v1/parties', {
    ...{ name: 'Ida Holm', kinds: ['customer'], currency: 'DKK' },
    addresses: [{ address: { address_line1: 'Kaj 4', country_code: 'DK' } }],
  })
  const body = { customer_id: customer.id, lines: [{ sku: item.sku, quantity: 1 }] }
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', body)
  expect(order).toMatchObject({ currency: 'DKK', ship_to: { person_name: 'Ida Holm' } })
  const get = `GET /v1/sales_orders/${order.id}?expand[]=customer` as const
  expect(await shop.done(get)).toMatchObject({ customer })
  const list = `GET /v1/sales_orders?customer_id=${customer.id}&expand[]=customer` as const
  expect(await shop.done(list)).toMatchObject({ data: [{ customer }] })
})

test('orders are found by what people know of them', async () => {
  const item = await stocked(5)
  const jo = { ...ship_to, person_name: 'Jo Unique' }
  const order = await placed([{ sku: item.sku, quantity: 1 }], { ship_to: jo, source: 'pos' })
  for (const query of [
    'search=Jo%20U',
    `search=${order.number}`,
    'source=pos',
    'source=pos&status=allocated',
    'source=pos&to_pick=true&on_hold=false',
    'source=pos&created_from=2026-11-21T00:00:00Z&created_until=2026-11-22T00:00:00Z',
  ]) {
    const page = await shop.done<{ data: SalesOrder[] }>(`GET /v1/sales_orders?${query}`)
    expect([query, page.data.map(({ id }) => id)]).toEqual([query, [order.id]])
  }
  const none = await shop.done<{ data: SalesOrder[] }>(
    'GET /v1/sales_orders?source=pos&on_hold=true',
  )
  expect(none.data).toEqual([])
})

test('a placed order changes its address with the version one has read, not its lines', async () => {
  const item = await stocked(2)
  const order = await placed([{ sku: item.sku, quantity: 1 }])
  const patch = `PATCH /v1/sales_orders/${order.id}`
  const etag = `"${order.version}"`
  expect((await shop.send(patch, { priority: 5 })).status).toBe(428)
  const lines = [{ sku: item.sku, quantity: 2 }]
  expect((await shop.send(patch, { lines }, { etag })).body.code).toBe('order_state')
  const moved = { ...ship_to, city: 'Odense' }
  const changed = await shop.done<SalesOrder>(patch, { ship_to: moved, priority: 5 }, { etag })
  expect(changed).toMatchObject({ ship_to: { city: 'Odense' }, priority: 5 })
  expect((await shop.send(patch, { priority: 6 }, { etag })).status).toBe(412)
})
