import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { SalesOrder } from '../orders/schema.ts'
import type { Availability } from '../stock/schema.ts'
import { Shop } from '../../tests/shop.ts'
import type { Return } from './schema.ts'

let shop: Shop
let simulator: Simulator
let bin: string
let item_id: string

const address = (name: string) => ({
  person_name: name,
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
  phone_number: '3125550100',
})

beforeAll(async () => {
  shop = await Shop.open()
  simulator = await startSimulator({ seed: 1, clock: shop.clock })
  const { site, locations } = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = locations.find(({ type }) => type === 'bin')!.id
  await shop.done(`PATCH /v1/locations/${site.id}`, { address: address('Dock') }, { etag: '*' })
  item_id = (await shop.done<{ id: string }>('POST /v1/items', { sku: 'MUG', name: 'Mug' })).id
  await shop.done('POST /v1/stock/adjustments', {
    reason: 'opening',
    lines: [{ item_id, location_id: bin, quantity: 100 }],
  })
})
afterAll(async () => {
  await simulator.stop()
  await shop.close()
})

async function shipped(quantity: number): Promise<SalesOrder> {
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'USD',
    ship_to: address('Ada Lane'),
    lines: [{ item_id, quantity, unit_price: { amount: 1500, currency: 'USD' } }],
  })
  const verb = (name: string) => `POST /v1/sales_orders/${order.id}/${name}`
  await shop.done(verb('place'))
  await shop.done(verb('picks'), {})
  await shop.done(verb('parcels'), { parcels: [{ weight_g: 900 }] })
  await shop.done(verb('ship'), {})
  return order
}

const authorize = (order: SalesOrder, ...quantities: number[]) =>
  shop.send<Return>('POST /v1/returns', {
    sales_order_id: order.id,
    reason: 'unwanted',
    lines: quantities.map((quantity) => ({ line: 1, quantity })),
  })
const step = <T = Return>(of: Return, verb: string, body?: object) =>
  shop.send<T>(`POST /v1/returns/${of.id}/${verb}`, body)
const stock = async () => {
  const route = `GET /v1/items/${item_id}/availability`
  const { on_hand, available } = await shop.done<Availability>(route)
  return { on_hand: Number(on_hand), available: Number(available) }
}

test('goods come back, are looked at, and each goes where it belongs', async () => {
  const order = await shipped(5)
  const before = await stock()
  const told = shop.events().length
  const { body: authorized, status } = await authorize(order, 4)
  expect([status, authorized.status, authorized.number]).toEqual([201, 'authorized', 'RMA-00001'])

  const partly = await step(authorized, 'receipts', { lines: [{ line: 1, quantity: 3 }] })
  expect(partly.body.status).toBe('partially_received')
  expect(await stock()).toEqual({ on_hand: before.on_hand + 3, available: before.available })

  const rest = await step(authorized, 'receipts', {})
  expect(rest.body.status).toBe('received')
  const looked = await step(authorized, 'dispositions', {
    lines: [
      { line: 1, disposition: 'restock', quantity: 2, location_id: bin },
      { line: 1, disposition: 'scrap', quantity: 1, note: 'broken handle' },
      { line: 1, disposition: 'quarantine', quantity: 1 },
    ],
  })
  expect(looked.body.status).toBe('inspected')
  expect(looked.body.dispositions.map((each) => [each.disposition, each.quantity])).toEqual([
    ['restock', '2'],
    ['scrap', '1'],
    ['quarantine', '1'],
  ])
  expect(await stock()).toEqual({ on_hand: before.on_hand + 3, available: before.available + 2 })

  const refund = { amount: 3000, currency: 'USD' }
  const closed = await step(authorized, 'close', { refund, refund_reference: 're_1' })
  expect(closed.body).toMatchObject({ status: 'closed', refund, refund_reference: 're_1' })
  expect(shop.events(told)).toEqual([
    'return.authorized',
    'return.received',
    'return.received',
    'return.inspected',
    'return.closed',
  ])
})

test('no more comes back than left, summed over lines and earlier returns', async () => {
  const order = await shipped(3)
  const twice = await authorize(order, 2, 2)
  expect(twice.status).toBe(409)
  expect(twice.body).toMatchObject({ code: 'not_returnable', available: '1', requested: '2' })
  expect((await authorize(order, 2)).status).toBe(201)
  expect((await authorize(order, 2)).status).toBe(409)
  expect((await authorize(order, 1)).status).toBe(201)
})

test('two returns of the last unit, started together: one is authorized', async () => {
  const order = await shipped(1)
  const answers = await Promise.all([authorize(order, 1), authorize(order, 1)])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('what was not shipped does not come back', async () => {
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'USD',
    ship_to: address('Ada Lane'),
    lines: [{ item_id, quantity: 1 }],
  })
  expect((await authorize(order, 1)).status).toBe(409)
})

test('more than expected is refused, and so is more than waits for inspection', async () => {
  const { body: back } = await authorize(await shipped(2), 2)
  const line = (quantity: number) => ({ lines: [{ line: 1, quantity }] })
  expect((await step(back, 'receipts', line(3))).status).toBe(409)
  await step(back, 'receipts', line(1))
  const scrap = (quantity: number) => ({ lines: [{ line: 1, disposition: 'scrap', quantity }] })
  const refused = await step<{ code: string }>(back, 'dispositions', scrap(2))
  expect([refused.status, refused.body.code]).toEqual([409, 'not_returnable'])
  expect((await step(back, 'close', {})).status).toBe(422)
  await step(back, 'dispositions', scrap(1))
  expect((await step(back, 'close', {})).body.status).toBe('closed')
})

test('a return label is bought once and runs from the customer to the dock', async () => {
  const connection = await shop.done<{ id: string }>('POST /v1/carrier_connections', {
    carrier_id: 'ups',
    name: 'UPS',
    mode: 'simulator',
    base_url: simulator.baseUrl('ups'),
    credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
  })
  const { body: back } = await authorize(await shipped(1), 1)
  const body = {
    connection_id: connection.id,
    service: 'ups_ground',
    parcels: [{ weight: 1, weight_unit: 'KG' }],
  }
  const first = await step(back, 'label', body)
  const second = await step(back, 'label', body)
  expect(second.body.shipment_id).toBe(first.body.shipment_id)
  expect([...simulator.countsByReference().values()]).toEqual([1])
  const shipment = await shop.done(`GET /v1/shipments/${first.body.shipment_id}`)
  expect(shipment).toMatchObject({
    status: 'purchased',
    is_return: true,
    shipper: { person_name: 'Ada Lane' },
    recipient: { person_name: 'Dock' },
  })
})

test('a return of another organization is not there', async () => {
  const { body: back } = await authorize(await shipped(1), 1)
  const other = await shop.done<{ id: string }>('POST /v1/organizations', { name: 'Other' })
  const seen = await shop.send(`GET /v1/returns/${back.id}`, undefined, {
    headers: { 'stowage-organization': other.id },
  })
  expect(seen.status).toBe(404)
})
