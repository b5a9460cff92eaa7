import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../../tests/shop.ts'
import type { Item } from '../schema.ts'
import type { Lot } from './schema.ts'

let shop: Shop
let item: Item
beforeAll(async () => {
  shop = await Shop.open()
  const body = { sku: 'MILK', name: 'Milk', tracking: 'lot' }
  item = await shop.done<Item>('POST /v1/items', body)
})
afterAll(() => shop.close())

test('a lot is entered, found, recalled, and each step is told', async () => {
  const before = shop.events().length
  const body = { item_id: item.id, code: 'L-7', expires_on: '2027-03-01' }
  const lot = await shop.done<Lot>('POST /v1/lots', body)
  expect(lot).toMatchObject({ ...body, status: 'ok', manufactured_on: null })
  for (const query of [
    `item_id=${item.id}`,
    'search=L-',
    'status=ok',
    'expires_before=2027-03-02',
  ]) {
    const page = await shop.done<{ data: Lot[] }>(`GET /v1/lots?${query}`)
    expect([query, page.data]).toEqual([query, [lot]])
  }
  const patch = `PATCH /v1/lots/${lot.id}` as const
  expect((await shop.send(patch, { status: 'recalled' })).status).toBe(428)
  const recalled = await shop.done<Lot>(patch, { status: 'recalled' }, { etag: '"1"' })
  expect(recalled).toMatchObject({ status: 'recalled', version: 2 })
  expect(shop.events().slice(before)).toEqual(['lot.created', 'lot.updated'])
})

test('what a lot may not be', async () => {
  const plain = await shop.done<Item>('POST /v1/items', { sku: 'MUG', name: 'Mug' })
  const refusals = [
    [{ item_id: item.id, code: 'L-7' }, 409, 'duplicate_lot'],
    [{ item_id: plain.id, code: 'L-1' }, 422, 'invalid'],
    [
      { item_id: item.id, code: 'L-8', manufactured_on: '2027-01-02', expires_on: '2027-01-01' },
      422,
      'invalid',
    ],
  ] as const
  for (const [body, status, code] of refusals) {
    const answer = await shop.send('POST /v1/lots', body)
    expect([answer.status, answer.body.code]).toEqual([status, code])
  }
})
