import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { Party } from '../parties/schema.ts'
import type { Availability, Level } from '../stock/schema.ts'
import type { PurchaseOrder, Receipt, Received } from './schema.ts'

let shop: Shop
let main: SiteSet
let supplier: Party
let number = 0

beforeAll(async () => {
  shop = await Shop.open()
  main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  supplier = await shop.done<Party>('POST /v1/parties', { name: 'Kiln', kinds: ['supplier'] })
})
afterAll(() => shop.close())

const newItem = (more: object = {}) => {
  const sku = `P-${++number}`
  return shop.done<Item>('POST /v1/items', { sku, name: sku, ...more })
}

const draft = (lines: object[], more: object = {}) =>
  shop.done<PurchaseOrder>('POST /v1/purchase_orders', {
    supplier_id: supplier.id,
    currency: 'EUR',
    lines,
    ...more,
  })

async function sent(lines: object[], more: object = {}): Promise<string> {
  const { id } = await draft(lines, more)
  await shop.done(`POST /v1/purchase_orders/${id}/send`)
  return `POST /v1/purchase_orders/${id}`
}

const availability = (item: Item, query = '') =>
  shop.done<Availability>(`GET /v1/items/${item.id}/availability${query}`)

test('an order is drafted, changed, sent, received in parts and closed, and each step is told', async () => {
  const item = await newItem()
  const before = shop.events().length
  const lines = [{ sku: item.sku, quantity: 10, unit_price: { amount: 250, currency: 'EUR' } }]
  const made = await draft(lines, { number: 'K-1' })
  expect(made).toMatchObject({ status: 'draft', total: { amount: 2500, currency: 'EUR' } })
  const route = `POST /v1/purchase_orders/${made.id}`
  const patch = `PATCH /v1/purchase_orders/${made.id}`
  expect((await shop.send(patch, { expected_on: '2026-12-01' })).status).toBe(428)
  await shop.done(patch, { expected_on: '2026-12-01' }, { etag: '"1"' })
  expect(
    (await shop.send(`${route}/receipts`, { lines: [{ line: 1, quantity: 1 }] })).body.code,
  ).toBe('order_state')
  await shop.done(`${route}/send`)
  expect(await availability(item)).toMatchObject({
    on_hand: '0',
    incoming: '10',
    incoming_by_date: [{ expected_on: '2026-12-01', quantity: '10' }],
  })
  expect((await availability(item, '?at=2026-11-30')).incoming).toBe('0')
  const late = await shop.send(patch, { note: 'too late' }, { etag: '"3"' })
  expect(late.body.code).toBe('order_state')

  const bin = main.locations.find(({ type }) => type === 'bin')!
  const first = await shop.done<Received>(`${route}/receipts`, {
    delivery_note: 'DN 1',
    lines: [{ line: 1, quantity: 4, rejected_quantity: 1, location_id: bin.id }],
  })
  expect(first.purchase_order).toMatchObject({ status: 'partially_received' })
  expect(first.lines.map((line) => [line.location_code, line.quantity, line.rejected])).toEqual([
    ['A-01-01', '4', false],
    ['MAIN-QUARANTINE', '1', true],
  ])
  expect(await availability(item)).toMatchObject({ on_hand: '5', available: '4', incoming: '6' })
  const second = await shop.done<Received>(`${route}/receipts`, {
    lines: [{ line: 1, quantity: 6 }],
  })
  expect(second.lines[0]!.location_code).toBe('MAIN-DOCK')
  expect(second.purchase_order.status).toBe('received')
  expect(await availability(item)).toMatchObject({ on_hand: '11', available: '4', incoming: '0' })
  await shop.done(`${route}/close`)
  const closed = await shop.send(`${route}/receipts`, { lines: [{ line: 1, quantity: 1 }] })
  expect([closed.status, closed.body.code]).toEqual([409, 'order_closed'])
  const receipts = `GET /v1/receipts?purchase_order_id=${made.id}`
  expect((await shop.done<{ data: Receipt[] }>(receipts)).data).toHaveLength(2)
  expect(shop.events().slice(before)).toEqual([
    'purchase_order.created',
    'purchase_order.updated',
    'purchase_order.sent',
    'purchase_order.received',
    'purchase_order.received',
    'purchase_order.closed',
  ])
})

test('more than ordered comes only as far as the order allows, summed over the receipt', async () => {
  const item = await newItem()
  const route = await sent([{ sku: item.sku, quantity: 10 }], { over_receipt_percent: 10 })
  const both = { line: 1, quantity: 6 }
  const over = await shop.send(`${route}/receipts`, { lines: [both, both] })
  expect(over.status).toBe(409)
  expect(over.body).toMatchObject({ code: 'over_receipt', available: '5', requested: '6' })
  expect((await availability(item)).on_hand).toBe('0')
  await shop.done(`${route}/receipts`, { lines: [both, { line: 1, quantity: 5 }] })
  const strict = await sent([{ sku: item.sku, quantity: 10 }])
  const eleven = await shop.send(`${strict}/receipts`, { lines: [{ line: 1, quantity: 11 }] })
  expect(eleven.body.code).toBe('over_receipt')
})

test('a delivery that two people enter at once comes in once', async () => {
  const item = await newItem()
  const route = await sent([{ sku: item.sku, quantity: 5 }])
  const body = { lines: [{ line: 1, quantity: 5 }] }
  const both = await Promise.all([
    shop.send(`${route}/receipts`, body),
    shop.send(`${route}/receipts`, body),
  ])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect((await availability(item)).on_hand).toBe('5')
})

test('lots and expiry are taken down as goods come in', async () => {
  const item = await newItem({ tracking: 'lot' })
  const route = await sent([{ sku: item.sku, quantity: 20 }])
  const without = await shop.send(`${route}/receipts`, { lines: [{ line: 1, quantity: 5 }] })
  expect([without.status, without.body.code]).toEqual([422, 'lot_required'])
  const lot = { lot_code: 'L-1', expires_on: '2027-01-31', supplier_lot: 'K77' }
  await shop.done(`${route}/receipts`, { lines: [{ line: 1, quantity: 5, ...lot }] })
  const levels = await shop.done<{ data: Level[] }>(`GET /v1/stock/levels?sku=${item.sku}`)
  expect(levels.data[0]).toMatchObject({ lot_code: 'L-1', expires_on: '2027-01-31', on_hand: '5' })
  const other = { lot_code: 'L-1', expires_on: '2027-02-28' }
  const mismatch = await shop.send(`${route}/receipts`, {
    lines: [{ line: 1, quantity: 1, ...other }],
  })
  expect(mismatch.body.code).toBe('lot_mismatch')
})

test('units with serials are counted by their serials, and each is in one place', async () => {
  const item = await newItem({ tracking: 'serial' })
  const route = await sent([{ sku: item.sku, quantity: 4 }])
  const refusals = [
    [{ line: 1, quantity: 2 }, 'serial_required'],
    [{ line: 1, quantity: 2, serial_codes: ['A'] }, 'invalid'],
  ] as const
  for (const [line, code] of refusals) {
    const answer = await shop.send(`${route}/receipts`, { lines: [line] })
    expect(answer.body.code).toBe(code)
  }
  const lines = [{ line: 1, serial_codes: ['A', 'B'], rejected_serial_codes: ['C'] }]
  const received = await shop.done<Received>(`${route}/receipts`, { lines })
  expect(received.lines.map((line) => [line.serial_code, line.rejected])).toEqual([
    ['A', false],
    ['B', false],
    ['C', true],
  ])
  const again = await shop.send(`${route}/receipts`, { lines: [{ line: 1, serial_codes: ['A'] }] })
  expect([again.status, again.body.code]).toEqual([409, 'serial_elsewhere'])
})

test('a receipt entered by mistake is taken back once, and its goods are expected again', async () => {
  const item = await newItem()
  const route = await sent([{ sku: item.sku, quantity: 5 }])
  const receipt = await shop.done<Received>(`${route}/receipts`, {
    lines: [{ line: 1, quantity: 5 }],
  })
  const behind = await shop.send(`POST /v1/postings/${receipt.posting_id}/reverse`, {})
  expect(behind.body.code).toBe('document_posting')
  const back = `POST /v1/receipts/${receipt.id}/reverse`
  const both = await Promise.all([shop.send(back, {}), shop.send(back, {})])
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(await availability(item)).toMatchObject({ on_hand: '0', incoming: '5' })
})

test('a cancelled order brings nothing; one of which goods came is closed instead', async () => {
  const item = await newItem()
  const route = await sent([{ sku: item.sku, quantity: 5 }])
  await shop.done(`${route}/cancel`)
  expect((await availability(item)).incoming).toBe('0')
  const begun = await sent([{ sku: item.sku, quantity: 5 }])
  await shop.done(`${begun}/receipts`, { lines: [{ line: 1, quantity: 1 }] })
  expect((await shop.send(`${begun}/cancel`)).body.code).toBe('order_state')
  await shop.done(`${begun}/close`)
  expect((await availability(item)).incoming).toBe('0')
})

test('what an order may not be is named by pointer', async () => {
  const item = await newItem()
  const lines = [{ sku: item.sku, quantity: 1 }]
  const customer = await shop.done<Party>('POST /v1/parties', { name: 'Jo', kinds: ['customer'] })
  const base = { supplier_id: supplier.id, currency: 'EUR', lines }
  const refusals = [
    [{ ...base, supplier_id: customer.id }, '/supplier_id'],
    [{ ...base, lines: [{ sku: 'NONE', quantity: 1 }] }, '/lines/0/sku'],
    [{ ...base, lines: [{ sku: item.sku, quantity: '0.5' }] }, '/lines/0/quantity'],
    [
      { ...base, lines: [{ ...lines[0], unit_price: { amount: 1, currency: 'USD' } }] },
      '/lines/0/unit_price/currency',
    ],
  ] as const
  for (const [body, pointer] of refusals) {
    const answer = await shop.send<{ errors: { pointer: string }[] }>(
      'POST /v1/purchase_orders',
      body,
    )
    expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([422, pointer])
  }
  await draft(lines, { number: 'TWICE' })
  const taken = await shop.send('POST /v1/purchase_orders', { ...base, number: 'TWICE' })
  expect(taken.body.code).toBe('duplicate_number')
})
