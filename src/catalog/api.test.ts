import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Item } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

test('an item is added, read, changed and archived, and each step is told', async () => {
  const created = await shop.send<Item>('POST /v1/items', { sku: 'MUG-BLUE', name: 'Blue mug' })
  expect(created.status).toBe(201)
  expect(created.headers.get('etag')).toBe('"1"')
  const { id } = created.body

  const read = await shop.send<Item>(`GET /v1/items/${id}`)
  expect(read.body).toEqual(created.body)

  const change = { name: 'Blue mug, 300 ml', reorder_point: '12' }
  const changed = await shop.send<Item>(`PATCH /v1/items/${id}`, change, { etag: '"1"' })
  expect(changed.body).toMatchObject({ name: 'Blue mug, 300 ml', reorder_point: '12', version: 2 })

  const archived = await shop.done<Item>(`POST /v1/items/${id}/archive`)
  expect(archived.archived_at).toBe('2026-11-21T09:00:00.000Z')
  expect(shop.events()).toEqual(['item.created', 'item.updated', 'item.updated'])
})

test('a sku is taken once, and a retry is not a second try', async () => {
  const body = { sku: 'CUP', name: 'Cup' }
  const first = await shop.send('POST /v1/items', body, { key: 'cup-1' })
  const again = await shop.send('POST /v1/items', body, { key: 'cup-1' })
  expect(again.text).toBe(first.text)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  const other = await shop.send('POST /v1/items', body)
  expect(other.status).toBe(409)
  expect(other.body.code).toBe('duplicate_sku')
})

test('what is wrong is named by pointer', async () => {
  const wrong = { sku: 'X', name: '', colour: 'red', reorder_point: '1.5' }
  const answer = await shop.send('POST /v1/items', wrong)
  expect(answer.status).toBe(422)
  expect(answer.body.errors).toEqual([
    { pointer: '/colour', detail: 'This field is not known here.' },
    expect.objectContaining({ pointer: '/name' }),
  ])
})

test('a page follows a page without a gap or a repeat', async () => {
  for (const n of [1, 2, 3, 4, 5]) {
    await shop.done('POST /v1/items', { sku: `PAGE-${n}`, name: `Page ${n}` })
  }
  const seen: string[] = []
  let cursor = ''
  do {
    const page = await shop.done<{ data: Item[]; next_cursor: string | null }>(
      `GET /v1/items?limit=2&sort=sku&search=PAGE-${cursor}`,
    )
    seen.push(...page.data.map((item) => item.sku))
    cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : ''
  } while (cursor)
  expect(seen).toEqual(['PAGE-1', 'PAGE-2', 'PAGE-3', 'PAGE-4', 'PAGE-5'])
})
