import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Item } from '../catalog/schema.ts'
import type { SiteSet } from '../locations/schema.ts'
import type { BulkAnswer } from '../stock/schema.ts'
import type { Fulfilment } from './fulfilment-schema.ts'
import type { SalesOrder } from './schema.ts'

interface Known {
  id: string
}

let shop: Shop
let other: { 'stowage-organization': string }
let main: SiteSet
let item: Item
let bin: string

beforeAll(async () => {
  shop = await Shop.open()
  const { id } = await shop.done<Known>('POST /v1/organizations', { name: 'Neighbour' })
  other = { 'stowage-organization': id }
  main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  bin = main.locations.find(({ type }) => type === 'bin')!.id
  item = await shop.done<Item>('POST /v1/items', { sku: 'SHARED', name: 'Ours' })
  const lines = [{ item_id: item.id, location_id: bin, quantity: 9 }]
  await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
})
afterAll(() => shop.close())

/** One of everything that has an id, each in a state in which its owner could go on. */
async function everything(): Promise<[noun: string, id: string][]> {
  const line = { sku: item.sku, quantity: 1 }
  const supplier = await shop.done<Known>('POST /v1/parties', { name: 'K', kinds: ['supplier'] })
  const purchase = await shop.done<Known>('POST /v1/purchase_orders', {
    supplier_id: supplier.id,
    currency: 'EUR',
    lines: [line],
  })
  await shop.done(`POST /v1/purchase_orders/${purchase.id}/send`)
  const receipt = await shop.done<Known & { posting_id: string }>(
    `POST /v1/purchase_orders/${purchase.id}/receipts`,
    { lines: [{ line: 1, quantity: 1 }] },
  )
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'EUR',
    ship_to: { country_code: 'DK' },
    lines: [line],
  })
  await shop.done(`POST /v1/sales_orders/${order.id}/place`)
  const far = await shop.done<Known>('POST /v1/locations', { type: 'site', code: 'FAR' })
  const transfer = await shop.done<Known>('POST /v1/transfers', {
    to_site_id: far.id,
    lines: [{ ...line, from_location_id: bin }],
  })
  const count = await shop.done<Known>('POST /v1/counts', { location_ids: [bin] })
  const reservation = await shop.done<Known>('POST /v1/reservations', line)
  const tracked = { sku: 'LOTTED', name: 'Lotted', tracking: 'lot' }
  const { id: item_id } = await shop.done<Known>('POST /v1/items', tracked)
  const lot = await shop.done<Known>('POST /v1/lots', { item_id, code: 'L' })
  return [
    ['locations', bin],
    ['parties', supplier.id],
    ['purchase_orders', purchase.id],
    ['receipts', receipt.id],
    ['postings', receipt.posting_id],
    ['sales_orders', order.id],
    ['transfers', transfer.id],
    ['counts', count.id],
    ['reservations', reservation.id],
    ['lots', lot.id],
  ]
}

const verbs: Record<string, [verb: string, body?: object][]> = {
  locations: [['archive'], ['restore']],
  parties: [['archive'], ['restore']],
  purchase_orders: [
    ['send'],
    ['close'],
    ['cancel'],
    ['receipts', { lines: [{ line: 1, quantity: 1 }] }],
  ],
  receipts: [['reverse', {}]],
  postings: [['reverse', {}]],
  sales_orders: [
    ['place'],
    ['allocate'],
    ['picks', {}],
    ['parcels', { parcels: [{}] }],
    ['ship', {}],
    ['void_dispatch', {}],
    ['deliver', {}],
    ['hold', { reason: 'x' }],
    ['release'],
    ['cancel'],
    ['close'],
  ],
  transfers: [['receipts', { lines: [{ line: 1, quantity: 1 }] }], ['cancel']],
  counts: [['entries', { entries: [{ line: 1, quantity: 1 }] }], ['post'], ['cancel']],
  reservations: [
    ['confirm', {}],
    ['extend', { expires_at: null }],
    ['release', {}],
  ],
  lots: [],
}

test("another organization's ids are not found, and nothing is done to them", async () => {
  const all = await everything()
  const before = shop.events().length
  for (const [noun, id] of all) {
    const read = `GET /v1/${noun}/${id}` as const
    expect([noun, (await shop.send(read)).status]).toEqual([noun, 200])
    expect([noun, (await shop.send(read, undefined, { headers: other })).status]).toEqual([
      noun,
      404,
    ])
    for (const [verb, body] of verbs[noun]!) {
      const route = `POST /v1/${noun}/${id}/${verb}`
      const answer = await shop.send(route, body, { headers: other })
      expect([route, answer.status]).toEqual([route, 404])
    }
  }
  expect(shop.events()).toHaveLength(before)
})

test("another organization's stock is not counted as one's own, nor named in one's documents", async () => {
  const headers = other
  const lists = ['stock/levels', 'sales_orders', 'purchase_orders', 'locations', 'parties', 'lots']
  for (const list of lists) {
    const page = await shop.done<{ data: unknown[] }>(`GET /v1/${list}`, undefined, { headers })
    expect([list, page.data]).toEqual([list, []])
  }
  const mine = await shop.done<Item>(
    'POST /v1/items',
    { sku: 'SHARED', name: 'Theirs' },
    { headers },
  )
  const bulk = await shop.done<BulkAnswer>(
    'POST /v1/stock/lookup',
    { skus: ['SHARED'] },
    { headers },
  )
  expect(bulk.data).toMatchObject([{ item_id: mine.id, on_hand: '0', available: '0' }])
  const foreign = [
    ['POST /v1/stock/adjustments', adjusting(item.id, bin), '/lines/0/item_id'],
    ['POST /v1/stock/adjustments', adjusting(mine.id, bin), '/lines/0/location_id'],
    ['POST /v1/reservations', { item_id: item.id, quantity: 1 }, '/item_id'],
    ['POST /v1/counts', { location_ids: [bin] }, '/location_ids/0'],
    [
      'POST /v1/sales_orders',
      {
        currency: 'EUR',
        ship_to: { country_code: 'DK' },
        site_id: main.site.id,
        lines: [{ sku: 'SHARED', quantity: 1 }],
      },
      '/site_id',
    ],
  ] as const
  for (const [route, body, pointer] of foreign) {
    const answer = await shop.send<{ errors: { pointer: string }[] }>(route, body, { headers })
    expect([route, answer.status, answer.body.errors[0]?.pointer]).toEqual([route, 422, pointer])
  }
})

const adjusting = (item_id: string, location_id: string) => ({
  reason: 'found',
  lines: [{ item_id, location_id, quantity: 1 }],
})

test('an order is reserved once over two places, not once in each', async () => {
  const shelf = await shop.done<Known>('POST /v1/locations', {
    ...{ type: 'bin', code: 'SECOND', parent_id: main.site.id },
  })
  const cup = await shop.done<Item>('POST /v1/items', { sku: 'CUP', name: 'Cup' })
  const lines = [bin, shelf.id].map((location_id) => ({
    item_id: cup.id,
    location_id,
    quantity: 3,
  }))
  await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines })
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'EUR',
    ship_to: { country_code: 'DK' },
    lines: [{ sku: 'CUP', quantity: 5 }],
  })
  await shop.done(`POST /v1/sales_orders/${order.id}/place`)
  const { to_pick } = await shop.done<Fulfilment>(`GET /v1/sales_orders/${order.id}/fulfilment`)
  expect(to_pick.map(({ quantity }) => Number(quantity)).sort()).toEqual([2, 3])
})

test('an item is not removed with its history', async () => {
  const answer = await shop.send(`DELETE /v1/items/${item.id}`)
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, PATCH'])
})
