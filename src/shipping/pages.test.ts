import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import { day_ms } from '../kit/clock.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { SalesOrder } from '../orders/schema.ts'
import type { CarrierConnection, Shipment } from './schema.ts'

const hostile = '<b onclick=x>'

let shop: Shop
let simulator: Simulator
let mara: Browser
let viewer: Browser

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
  person_name: `Ada ${hostile}`,
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
  phone_number: '3125550100',
}
const ups = {
  name: `UPS ${hostile}`,
  mode: 'simulator',
  'credentials.client_id': 'id',
  'credentials.client_secret': 'open sesame',
  'credentials.account_number': 'A1B2C3',
}

beforeAll(async () => {
  shop = await Shop.open()
  simulator = await startSimulator({ seed: 1, clock: shop.clock })
  mara = await Browser.enter(shop)
  viewer = await Browser.enter(shop, 'viewer')
  const { site, locations } = await shop.done<SiteSet>('POST /v1/locations/defaults')
  await shop.done(`PATCH /v1/locations/${site.id}`, { address: shipper }, { etag: '*' })
  const mug = { sku: 'MUG', name: `Mug ${hostile}`, weight_g: 350 }
  const { id: item_id } = await shop.done<{ id: string }>('POST /v1/items', mug)
  const bin = locations.find(({ type }) => type === 'bin')!.id
  await shop.done('POST /v1/stock/adjustments', {
    reason: 'opening',
    lines: [{ item_id, location_id: bin, quantity: 100 }],
  })
})
afterAll(async () => {
  await simulator.stop()
  await shop.close()
})

async function packed(): Promise<SalesOrder> {
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'USD',
    ship_to: recipient,
    lines: [{ sku: 'MUG', quantity: 2 }],
  })
  await shop.done(`POST /v1/sales_orders/${order.id}/place`)
  await shop.done(`POST /v1/sales_orders/${order.id}/picks`, {})
  await shop.done(`POST /v1/sales_orders/${order.id}/parcels`, { parcels: [{ weight_g: 900 }] })
  return order
}

const drafted = (more: object = {}) =>
  shop.done<Shipment>('POST /v1/shipments', {
    shipper,
    recipient,
    parcels: [{ weight: 2, weight_unit: 'LB' }],
    ...more,
  })
const shipmentAt = (location: string) =>
  shop.done<Shipment>(`GET /v1/shipments/${location.split('/').at(-1)}`)

async function clean(path: string): Promise<string> {
  const html = await mara.visit(path)
  expect(misdeeds(html, hostile)).toEqual([])
  return html
}

test('the empty pages teach what comes here', async () => {
  expect(await clean('/shipments')).toContain('Nothing shipped yet')
  expect(await clean('/trackers')).toContain('No parcel is followed yet')
  expect(await clean('/carriers')).toContain('No carrier is connected yet')
  const { id } = await drafted()
  expect(await clean(`/shipments/${id}`)).toContain('No carrier is connected')
  expect((await mara.look('/carriers/connect/nobody')).status).toBe(404)
})

test('an account is connected by the form its carrier declares; a secret never comes back', async () => {
  expect(await clean('/carriers/connect/ups')).toContain('type="password"')
  const refused = await mara.submit('/carriers/connect/ups', ups)
  expect(refused.status).toBe(422)
  expect(refused.html).toMatch(/id="field-base_url"[^>]*aria-invalid="true"/)
  expect(refused.html).toContain('value="A1B2C3"')
  expect(refused.html).not.toContain('open sesame')
  const connect = { ...ups, base_url: simulator.baseUrl('ups') }
  expect((await mara.submit('/carriers/connect/ups', connect)).said).toContain('is connected')

  const odd = { name: 'Van', mode: 'live', 'config.rate_sheet': '{ half' }
  const not_json = await mara.submit('/carriers/connect/generic', odd)
  expect(not_json.status).toBe(422)
  expect(not_json.html).toContain('This is not JSON')
  const sheet = /<textarea id="field-config-rate_sheet"[^>]*>([^<]*)</.exec(
    await mara.visit('/carriers/connect/generic'),
  )![1]!
  const van = { ...odd, 'config.rate_sheet': sheet.replaceAll('&quot;', '"') }
  expect((await mara.submit('/carriers/connect/generic', van)).status).toBe(303)
})

test('an account is changed without its credentials, paused and resumed', async () => {
  const list = await shop.done<{ data: CarrierConnection[] }>('GET /v1/carrier_connections')
  const { id } = list.data.find(({ carrier_id }) => carrier_id === 'ups')!
  const page = `/carriers/connections/${id}`
  const nameless = await mara.submit(page, { name: '' })
  expect(nameless.status).toBe(422)
  expect((await mara.submit(page, { name: 'UPS Brooklyn' })).said).toContain('is changed')
  expect((await mara.submit('/carriers', {}, `${page}/pause`)).said).toContain('is paused')
  expect((await mara.submit('/carriers', {}, `${page}/resume`)).said).toContain('again')
  const after = await shop.done<CarrierConnection>(`GET /v1/carrier_connections/${id}`)
  expect(after).toMatchObject({ name: 'UPS Brooklyn', active: true })
  expect(after.credentials_set).toContain('client_secret')
  expect(await viewer.visit('/carriers')).not.toContain('/carriers/connect/')
})

test('a packed order is shipped: rates side by side, the label in place, the way to the door', async () => {
  const order = await packed()
  const ship = await mara.submit(`/orders/${order.id}`, { label_type: 'PNG' }, '/shipments/new')
  expect(ship.status).toBe(303)
  const page = ship.location!
  const { id } = await shipmentAt(page)
  expect((await mara.submit(page, {}, `${page}/rates`)).said).toMatch(/^\d+ offers/)
  const offers = await clean(page)
  expect(offers).toContain('Cheapest')
  expect(offers).toContain('Fastest')
  const none = await mara.submit(
    page,
    { rate_id: 'rate_01h455vb4pex5vsknk084sn02q' },
    `${page}/purchase`,
  )
  expect([none.status, none.html.includes('not among the latest')]).toEqual([422, true])
  const rate_id = (await shipmentAt(page)).rates.find(({ service }) => service === 'ups_ground')!.id
  expect((await mara.submit(page, { rate_id }, `${page}/purchase`)).said).toContain('1Z')

  const bought = await clean(page)
  const src = /<img class="label-frame" src="([^"]+)"/.exec(bought)![1]!
  expect(src).toBe(`/files/shipments/${id}/parcels/0/label`)
  expect((await mara.look(src)).status).toBe(200)
  shop.clock.advance(14 * day_ms)
  mara = await Browser.enter(shop)
  const { tracker_id } = await shipmentAt(page)
  const tracker = `/trackers/${tracker_id}`
  expect((await mara.submit(tracker, {}, `${tracker}/refresh`)).status).toBe(303)
  expect(await clean(tracker)).toContain('Delivered')
  expect(await clean('/trackers?status=delivered')).toContain(tracker)
  expect(await clean('/shipments?status=delivered')).toContain(page)
})

test('a customer who has the link sees where the parcel is, and nobody else sees a name', async () => {
  const { data } = await shop.done<{ data: Shipment[] }>('GET /v1/shipments?status=delivered')
  const path = `/track/${shop.tenant.id}/${data[0]!.tracker_id}`
  const open = await shop.house.app.handle(new Request(`http://localhost${path}`))
  const html = await open.text()
  expect(open.status).toBe(200)
  expect(html).toContain('Delivered')
  expect(misdeeds(html, hostile)).toEqual([])
  expect(html).not.toMatch(/Ada|Chicago|Main Street|Pier Road/)
  const strangers = ['ten_x/trk_x', `${shop.tenant.id}/trk_01h455vb4pex5vsknk084sn02q`]
  for (const stranger of strangers) {
    const closed = await shop.house.app.handle(new Request(`http://localhost/track/${stranger}`))
    expect(closed.status).toBe(404)
  }
})

test('a parcel without an order is shipped by hand; a refusal keeps what was typed', async () => {
  const typed = {
    ...Object.fromEntries(Object.entries(shipper).map(([key, value]) => [`shipper.${key}`, value])),
    ...Object.fromEntries(
      Object.entries(recipient).map(([key, value]) => [`recipient.${key}`, value]),
    ),
    'parcels.0.weight': 'heavy',
    'parcels.0.length': '30',
    'parcels.0.width': '20',
    'parcels.0.height': '10',
  }
  const refused = await mara.submit('/shipments/new', typed)
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('value="heavy"')
  expect(misdeeds(refused.html, hostile)).toEqual([])
  const done = await mara.submit('/shipments/new', { ...typed, 'parcels.0.weight': '1.5' })
  const { parcels } = await shipmentAt(done.location!)
  expect(parcels).toMatchObject([{ weight_g: 1500, length_mm: 300, width_mm: 200, height_mm: 100 }])
  const page = done.location!
  const zpl = await mara.submit(page, { label_type: 'ZPL' }, `${page}/label-type`)
  expect(zpl.status).toBe(303)
  const odd = await mara.submit(page, { label_type: 'GIF' }, `${page}/label-type`)
  expect(odd.status).toBe(422)
  expect((await mara.submit(page, {}, `${page}/discard`)).said).toBe('Discarded.')
})

test('what nobody can carry says why and what to do', async () => {
  const { id } = await drafted({ parcels: [{ weight: 200, weight_unit: 'LB' }] })
  const page = `/shipments/${id}`
  expect((await mara.submit(page, {}, `${page}/rates`)).said).toContain('Nobody made an offer')
  expect(await clean(page)).toContain('Correct weight, size or packaging of the parcel.')
})

test('a lost answer is shown as what it is, and settled by asking', async () => {
  const { id } = await drafted()
  const page = `/shipments/${id}`
  await mara.submit(page, {}, `${page}/rates`)
  const rate_id = (await shipmentAt(page)).rates.find(({ service }) => service === 'ups_ground')!.id
  simulator.failNext('lost_answer')
  expect((await mara.submit(page, { rate_id }, `${page}/purchase`)).said).toContain('was lost')
  expect(await clean(page)).toContain('Nothing is bought again')
  expect((await mara.submit(page, {}, `${page}/settle`)).said).toContain('It was bought')
  expect((await mara.submit(page, {}, `${page}/void`)).said).toContain('is void')
  expect(await clean(page)).toContain('do not put it on a parcel')
})

test('a number of somebody else is followed, once', async () => {
  const { data } = await shop.done<{ data: CarrierConnection[] }>(
    'GET /v1/carrier_connections?carrier_id=ups',
  )
  const typed = { tracking_number: '1Z999AA10123456784', connection_id: data[0]!.id }
  expect((await mara.submit('/trackers', typed)).status).toBe(303)
  const again = await mara.submit('/trackers', typed)
  expect([again.status, again.html.includes('value="1Z999AA10123456784"')]).toEqual([409, true])
  const onlooker = await Browser.enter(shop, 'viewer')
  expect(await onlooker.visit('/trackers')).not.toContain('name="tracking_number" required')
})
