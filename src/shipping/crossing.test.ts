/** What happens when people, carriers and the clock work on the same parcel at the same time. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import { day_ms } from '../kit/clock.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { Fulfilment } from '../orders/fulfilment-schema.ts'
import type { SalesOrder } from '../orders/schema.ts'
import { Shop } from '../../tests/shop.ts'
import type { CarrierConnection, Shipment, Tracker } from './schema.ts'

let shop: Shop
let simulator: Simulator
let connection: CarrierConnection
let item_id: string

const address = (person_name: string) => ({
  person_name,
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
  await shop.done(`PATCH /v1/locations/${site.id}`, { address: address('Dock') }, { etag: '*' })
  const location_id = locations.find(({ type }) => type === 'bin')!.id
  item_id = (await shop.done<{ id: string }>('POST /v1/items', { sku: 'MUG', name: 'Mug' })).id
  const lines = [{ item_id, location_id, quantity: 100 }]
  await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
  connection = await shop.done<CarrierConnection>('POST /v1/carrier_connections', {
    carrier_id: 'ups',
    name: 'UPS',
    mode: 'simulator',
    base_url: simulator.baseUrl('ups'),
    credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
  })
})
afterAll(async () => {
  await simulator.stop()
  await shop.close()
})

/** An order packed into one parcel, and a shipment drafted for it. */
async function drafted(): Promise<{ order: SalesOrder; shipment: Shipment }> {
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'USD',
    ship_to: address('Ada Lane'),
    lines: [{ item_id, quantity: 2 }],
  })
  const verb = (name: string) => `POST /v1/sales_orders/${order.id}/${name}`
  await shop.done(verb('place'))
  await shop.done(verb('picks'), {})
  await shop.done(verb('parcels'), { parcels: [{ weight_g: 900 }] })
  const shipment = await shop.done<Shipment>('POST /v1/shipments', { order_id: order.id })
  return { order, shipment }
}

const buy = (id: string) =>
  shop.send<Shipment & { code?: string }>(`POST /v1/shipments/${id}/purchase`, {
    connection_id: connection.id,
    service: 'ups_ground',
  })
const act = (id: string, verb: string) =>
  shop.send<Shipment & { code?: string }>(`POST /v1/shipments/${id}/${verb}`)
const standing = (id: string) => simulator.purchases().filter(({ reference }) => reference === id)

test('a parcel that arrives after its order was closed is delivered, and the order stays closed', async () => {
  const { order, shipment } = await drafted()
  const { body: bought } = await buy(shipment.id)
  await shop.done(`POST /v1/sales_orders/${order.id}/close`)
  shop.clock.advance(14 * day_ms)
  const tracker = await shop.done<Tracker>(`POST /v1/trackers/${bought.tracker_id}/refresh`)
  expect(tracker.status).toBe('delivered')
  const route = `GET /v1/sales_orders/${order.id}/fulfilment`
  const { order: closed, parcels } = await shop.done<Fulfilment>(route)
  expect([closed.status, parcels[0]?.delivered_at]).toEqual(['closed', expect.any(String)])
  expect((await shop.done<Shipment>(`GET /v1/shipments/${shipment.id}`)).status).toBe('delivered')
})

test('a parcel that somebody said had arrived may be reported by the carrier as well', async () => {
  const { order, shipment } = await drafted()
  const { body: bought } = await buy(shipment.id)
  await shop.done(`POST /v1/sales_orders/${order.id}/deliver`, {})
  shop.clock.advance(14 * day_ms)
  const tracker = await shop.done<Tracker>(`POST /v1/trackers/${bought.tracker_id}/refresh`)
  expect(tracker.status).toBe('delivered')
})

test('the label of an order that has arrived or is over is not voided at the carrier', async () => {
  for (const [verb, code] of [
    ['deliver', 'order_state'],
    ['close', 'order_closed'],
  ] as const) {
    const { order, shipment } = await drafted()
    await buy(shipment.id)
    await shop.done(
      `POST /v1/sales_orders/${order.id}/${verb}`,
      verb === 'deliver' ? {} : undefined,
    )
    expect((await act(shipment.id, 'void')).body.code).toBe(code)
    expect(standing(shipment.id)).toHaveLength(1)
  }
})

test('a purchase that is under way is not settled meanwhile, so it is bought once', async () => {
  const { shipment } = await drafted()
  const purchase = buy(shipment.id)
  const isUnderWay = async () =>
    (await shop.done<Shipment>(`GET /v1/shipments/${shipment.id}`)).status === 'purchasing'
  for (let waited = 0; waited < 500 && !(await isUnderWay()); waited++) await Bun.sleep(0)
  expect((await act(shipment.id, 'settle')).body.code).toBe('purchase_in_progress')
  expect((await purchase).body.status).toBe('purchased')
  expect(standing(shipment.id)).toHaveLength(1)
})

test('two that settle one purchase hear one answer: it is posted and told once', async () => {
  const { shipment } = await drafted()
  simulator.failNext('lost_answer')
  expect((await buy(shipment.id)).body.status).toBe('uncertain')
  const told = shop.events().length
  const both = await Promise.all([act(shipment.id, 'settle'), act(shipment.id, 'settle')])
  expect(both.map(({ body }) => [body.status, body.messages])).toEqual([
    ['purchased', []],
    ['purchased', []],
  ])
  expect(shop.events(told)).toEqual(['sales_order.shipped', 'shipment.purchased'])
})

test('the packed parcels of an order are not exchanged for others', async () => {
  const { shipment } = await drafted()
  const body = { parcels: [{ weight: 1, weight_unit: 'KG' }] }
  const refused = await shop.send(`PATCH /v1/shipments/${shipment.id}`, body, { etag: '*' })
  expect([refused.status, refused.body.code]).toEqual([422, 'invalid'])
  expect((await buy(shipment.id)).body).toMatchObject({ status: 'purchased', messages: [] })
})
