import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { SalesOrder } from '../orders/schema.ts'
import type { Return } from './schema.ts'

const hostile = '<b onclick=x>'

let shop: Shop
let mara: Browser
let bin: string
let order: SalesOrder

beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
  const main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = main.locations.find(({ type }) => type === 'bin')!.id
  for (const item of [
    { sku: 'MUG', name: `Mug ${hostile}`, weight_g: 350 },
    { sku: 'OIL', name: 'Oil', scale: 2 },
  ]) {
    const { id: item_id } = await shop.done<{ id: string }>('POST /v1/items', item)
    const lines = [{ item_id, location_id: bin, quantity: 50 }]
    await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
  }
  order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'EUR',
    ship_to: { person_name: `Ida ${hostile}`, country_code: 'DK' },
    lines: [
      { sku: 'MUG', quantity: 4, unit_price: { amount: 1299, currency: 'EUR' } },
      { sku: 'OIL', quantity: '2.5' },
    ],
  })
})
afterAll(() => shop.close())

async function clean(path: string): Promise<string> {
  const html = await mara.visit(path)
  expect(misdeeds(html, hostile)).toEqual([])
  return html
}

const returnOf = async (path: string): Promise<Return> =>
  shop.done<Return>(`GET /v1${path}` as 'GET /v1/returns')

test('an order that has not left has nothing to bring back', async () => {
  expect(await clean('/returns')).toContain('Nothing has come back')
  expect(await clean('/returns/new')).toContain('Which order?')
  expect(await clean(`/returns/new?order=${order.id}`)).toContain('Nothing has left yet')
  expect(await clean('/returns/new?search=SO-9999')).toContain('No such order')
})

test('goods come back in two parts, are looked at, and are paid back', async () => {
  for (const verb of ['place', 'picks', 'parcels', 'ship']) {
    const body = verb === 'parcels' ? { parcels: [{ weight_g: 2000 }] } : {}
    await shop.done(
      `POST /v1/sales_orders/${order.id}/${verb}`,
      verb === 'place' ? undefined : body,
    )
  }
  const form = `/returns/new?search=${order.number}`
  expect(await clean(form)).toContain('Comes back, of 2.5')
  const typed = { 'lines.0.quantity': '3', 'lines.1.quantity': '9', reason: 'damaged' }
  const refused = await mara.submit(form, typed)
  expect(refused.status).toBe(409)
  expect(refused.html).toContain('value="9"')
  const { location } = await mara.submit(form, { ...typed, 'lines.1.quantity': '0.25' })
  expect(await clean(location!)).toContain('Take in')
  expect(await mara.visit(`${location}/label`)).toContain('No carrier is connected')

  const partly = await mara.submit(location!, { 'lines.0.quantity': '1' }, `${location}/receive`)
  expect(partly.said).toContain('wait to be inspected')
  expect((await returnOf(location!)).lines.map((line) => line.received_quantity)).toEqual([
    '1',
    '0',
  ])
  expect(await clean(location!)).toContain('Came, of 0.25')
  const rest = { 'lines.0.quantity': '2', 'lines.1.quantity': '0.25' }
  await mara.submit(location!, rest, `${location}/receive`)

  expect(await clean(`${location}/inspect`)).toContain('Of it, of 3')
  const decided = {
    'lines.0.disposition': 'restock',
    'lines.0.quantity': '3',
    'lines.0.location_id': bin,
    'lines.1.disposition': 'scrap',
    'lines.1.quantity': '0.25',
  }
  await mara.submit(`${location}/inspect`, decided)
  expect((await returnOf(location!)).status).toBe('inspected')
  const closed = await mara.submit(
    location!,
    { refund: '38.97', refund_reference: 're_1' },
    `${location}/close`,
  )
  expect(closed.status).toBe(303)
  const { refund, status } = await returnOf(location!)
  expect({ refund, status }).toEqual({
    refund: { amount: 3897, currency: 'EUR' },
    status: 'closed',
  })
  expect(await clean(location!)).toContain('Restock')
})

test('what is asked for on screen follows the rights of who asks', async () => {
  const viewer = await Browser.enter(shop, 'viewer')
  expect(await viewer.visit('/returns')).not.toContain('/returns/new')
  const { data } = await shop.done<{ data: Return[] }>('GET /v1/returns')
  const html = await viewer.visit(`/returns/${data[0]!.id}`)
  expect(html).not.toContain('<form method="post" action="/returns')
})
