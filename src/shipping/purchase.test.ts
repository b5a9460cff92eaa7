import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import { minute_ms } from '../kit/clock.ts'
import type { Fulfilment } from '../orders/fulfilment-schema.ts'
import type { SalesOrder } from '../orders/schema.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { Availability } from '../stock/schema.ts'
import { Shop, type Answer } from '../../tests/shop.ts'
import type { CarrierConnection, Shipment, Tracker } from './schema.ts'

let shop: Shop
let simulator: Simulator
let bin: string
let connection: CarrierConnection
let item_id: string

const shipper = {
  company_name: 'Harbour Goods',
  address_line1: '1 Pier Road',
  city: 'Brooklyn',
  state_code: 'NY',
  postal_code: '11201',
  country_code: 'US',
  phone_number: '2125550100',
}
const recipient = {
  person_name: 'Ada Lane',
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
  phone_number: '3125550100',
}

beforeAll(async () => {
  shop = await Shop.open()
  simulator = await startSimulator({ seed: 1, clock: shop.clock })
  const { site, locations } = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = locations.find(({ type }) => type === 'bin')!.id
  await shop.done(`PATCH /v1/locations/${site.id}`, { address: shipper }, { etag: '*' })
  const item = await shop.done<{ id: string }>('POST /v1/items', {
    sku: 'MUG',
    name: 'Mug',
    weight_g: 350,
  })
  item_id = item.id
  await shop.done('POST /v1/stock/adjustments', {
    reason: 'opening',
    lines: [{ item_id, location_id: bin, quantity: 100 }],
  })
  connection = await shop.done<CarrierConnection>('POST /v1/carrier_connections', {
    carrier_id: 'ups',
    name: 'UPS',
    mode: 'simulator',
    base_url: simulator.baseUrl('ups'),
    credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
  })
})
afterEach(() => {
  const twice = [...simulator.countsByReference()].filter(([, count]) => count > 1)
  expect(twice).toEqual([])
})
afterAll(async () => {
  await simulator.stop()
  await shop.close()
})

async function packed(quantity = 2): Promise<SalesOrder> {
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'USD',
    ship_to: recipient,
    lines: [{ item_id, quantity, unit_price: { amount: 1500, currency: 'USD' } }],
  })
  await shop.done(`POST /v1/sales_orders/${order.id}/place`)
  await shop.done(`POST /v1/sales_orders/${order.id}/picks`, {})
  await shop.done(`POST /v1/sales_orders/${order.id}/parcels`, { parcels: [{ weight_g: 900 }] })
  return order
}

const drafted = (body: object) => shop.done<Shipment>('POST /v1/shipments', body)
const plain = () => drafted({ shipper, recipient, parcels: [{ weight: 2, weight_unit: 'LB' }] })
const choice = () => ({ connection_id: connection.id, service: 'ups_ground' })
type Bought = Shipment & { code?: string }
const buy = (id: string): Promise<Answer<Bought>> =>
  shop.send<Bought>(`POST /v1/shipments/${id}/purchase`, choice())
const onHand = async () =>
  (await shop.done<Availability>(`GET /v1/items/${item_id}/availability`)).on_hand

test('an order is rated, its label bought, its stock gone, its parcel delivered', async () => {
  const order = await packed()
  const shipment = await drafted({ order_id: order.id })
  expect(shipment.parcels[0]).toMatchObject({ weight_g: 900, items: [{ sku: 'MUG', quantity: 2 }] })

  const rated = await shop.done<Shipment>(`POST /v1/shipments/${shipment.id}/rates`)
  expect(rated.status).toBe('rated')
  expect(rated.rates.length).toBeGreaterThan(1)
  const [cheapest] = rated.rates
  const before = await onHand()
  const told = shop.events().length

  const bought = await shop.done<Shipment>(`POST /v1/shipments/${shipment.id}/purchase`, {
    rate_id: cheapest!.id,
  })
  expect(bought).toMatchObject({ status: 'purchased', service: cheapest!.service })
  expect(bought.parcels[0]?.tracking_number).toMatch(/^1Z/)
  expect(Number(before) - Number(await onHand())).toBe(2)
  expect(shop.events(told)).toEqual(['sales_order.shipped', 'shipment.purchased'])

  const label = await shop.send(`GET ${bought.parcels[0]!.label_url}`)
  expect(label.headers.get('content-type')).toBe('application/pdf')
  expect(label.text.startsWith('%PDF')).toBeTrue()

  const link = await shop.done<{ url: string }>(`POST ${bought.parcels[0]!.label_url}_link`, {
    minutes: 5,
  })
  const opened = await shop.send(
    `GET ${new URL(link.url).pathname}${new URL(link.url).search}`,
    undefined,
    {
      headers: { authorization: '' },
    },
  )
  expect(opened.text).toBe(label.text)
  const forged = link.url.replace(/signature=./, 'signature=_')
  const path = new URL(forged).pathname + new URL(forged).search
  expect((await shop.send(`GET ${path}`)).status).toBe(404)

  shop.clock.advance(14 * 24 * 60 * minute_ms)
  const tracker = await shop.done<Tracker>(`POST /v1/trackers/${bought.tracker_id}/refresh`)
  expect(tracker).toMatchObject({ status: 'delivered', action_required: false })
  const delivered = await shop.done<SalesOrder>(`GET /v1/sales_orders/${order.id}`)
  expect(delivered.status).toBe('delivered')
  expect(shop.events().slice(-3)).toEqual([
    'tracker.updated',
    'sales_order.delivered',
    'shipment.delivered',
  ])
})

test('two purchases at once buy one label', async () => {
  const { id } = await plain()
  const answers = await Promise.all([buy(id), buy(id)])
  const codes = answers.map(({ status, body }) => (status === 200 ? 'bought' : body.code))
  expect(codes.sort()).toEqual(['bought', 'purchase_in_progress'])
})

test('a lost answer is settled by asking, not by buying again', async () => {
  const { id } = await plain()
  simulator.failNext('lost_answer')
  const first = await buy(id)
  expect(first.body.status).toBe('uncertain')
  const second = await buy(id)
  expect(second.body.status).toBe('purchased')
  expect(simulator.countsByReference().get(id)).toBe(1)
})

test('a purchase whose process died is settled when it is asked for again', async () => {
  const { id } = await plain()
  await shop.data.tenants.at(shop.tenant.id).write(shop.scope, (tx) => {
    tx.run(
      `UPDATE shipments SET status = 'purchasing', connection_id = ?, carrier_id = 'ups',
         service = 'ups_ground', purchase_sent_at = ? WHERE id = ?`,
      connection.id,
      tx.now,
      id,
    )
  })
  expect((await buy(id)).body.code).toBe('purchase_in_progress')
  shop.clock.advance(5 * minute_ms)
  const settled = await buy(id)
  expect(settled.body).toMatchObject({ status: 'draft', messages: [{ code: 'not_found' }] })
  expect((await buy(id)).body.status).toBe('purchased')
})

test('what the carrier refuses leaves nothing behind but its words', async () => {
  const { id } = await drafted({
    shipper,
    recipient,
    parcels: [{ weight: 200, weight_unit: 'LB' }],
  })
  const refused = await buy(id)
  expect([refused.status, refused.body.code]).toEqual([422, 'carrier_refused'])
  const after = await shop.done<Shipment>(`GET /v1/shipments/${id}`)
  expect(after).toMatchObject({ status: 'draft', messages: [{ code: 'dimensions' }] })
})

test('a voided label brings the goods back to the bench, once', async () => {
  const order = await packed(3)
  const { id } = await drafted({ order_id: order.id })
  const before = await onHand()
  await buy(id)
  const [first, second] = await Promise.all([
    shop.send<Shipment>(`POST /v1/shipments/${id}/void`),
    shop.send<Shipment>(`POST /v1/shipments/${id}/void`),
  ])
  expect([first.body.status, second.body.status]).toContain('cancelled')
  expect(await onHand()).toBe(before)
  const { parcels } = await shop.done<Fulfilment>(`GET /v1/sales_orders/${order.id}/fulfilment`)
  expect(parcels).toMatchObject([{ dispatched_at: null, shipment_id: null }])
  const again = await drafted({ order_id: order.id })
  expect((await buy(again.id)).body.status).toBe('purchased')
})

test('a parcel is carried by one shipment', async () => {
  const order = await packed()
  await drafted({ order_id: order.id })
  const second = await shop.send('POST /v1/shipments', { order_id: order.id })
  expect([second.status, second.body.code]).toEqual([409, 'not_packed'])
})

test('credentials are sealed, and never shown', async () => {
  const shown = await shop.send(`GET /v1/carrier_connections/${connection.id}`)
  expect(shown.text).not.toContain(':"secret"')
  expect(shown.body.credentials_set).toEqual(['account_number', 'client_id', 'client_secret'])
  const row = shop.data.tenants
    .at(shop.tenant.id)
    .read(shop.scope, (read) =>
      read.get<{ credentials: Uint8Array }>('SELECT credentials FROM carrier_connections'),
    )
  expect(Buffer.from(row!.credentials).toString('latin1')).not.toContain('client_secret')
})

test('a label bought again after a void is followed as the new one', async () => {
  const order = await packed(2)
  const first = await drafted({ order_id: order.id })
  await buy(first.id)
  await shop.done(`POST /v1/shipments/${first.id}/void`)
  const second = await drafted({ order_id: order.id })
  const bought = await buy(second.id)
  const tracker = await shop.done<Tracker>(`GET /v1/trackers/${bought.body.tracker_id}`)
  expect(tracker.shipment_id).toBe(second.id)
  expect(tracker.status).toBe('pending')
})
