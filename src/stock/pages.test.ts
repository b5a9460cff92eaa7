import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import type { Location, SiteSet } from '../locations/schema.ts'
import type { Count } from './counts/schema.ts'
import type { Reservation } from './reservations/schema.ts'
import type { History, Movement, Posted } from './schema.ts'
import type { Transfer } from './transfers/schema.ts'

const hostile = '<b onclick=x>'

let shop: Shop
let mara: Browser
let viewer: Browser
let mug: Item
let bin: string
let shelf: string
let north: Location

beforeAll(async () => {
  shop = await Shop.open()
  mara = await Browser.enter(shop)
  viewer = await Browser.enter(shop, 'viewer')
  const main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = main.locations.find(({ type }) => type === 'bin')!.id
  const place = (type: string, code: string, parent_id?: string) =>
    shop.done<Location>('POST /v1/locations', { type, code, ...(parent_id && { parent_id }) })
  shelf = (await place('bin', 'SHELF', main.site.id)).id
  north = await place('site', 'NORTH')
  mug = await shop.done<Item>('POST /v1/items', { sku: 'MUG', name: `Mug ${hostile}` })
})
afterAll(() => shop.close())

const onHand = async (): Promise<string> => {
  const { on_hand } = await shop.done<{ on_hand: string }>(`GET /v1/items/${mug.id}/availability`)
  return on_hand
}

test('the empty list teaches; those who only look are offered nothing to do', async () => {
  expect(await mara.visit('/stock')).toContain('/stock/adjust?reason=opening')
  const looked = await viewer.visit('/stock')
  expect(looked).toContain('No stock yet')
  expect(looked).not.toContain('/stock/adjust')
})

test('stock is adjusted on screen; a refusal keeps what was typed', async () => {
  const typed = {
    reason: 'opening',
    'lines.0.sku': 'MUG',
    'lines.0.location_id': bin,
    'lines.0.quantity': '30',
    note: 'First count',
  }
  const done = await mara.submit('/stock/adjust', typed)
  expect([done.status, done.location]).toEqual([303, `/stock/items/${mug.id}`])
  expect(done.said).toContain('MUG is now 30 in A-01-01')
  const refused = await mara.submit('/stock/adjust', { ...typed, 'lines.0.quantity': '-99' })
  expect(refused.status).toBe(409)
  expect(refused.html).toContain('value="-99"')
  expect(refused.html).toContain('30 are available')
  const wrong = await mara.submit('/stock/adjust', { ...typed, 'lines.0.sku': 'CUP' })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toMatch(/value="CUP"[^]*There is no CUP/)
  expect(await onHand()).toBe('30')
})

test('goods are moved on screen, not to where they are', async () => {
  const typed = {
    reason: 'putaway',
    'lines.0.sku': 'MUG',
    'lines.0.from_location_id': bin,
    'lines.0.to_location_id': shelf,
    'lines.0.quantity': '10',
  }
  expect((await mara.submit('/stock/move', typed)).status).toBe(303)
  const refused = await mara.submit('/stock/move', { ...typed, 'lines.0.quantity': 'ten' })
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('value="ten"')
  expect(await mara.visit(`/stock?location_id=${shelf}`)).toContain('Stock in SHELF')
})

test('the list finds by the beginning of a sku, and says when nothing is there', async () => {
  expect(await mara.visit('/stock?sku=MU&available=true')).toContain('>SHELF<')
  await shop.done('POST /v1/items', { sku: 'MUG-RED', name: 'Red mug' })
  expect(await mara.visit('/stock?sku=MU')).toContain('href="/stock?sku=MUG-RED"')
  expect(await mara.visit('/stock?sku=MUG')).not.toContain('Others begin so')
  expect(await mara.visit('/stock?sku=CUP')).toContain('Nothing lies there')
})

test('an item shows its stock, its past, its ledger, and lets a reservation go', async () => {
  const wish = { sku: 'MUG', quantity: 4, reference: 'javascript:alert(1)' }
  const held = await shop.done<Reservation>('POST /v1/reservations', wish)
  const path = `/stock/items/${mug.id}`
  const html = await mara.visit(path)
  expect(misdeeds(html)).toEqual([])
  expect(html).toContain('Mug &lt;b onclick=x&gt;')
  expect(html).toContain('at most 30')
  expect(html).not.toContain('href="javascript:')
  const release = `${path}/reservations/${held.id}/release`
  expect((await mara.submit(path, { version: '9' }, release)).status).toBe(412)
  expect((await mara.submit(path, {}, release)).location).toBe(path)
  expect(await mara.visit(path)).not.toContain(release)
})

test('the past of an item is by the day things happened, without what is under way', async () => {
  const day = (back: number) => new Date(shop.clock.now() - back * 86_400_000)
  const item = await shop.done<Item>('POST /v1/items', { sku: 'CUP', name: 'Cup', scale: 1 })
  const adjust = (quantity: string, back: number) =>
    shop.done('POST /v1/stock/adjustments', {
      reason: 'opening',
      occurred_at: day(back).toISOString(),
      lines: [{ sku: 'CUP', location_id: bin, quantity }],
    })
  await adjust('10', 5)
  await adjust('2.5', 1)
  await adjust('-4', 3)
  const lines = [{ sku: 'CUP', from_location_id: bin, quantity: 3 }]
  await shop.done('POST /v1/transfers', { to_site_id: north.id, lines })
  const { data } = await shop.done<History>(`GET /v1/items/${item.id}/history?days=7`)
  expect(data.map(({ on_hand }) => on_hand)).toEqual(['0', '10', '10', '6', '6', '8.5', '5.5'])
  expect(data.at(-1)!.date).toBe('2026-11-21')
})

test('a posting is taken back once, with its reason', async () => {
  const lines = [{ sku: 'MUG', location_id: bin, quantity: 5 }]
  const { id } = await shop.done<Posted>('POST /v1/stock/adjustments', { reason: 'found', lines })
  const path = `/stock/postings/${id}`
  const before = await mara.visit(path)
  expect(before).toMatch(/[0-9a-f]{64}/)
  const done = await mara.submit(path, { note: 'Not ours' }, `${path}/reverse`)
  expect(done.status).toBe(303)
  expect(await mara.visit(done.location!)).toContain('Not ours')
  expect(await mara.visit(path)).not.toContain('/reverse"')
  expect(await viewer.visit(done.location!)).toContain(path)
})

test('a posting that cannot be taken back says why, with what was typed', async () => {
  const cap = await shop.done<Item>('POST /v1/items', { sku: 'CAP', name: 'Cap' })
  const adjust = (reason: string, quantity: number) =>
    shop.done<Posted>('POST /v1/stock/adjustments', {
      reason,
      lines: [{ item_id: cap.id, location_id: bin, quantity }],
    })
  const { id } = await adjust('found', 5)
  await adjust('theft', -5)
  const path = `/stock/postings/${id}`
  const refused = await mara.submit(path, { note: 'Too late' }, `${path}/reverse`)
  expect(refused.status).toBe(409)
  expect(refused.html).toContain('value="Too late"')
})

test('a transfer is sent, received in part, and shown', async () => {
  const typed = {
    to_site_id: north.id,
    note: 'Weekend',
    'lines.2.sku': 'MUG',
    'lines.2.quantity': '6',
    'lines.2.from_location_id': bin,
  }
  const refused = await mara.submit('/transfers/new', { ...typed, 'lines.2.quantity': 'six' })
  expect(refused.status).toBe(422)
  expect(refused.html).toMatch(/id="field-lines-2-quantity"[^>]*aria-invalid="true"/)
  const sent = await mara.submit('/transfers/new', typed)
  expect(sent.status).toBe(303)
  const path = sent.location!
  expect(misdeeds(await mara.visit(path))).toEqual([])
  const receive = { 'lines.1.quantity': '9' }
  const over = await mara.submit(`${path}/receive`, receive)
  expect([over.status, over.html.includes('value="9"')]).toEqual([409, true])
  const got = { 'lines.1.quantity': '4', 'lines.1.rejected_quantity': '1' }
  expect((await mara.submit(`${path}/receive`, got)).location).toBe(path)
  expect(await mara.visit(path)).toContain('Partially received')
  expect(await mara.visit('/transfers?status=partially_received')).toContain('MAIN → NORTH')
  expect(await viewer.visit(path)).not.toContain('/receive')
  const all = await shop.done<{ data: Transfer[] }>('GET /v1/transfers')
  expect(all.data.some(({ note }) => note === 'Weekend')).toBe(true)
})

test('a transfer nothing of which has come is cancelled', async () => {
  const lines = [{ sku: 'MUG', from_location_id: bin, quantity: 1 }]
  const wish = { to_site_id: north.id, lines }
  const { id } = await shop.done<Transfer>('POST /v1/transfers', wish)
  const done = await mara.submit(`/transfers/${id}`, {}, `/transfers/${id}/cancel`)
  expect([done.status, done.location]).toEqual([303, `/transfers/${id}`])
})

test('a blind count: nobody sees what is expected until all is counted', async () => {
  const none = await mara.submit('/counts/new', { note: 'Which?' })
  expect([none.status, none.html.includes('value="Which?"')]).toEqual([422, true])
  const asked = await mara.submit('/counts/new', { location_ids: [shelf], blind: 'true' })
  const path = asked.location!
  const held = await shop.done<Count>(`GET /v1${path}`)
  expect(held.lines.map(({ sku }) => sku)).toEqual(['MUG'])
  const page = await mara.visit(`${path}/record`)
  expect(page).not.toContain('>10<')
  expect(await mara.visit(path)).not.toContain('Expected')

  const record = (quantity: string, more = {}) =>
    mara.submit(`${path}/record`, { 'entries.1.quantity': quantity, ...more })
  const wrong = await record('-1')
  expect([wrong.status, wrong.html.includes('value="-1"')]).toEqual([422, true])
  const first = await record('8')
  expect(first.location).toBe(`${path}/record`)
  expect(first.said).toContain('1 to count once more')
  const early = await shop.send<{ code: string }>(`POST /v1${path}/post`)
  expect(early.body.code).toBe('count_incomplete')
  const extra = { 'entries.9999.sku': 'CUP', 'entries.9999.location_id': shelf }
  const unsaid = await record('8', extra)
  expect(unsaid.status).toBe(422)
  const second = await record('8', { ...extra, 'entries.9999.quantity': '0' })
  expect(second.location).toBe(path)
  expect(await mara.visit(path)).toContain('−2')
  const booked = await mara.submit(path, {}, `${path}/post`)
  expect(booked.said).toContain('Booked')
  expect(misdeeds(await mara.visit('/counts?status=posted'))).toEqual([])
  const { data } = await shop.done<{ data: Movement[] }>(`GET /v1/items/${mug.id}/movements`)
  expect([data[0]!.reason, data[0]!.quantity]).toEqual(['count_loss', '2'])
})

test('a location shows what lies there, is held, released and archived', async () => {
  const path = `/locations/${bin}`
  const html = await mara.visit(path)
  expect(misdeeds(html)).toEqual([])
  expect(html).toContain('Mug &lt;b onclick=x&gt;')
  expect((await mara.submit(path, {}, `${path}/hold`)).said).toContain('on hold')
  expect(await mara.visit(path)).toContain('On hold')
  expect((await mara.submit(path, {}, `${path}/release`)).status).toBe(303)
  const stale = await mara.submit(path, { version: '1' }, `${path}/hold`)
  expect(stale.status).toBe(412)
  const used = await mara.submit(path, {}, `${path}/archive`)
  expect([used.status, used.html.includes('move them first')]).toEqual([409, true])
  expect(await viewer.visit(path)).not.toContain('/hold"')
})

test('every page is whole', async () => {
  const paths = ['/stock', '/stock/adjust', '/stock/move', '/transfers', '/transfers/new']
  for (const path of [...paths, '/counts', '/counts/new', `/counts/new?in=${bin}`]) {
    expect(misdeeds(await mara.visit(path))).toEqual([])
  }
})
