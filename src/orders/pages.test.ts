import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { Fulfilment } from './fulfilment-schema.ts'
import type { SalesOrder } from './schema.ts'

const hostile = '<b onclick=x>'
const ship_to = { person_name: `Ida ${hostile}`, city: 'Aarhus', country_code: 'DK' }

let shop: Shop
let mara: Browser
let viewer: Browser
let bin: string
let shelf: string

beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
  viewer = await Browser.enter(shop, 'viewer')
  const main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = main.locations.find(({ type }) => type === 'bin')!.id
  const place = { type: 'bin', code: 'B-09', parent_id: main.site.id }
  shelf = (await shop.done<{ id: string }>('POST /v1/locations', place)).id
  await stock('MUG', 100, { barcode: '4006381333931', weight_g: 350 })
  await stock('TEA', 100)
})
afterAll(() => shop.close())

async function stock(sku: string, quantity: number, more: object = {}): Promise<Item> {
  const item = await shop.done<Item>('POST /v1/items', { sku, name: `${sku} ${hostile}`, ...more })
  const lines = [{ item_id: item.id, location_id: bin, quantity }]
  await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
  return item
}

const drafted = (lines: object[]) =>
  shop.done<SalesOrder>('POST /v1/sales_orders', { currency: 'EUR', ship_to, lines })

async function placed(lines: object[]): Promise<SalesOrder> {
  const { id } = await drafted(lines)
  return shop.done<SalesOrder>(`POST /v1/sales_orders/${id}/place`)
}

const fulfilment = (id: string) => shop.done<Fulfilment>(`GET /v1/sales_orders/${id}/fulfilment`)

/** What people see of an order: no markup of theirs, no inline style or script. */
async function clean(path: string): Promise<string> {
  const html = await mara.visit(path)
  expect(misdeeds(html, hostile)).toEqual([])
  return html
}

test('the empty lists teach, and who only looks is offered nothing to do', async () => {
  expect(await mara.visit('/orders')).toContain('No orders yet')
  expect(await mara.visit('/pick')).toContain('Nothing to pick')
  expect(await viewer.visit('/orders')).not.toContain('/orders/new')
})

test('an order is taken down by hand; a refusal keeps what was typed beside what is wrong', async () => {
  const typed = {
    'ship_to.person_name': `Jo ${hostile}`,
    'ship_to.country_code': 'DK',
    currency: 'EUR',
    'lines.0.sku': 'MUG',
    'lines.0.quantity': '2',
    'lines.0.price': '12.99',
  }
  const wrong = { ...typed, 'lines.2.sku': 'NOPE', 'lines.2.quantity': '1' }
  const refused = await mara.submit('/orders/new', wrong)
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('value="12.99"')
  expect(refused.html).toMatch(/id="field-lines-2-sku"[^>]*aria-invalid="true"/)
  expect(misdeeds(refused.html, hostile)).toEqual([])
  const done = await mara.submit('/orders/new', typed)
  expect(done.status).toBe(303)
  const html = await clean(done.location!)
  expect(html).toContain('€25.98')
  expect(await clean('/orders')).toContain('Jo &lt;b')
})

test('every step of paper: placed, held, released, cancelled', async () => {
  const { id } = await drafted([{ sku: 'MUG', quantity: 1 }])
  const page = `/orders/${id}`
  const act = (verb: string, typed = {}) => mara.submit(page, typed, `${page}/${verb}`)
  expect((await act('place')).said).toContain('is placed and reserved')
  const unsaid = await act('hold', { reason: '' })
  expect(unsaid.status).toBe(422)
  expect((await act('hold', { reason: `Why ${hostile}` })).status).toBe(303)
  expect(await clean(page)).toContain('On hold: Why &lt;b')
  expect((await act('release')).said).toContain('goes on')
  expect((await act('cancel')).status).toBe(303)
  expect(await viewer.visit(page)).not.toContain(`${page}/`)
})

test('what waits for goods says so, and is looked for again', async () => {
  const item = await stock('RARE', 1)
  const { id } = await drafted([{ sku: 'RARE', quantity: 3 }])
  const page = `/orders/${id}`
  const place = await mara.submit(page, {}, `${page}/place`)
  expect(place.said).toContain('waits for goods')
  expect((await mara.submit(page, {}, `${page}/allocate`)).said).toContain('still waits')
  const lines = [{ item_id: item.id, location_id: shelf, quantity: 2 }]
  await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
  expect((await mara.submit(page, {}, `${page}/allocate`)).said).toContain('has all its goods')
  await shop.done(`POST /v1/sales_orders/${id}/cancel`)
})

test('the pick list is confirmed by scanning; what is not on it is refused in its field', async () => {
  const order = await placed([
    { sku: 'MUG', quantity: 3 },
    { sku: 'TEA', quantity: 2 },
  ])
  expect(await clean('/pick')).toContain('A-01-01')
  const wrong = await mara.submit('/pick', { code: 'NOPE' })
  expect(wrong.status).toBe(409)
  expect(wrong.html).toContain('No item has the barcode, sku or serial number NOPE')
  const some = await mara.submit('/pick', { code: '4006381333931', quantity: '1' })
  expect([some.status, some.location]).toEqual([303, '/pick'])
  expect(some.said).toContain(`for ${order.number}; 2 more to pick`)
  expect((await mara.submit('/pick', { code: 'MUG' })).said).toContain('1 more to pick')
  expect((await mara.submit('/pick', { code: 'TEA' })).said).toContain('all of it is picked')
  const { picked, to_pick } = await fulfilment(order.id)
  expect([picked.map((goods) => goods.quantity), to_pick]).toEqual([['3', '2'], []])
  expect(await clean('/pick')).toContain('ready to pack')
})

test('by hand, a place with too little in it is reported, and will be counted', async () => {
  const order = await placed([{ sku: 'TEA', quantity: 5 }])
  const form = `/pick/${order.id}`
  const many = await mara.submit('/pick', { 'lines.0.quantity': '9' }, form)
  expect(many.status).toBe(409)
  expect(many.html).toMatch(/id="field-lines-0-quantity"[^>]*aria-invalid="true"/)
  const short = await mara.submit('/pick', { 'lines.0.quantity': '3', short: 'true' }, form)
  expect(short.said).toContain('will be counted')
  expect((await fulfilment(order.id)).picked.map((goods) => goods.quantity)).toEqual(['3'])
  const back = `/orders/${order.id}/put-back`
  const put = await mara.submit(`/orders/${order.id}/pack`, { location_id: bin }, back)
  expect(put.said).toContain('the bench is empty')
  await shop.done(`POST /v1/sales_orders/${order.id}/cancel`)
})

test('the bench: parcel after parcel, unpacked again, the slip, and away without a label', async () => {
  const order = await placed([{ sku: 'MUG', quantity: 4 }])
  const page = `/orders/${order.id}`
  await mara.submit(page, {}, `${page}/pick`)
  const many = await mara.submit(`${page}/pack`, { 'contents.0.quantity': '9', weight_g: '77' })
  expect(many.status).toBe(409)
  expect(many.html).toContain('value="77"')
  const heavy = await mara.submit(`${page}/pack`, { 'contents.0.quantity': '1', weight_g: '-5' })
  expect(heavy.html).toMatch(/id="field-weight_g"[^>]*aria-invalid="true"/)
  const one = { 'contents.0.quantity': '1', packaging: `Box ${hostile}` }
  expect((await mara.submit(`${page}/pack`, one)).said).toContain('a parcel is packed')
  const rest = { 'contents.0.quantity': '3', weight_g: '1200' }
  expect((await mara.submit(`${page}/pack`, rest)).status).toBe(303)
  const [first, second] = (await fulfilment(order.id)).parcels
  expect([first?.weight_g, second?.weight_g]).toEqual([350, 1200])
  const slip = await clean(`${page}/packing-slip`)
  expect(slip).toContain('2 of 2')
  expect(slip).not.toContain('aria-label="Main"')
  const unpack = `${page}/parcels/${second!.id}/unpack`
  expect((await mara.submit(`${page}/pack`, {}, unpack)).said).toContain('on the bench again')
  await mara.submit(`${page}/pack`, rest)
  await clean(`${page}/pack`)
  expect((await mara.submit(`${page}/pack`, {}, `${page}/ship`)).said).toContain('has left')
  const back = await mara.submit(page, {}, `${page}/void-dispatch`)
  expect(back.said).toContain('in the house again')
  await mara.submit(`${page}/pack`, {}, `${page}/ship`)
  expect((await mara.submit(page, {}, `${page}/deliver`)).said).toContain('has arrived')
  expect((await mara.submit(page, {}, `${page}/close`)).said).toContain('is closed')
  await clean(page)
})
