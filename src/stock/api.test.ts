import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import type { Location, SiteSet } from '../locations/schema.ts'
import type { Count } from './counts/schema.ts'
import type { Reservation } from './reservations/schema.ts'
import type { Availability, BulkAnswer, Level, Movement, Posted } from './schema.ts'
import type { Transfer } from './transfers/schema.ts'

let shop: Shop
let main: SiteSet
let bin: string
let shelf: string
let number = 0

beforeAll(async () => {
  shop = await Shop.open()
  main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = main.locations.find(({ type }) => type === 'bin')!.id
  shelf = (await place('bin', 'SHELF', main.site.id)).id
})
afterAll(() => shop.close())

const place = (type: string, code: string, parent_id?: string) =>
  shop.done<Location>('POST /v1/locations', { type, code, ...(parent_id && { parent_id }) })

/** An item nobody else uses, with so much of it in the bin. */
async function stocked(quantity: number | string, more: object = {}): Promise<Item> {
  const sku = `S-${++number}`
  const item = await shop.done<Item>('POST /v1/items', { sku, name: sku, ...more })
  if (item.tracking === 'none' && Number(quantity) > 0) await adjust(item, quantity)
  return item
}

const adjust = (item: Item, quantity: number | string, more: object = {}) =>
  shop.done<Posted>('POST /v1/stock/adjustments', {
    reason: 'opening',
    lines: [{ item_id: item.id, location_id: bin, quantity, ...more }],
  })

const availability = (item: Item, query = '') =>
  shop.done<Availability>(`GET /v1/items/${item.id}/availability${query}`)

/** on hand, reserved, available. */
async function sums(item: Item): Promise<string[]> {
  const { on_hand, reserved, available } = await availability(item)
  return [on_hand, reserved, available]
}

const reserve = (item: Item, quantity: number, more: object = {}) =>
  shop.send<Reservation & { code: string }>('POST /v1/reservations', {
    item_id: item.id,
    quantity,
    ...more,
  })

test('an adjustment names its reason, and is told', async () => {
  const before = shop.events().length
  const item = await stocked('10.5', { scale: 1, base_unit: 'm' })
  const lost = await shop.done<Posted>('POST /v1/stock/adjustments', {
    reason: 'damage',
    note: 'Fell from the truck',
    reference: 'https://claims.test/77',
    lines: [{ sku: item.sku, location_id: bin, quantity: '-0.5', expect: '10.5' }],
  })
  expect(lost.levels).toHaveLength(1)
  expect(lost.levels[0]).toMatchObject({ on_hand: '10', available: '10', location_id: bin })
  expect(await sums(item)).toEqual(['10', '0', '10'])
  expect(shop.events().slice(before)).toEqual(['item.created', 'stock.adjusted', 'stock.adjusted'])
  const page = await shop.done<{ data: Movement[] }>(`GET /v1/items/${item.id}/movements`)
  expect(page.data.map((each) => [each.reason, each.quantity, each.from, each.to])).toEqual([
    ['damage', '0.5', 'A-01-01', 'scrap'],
    ['opening', '10.5', 'opening', 'A-01-01'],
  ])
  expect(page.data[0]).toMatchObject({ note: 'Fell from the truck', reference_type: 'uri' })
})

test('one level has the version of its last change as its ETag', async () => {
  const item = await stocked(3)
  const route = `GET /v1/items/${item.id}/levels/${bin}`
  const first = await shop.send<Level>(route)
  expect(first.body).toMatchObject({ sku: item.sku, location_id: bin, on_hand: '3' })
  const etag = first.headers.get('etag')!
  expect((await shop.send(route, undefined, { headers: { 'if-none-match': etag } })).status).toBe(
    304,
  )
  await adjust(item, 1)
  const later = await shop.send<Level>(route, undefined, { headers: { 'if-none-match': etag } })
  expect(later.body.on_hand).toBe('4')
  expect((await shop.send(`GET /v1/items/${item.id}/levels/${shelf}`)).status).toBe(404)
})

test('demand is summed before it is checked: two lines of one item cannot pass twice', async () => {
  const item = await stocked(5)
  const line = { item_id: item.id, location_id: bin, quantity: -3 }
  const body = { reason: 'damage', lines: [line, line] }
  const refused = await shop.send('POST /v1/stock/adjustments', body)
  expect([refused.status, refused.body.code]).toEqual([409, 'insufficient_stock'])
  expect(await sums(item)).toEqual(['5', '0', '5'])
})

test('what is refused is told in the units of the item, at the line of the caller', async () => {
  const item = await stocked('1.5', { scale: 2, base_unit: 'kg' })
  const line = { item_id: item.id, location_id: bin }
  const lines = [
    { ...line, quantity: '0.25' },
    { ...line, quantity: '-2' },
  ]
  const refused = await shop.send('POST /v1/stock/adjustments', { reason: 'found', lines })
  expect(refused.body).toMatchObject({ code: 'insufficient_stock', sku: item.sku, on_hand: '1.5' })
  expect(refused.body.errors).toMatchObject([{ pointer: '/lines/0' }])
})

test('nothing is clamped to zero: taking more than there is changes nothing', async () => {
  const item = await stocked(2)
  const lines = [{ item_id: item.id, location_id: bin, quantity: -3 }]
  const refused = await shop.send('POST /v1/stock/adjustments', { reason: 'theft', lines })
  expect(refused.body).toMatchObject({ code: 'insufficient_stock', shortfall: '1' })
  expect((await availability(item)).on_hand).toBe('2')
})

test('a retry does not double an adjustment, and its reply is the same to the byte', async () => {
  const item = await stocked(0)
  const body = { reason: 'found', lines: [{ item_id: item.id, location_id: bin, quantity: 4 }] }
  const first = await shop.send('POST /v1/stock/adjustments', body, { key: 'found-4' })
  const again = await shop.send('POST /v1/stock/adjustments', body, { key: 'found-4' })
  expect(again.text).toBe(first.text)
  expect(await sums(item)).toEqual(['4', '0', '4'])
  const headers = { 'idempotency-key': '' }
  const without = await shop.send('POST /v1/stock/adjustments', body, { headers })
  expect([without.status, without.body.code]).toEqual([400, 'idempotency_key_required'])
})

test('a dry run says what would happen, and nothing happens', async () => {
  const item = await stocked(1)
  const before = shop.events().length
  const body = { reason: 'found', lines: [{ item_id: item.id, location_id: bin, quantity: 9 }] }
  const dry = await shop.done<Posted>('POST /v1/stock/adjustments?dry_run=true', body)
  expect(dry.levels[0]!.on_hand).toBe('10')
  expect(await sums(item)).toEqual(['1', '0', '1'])
  expect(shop.events()).toHaveLength(before)
})

test('compare and set: who believes something else is told what is', async () => {
  const item = await stocked(3)
  const lines = [{ item_id: item.id, location_id: bin, quantity: 1, expect: 4 }]
  const stale = await shop.send('POST /v1/stock/adjustments', { reason: 'found', lines })
  expect(stale.status).toBe(409)
  expect(stale.body).toMatchObject({ code: 'stale_quantity', current: '3' })
})

test('a reason has to fit, and an item its tracking', async () => {
  const item = await stocked(3)
  const lotted = await stocked(0, { tracking: 'lot' })
  const line = { item_id: item.id, location_id: bin, quantity: 1 }
  const refusals = [
    [{ reason: 'no_such', lines: [line] }, 'unknown_reason'],
    [{ reason: 'transfer', lines: [line] }, 'reason_mismatch'],
    [{ reason: 'found', lines: [{ ...line, quantity: 0 }] }, 'invalid_quantity'],
    [{ reason: 'found', lines: [{ ...line, quantity: '1.5' }] }, 'invalid_quantity'],
    [{ reason: 'found', lines: [{ ...line, item_id: lotted.id }] }, 'lot_required'],
    [{ reason: 'found', lines: [{ ...line, location_id: main.site.id }] }, 'invalid'],
    [{ reason: 'found', lines: [{ ...line, sku: item.sku }] }, 'invalid'],
  ] as const
  for (const [body, code] of refusals) {
    const answer = await shop.send('POST /v1/stock/adjustments', body)
    expect([answer.status >= 400, answer.body.code]).toEqual([true, code])
  }
})

test('a move changes the place and not the sum; a posting is taken back once', async () => {
  const item = await stocked(8)
  const lines = [{ item_id: item.id, from_location_id: bin, to_location_id: shelf, quantity: 3 }]
  const moved = await shop.done<Posted>('POST /v1/stock/moves', { lines })
  const levels = await shop.done<{ data: Level[] }>(`GET /v1/stock/levels?sku=${item.sku}`)
  expect(levels.data.map((level) => [level.location_code, level.on_hand]).sort()).toEqual([
    ['A-01-01', '5'],
    ['SHELF', '3'],
  ])
  await shop.done(`POST /v1/postings/${moved.id}/reverse`, { note: 'Wrong shelf' })
  const again = await shop.send(`POST /v1/postings/${moved.id}/reverse`, {})
  expect([again.status, again.body.code]).toEqual([409, 'already_reversed'])
  const at_shelf = `GET /v1/stock/levels?item_id=${item.id}&location_id=${shelf}`
  expect((await shop.done<{ data: Level[] }>(at_shelf)).data).toEqual([])
  expect(await sums(item)).toEqual(['8', '0', '8'])
})

test('what stands on a dock, or in a held bin, is on hand and not available', async () => {
  const item = await stocked(4)
  const dock = main.site.receiving_id!
  const lines = [{ item_id: item.id, from_location_id: bin, to_location_id: dock, quantity: 1 }]
  await shop.done('POST /v1/stock/moves', { lines })
  expect(await sums(item)).toEqual(['4', '0', '3'])
  const held = await place('bin', 'HELD', main.site.id)
  const away = [{ item_id: item.id, from_location_id: bin, to_location_id: held.id, quantity: 2 }]
  await shop.done('POST /v1/stock/moves', { lines: away })
  await shop.done(`PATCH /v1/locations/${held.id}`, { on_hold: true }, { etag: '"1"' })
  expect(await sums(item)).toEqual(['4', '0', '1'])
  const refused = await shop.send(`POST /v1/locations/${held.id}/archive`)
  expect(refused.body.code).toBe('location_in_use')
})

test('a till finds an item by barcode, and a thousand skus are one question', async () => {
  const item = await stocked(6, { barcode: '4006381333931' })
  const found = await shop.done<Availability>('GET /v1/stock/lookup?code=4006381333931')
  expect(found).toMatchObject({ item_id: item.id, available: '6' })
  expect((await shop.send('GET /v1/stock/lookup?code=nothing')).status).toBe(404)
  const skus = [...Array.from({ length: 999 }, (_, index) => `NONE-${index}`), item.sku]
  const bulk = await shop.done<BulkAnswer>('POST /v1/stock/lookup', { skus })
  expect(bulk.data).toEqual([
    { item_id: item.id, sku: item.sku, on_hand: '6', reserved: '0', available: '6', incoming: '0' },
  ])
  expect(bulk.unknown_skus).toHaveLength(999)
  expect((await availability(item, `?min_seq=${bulk.seq}`)).seq).toBe(bulk.seq)
  const ahead = await shop.send(`GET /v1/stock/lookup?code=${item.sku}&min_seq=${bulk.seq + 1}`)
  expect([ahead.status, ahead.body.code]).toEqual([409, 'not_there_yet'])
})

test('levels come in pages without a gap or a repeat', async () => {
  const items = [await stocked(1), await stocked(2), await stocked(3)]
  const seen: string[] = []
  let cursor = ''
  for (let pages = 0; pages < 200; pages++) {
    const route = `GET /v1/stock/levels?limit=2${cursor}` as const
    const page = await shop.done<{ data: Level[]; next_cursor: string | null }>(route)
    seen.push(...page.data.map((level) => `${level.item_id} ${level.location_id}`))
    if (!page.next_cursor) break
    cursor = `&cursor=${page.next_cursor}`
  }
  expect(new Set(seen).size).toBe(seen.length)
  for (const { id } of items) expect(seen).toContain(`${id} ${bin}`)
})

test('a promise of the site is kept: confirmed in part, extended, released, each once', async () => {
  const item = await stocked(10)
  const before = shop.events().length
  const expires_at = '2026-11-21T10:00:00Z'
  const { body: made } = await reserve(item, 6, { expires_at, reference: 'https://shop.test/c/1' })
  expect(made).toMatchObject({ state: 'open', site_id: main.site.id, location_id: null })
  expect(await sums(item)).toEqual(['10', '6', '4'])
  expect((await reserve(item, 5)).body.code).toBe('insufficient_stock')
  const route = `POST /v1/reservations/${made.id}`
  const part = await shop.done<Reservation>(`${route}/confirm`, { quantity: 2 })
  expect(part).toMatchObject({ open_quantity: '4', confirmed_quantity: '2', state: 'open' })
  expect(await sums(item)).toEqual(['8', '4', '4'])
  const too_many = await shop.send(`${route}/confirm`, { quantity: 5 })
  expect(too_many.body.code).toBe('reservation_exceeded')
  await shop.done(`${route}/extend`, { expires_at: '2026-11-21T11:00:00Z' })
  const released = await shop.done<Reservation>(`${route}/release`, {})
  expect(released).toMatchObject({ state: 'released', released_quantity: '4' })
  expect((await shop.send(`${route}/release`, {})).body.code).toBe('reservation_closed')
  expect(await sums(item)).toEqual(['8', '0', '8'])
  expect(shop.events().slice(before)).toEqual([
    'reservation.created',
    'reservation.confirmed',
    'reservation.extended',
    'reservation.released',
  ])
})

test('reserved goods are not adjusted away', async () => {
  const item = await stocked(5)
  await reserve(item, 4, { location_id: bin })
  const lines = [{ item_id: item.id, location_id: bin, quantity: -2 }]
  const refused = await shop.send('POST /v1/stock/adjustments', { reason: 'damage', lines })
  expect([refused.status, refused.body.code]).toEqual([409, 'stock_reserved'])
})

test('the last unit goes to one of two who reserve it at once', async () => {
  const item = await stocked(1)
  const both = await Promise.all([reserve(item, 1), reserve(item, 1, { location_id: bin })])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await sums(item)).toEqual(['1', '1', '0'])
})

test('a reservation is released or confirmed, not both', async () => {
  const item = await stocked(3)
  const { body } = await reserve(item, 3)
  const both = await Promise.all([
    shop.send(`POST /v1/reservations/${body.id}/confirm`, {}),
    shop.send(`POST /v1/reservations/${body.id}/release`, {}),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
})

test('a reservation whose time is over is not confirmed, and its goods are free', async () => {
  const item = await stocked(3)
  const at = new Date(shop.clock.now() + 60_000).toISOString()
  const { body: old } = await reserve(item, 3, { expires_at: at })
  shop.clock.advance(60_000)
  const late = await shop.send(`POST /v1/reservations/${old.id}/confirm`, {})
  expect([late.status, late.body.code]).toEqual([409, 'reservation_expired'])
  expect((await reserve(item, 3)).status).toBe(201)
  expect(await sums(item)).toEqual(['3', '3', '0'])
})

test('a transfer leaves, is under way, and arrives in parts', async () => {
  const item = await stocked(10)
  const south = await place('site', 'SOUTH')
  const before = shop.events().length
  const sent = await shop.done<Transfer>('POST /v1/transfers', {
    to_site_id: south.id,
    lines: [{ sku: item.sku, from_location_id: bin, quantity: 6 }],
  })
  const there = await availability(item, `?site_id=${south.id}`)
  expect(there).toMatchObject({ on_hand: '0', incoming: '6', available: '0' })
  const route = `POST /v1/transfers/${sent.id}`
  const part = await shop.done<Transfer>(`${route}/receipts`, {
    lines: [{ line: 1, quantity: 3, rejected_quantity: 1 }],
  })
  expect(part.status).toBe('partially_received')
  expect(part.lines[0]).toMatchObject({ outstanding_quantity: '2', rejected_quantity: '1' })
  const over = await shop.send(`${route}/receipts`, {
    lines: [
      { line: 1, quantity: 1 },
      { line: 1, quantity: 2 },
    ],
  })
  expect([over.status, over.body.code]).toEqual([409, 'over_receipt'])
  expect((await shop.send(`${route}/cancel`)).body.code).toBe('transfer_closed')
  await shop.done(`${route}/receipts`, { lines: [{ line: 1, quantity: 2 }] })
  expect((await availability(item)).on_hand).toBe('10')
  expect((await shop.send(`${route}/receipts`, { lines: [{ line: 1, quantity: 1 }] })).status).toBe(
    409,
  )
  expect(shop.events().slice(before)).toEqual([
    'stock.transferred',
    'transfer.received',
    'transfer.received',
  ])
})

test('a transfer of which nothing arrived comes back; its posting is not reversed behind it', async () => {
  const item = await stocked(2)
  const east = await place('site', 'EAST')
  const lines = [{ sku: item.sku, from_location_id: bin, quantity: 2 }]
  const sent = await shop.done<Transfer>('POST /v1/transfers', { to_site_id: east.id, lines })
  const behind = await shop.send(`POST /v1/postings/${sent.posting_id}/reverse`, {})
  expect(behind.body.code).toBe('document_posting')
  const route = `POST /v1/transfers/${sent.id}/cancel`
  const both = await Promise.all([shop.send(route), shop.send(route)])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await sums(item)).toEqual(['2', '0', '2'])
})

test('a count is blind, counted again where it differs, and books what was seen then', async () => {
  const corner = await place('bin', 'CORNER', main.site.id)
  const item = await stocked(10)
  const other = await stocked(0)
  const lines = [
    { item_id: item.id, from_location_id: bin, to_location_id: corner.id, quantity: 10 },
  ]
  await shop.done('POST /v1/stock/moves', { lines })
  const count = await shop.done<Count>('POST /v1/counts', { location_ids: [corner.id] })
  expect(count.lines.map((line) => [line.sku, line.expected_quantity])).toEqual([[item.sku, null]])
  const route = `POST /v1/counts/${count.id}`
  expect((await shop.send(`${route}/post`)).body.code).toBe('count_incomplete')
  const first = await shop.done<Count>(`${route}/entries`, { entries: [{ line: 1, quantity: 8 }] })
  expect(first).toMatchObject({ status: 'counting', lines: [{ recount: true, difference: null }] })
  expect((await shop.send(`${route}/post`)).body).toMatchObject({ to_recount: [1] })
  await shop.done(`${route}/entries`, {
    entries: [
      { line: 1, quantity: 9 },
      { sku: other.sku, location_id: corner.id, quantity: 0 },
    ],
  })
  shop.clock.advance(1_000)
  const taken = [
    { item_id: item.id, from_location_id: corner.id, to_location_id: bin, quantity: 4 },
  ]
  await shop.done('POST /v1/stock/moves', { lines: taken })
  const before = shop.events().length
  const posted = await shop.done<Count>(`${route}/post`)
  expect(posted.lines[0]).toMatchObject({ expected_quantity: '10', difference: '-1' })
  expect(posted.lines[1]).toMatchObject({ difference: '0', posting_id: null })
  expect(shop.events().slice(before)).toEqual(['stock.counted'])
  const levels = await shop.done<{ data: Level[] }>(`GET /v1/stock/levels?location_id=${corner.id}`)
  expect(levels.data.map((level) => level.on_hand)).toEqual(['5'])
  expect((await shop.send(`${route}/post`)).body.code).toBe('count_closed')
})
