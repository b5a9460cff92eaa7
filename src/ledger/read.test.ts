import { afterEach, beforeEach, expect, test } from 'bun:test'
import type { Page } from '../db/list.ts'
import { listAccounts } from './accounts/read.ts'
import { entriesOfAccount, levels, listPostings, movementsOf } from './read.ts'
import { outcomeOf, Warehouse } from './testing/warehouse.ts'

let shop: Warehouse
beforeEach(async () => {
  shop = await Warehouse.open()
  await shop.post('opening', 'opening>bin1 tea 10')
})
afterEach(() => shop.close())

test('pages of an account and of an item show each movement once, newest first', async () => {
  for (let i = 1; i <= 7; i += 1) {
    await shop.post('transfer', `bin1>bin2 tea 1`, `bin2>bin1 tea 1`, `bin1>bin2 tea 1`)
  }
  const pages = <Row>(next: (cursor: string | undefined) => Page<Row>): Row[] => {
    const all: Row[] = []
    let cursor: string | null | undefined
    for (let page = 0; page < 50 && cursor !== null; page += 1) {
      const { rows, next_cursor } = next(cursor)
      all.push(...rows)
      cursor = next_cursor
    }
    return all
  }
  const entries = shop.read((read) =>
    pages((cursor) => entriesOfAccount(read, shop.account('bin1'), 'tea', { limit: 4, cursor })),
  )
  expect(entries).toHaveLength(22)
  expect(entries.reduce((sum, { change }) => sum + change, 0)).toBe(3)
  const movements = shop.read((read) =>
    pages((cursor) => movementsOf(read, { item_id: 'tea' }, { limit: 4, cursor })),
  )
  const positions = movements.map(({ position }) => position)
  expect(new Set(positions).size).toBe(22)
  expect(positions).toEqual(positions.toSorted((a, b) => b - a))
  await shop.post('opening', ...Array.from({ length: 9 }, (_, n) => `opening>bin1 item${n} 1`))
  const listed = shop.read((read) => pages((cursor) => levels(read, {}, { limit: 4, cursor })))
  expect(new Set(listed.map(({ id }) => id)).size).toBe(21)
  const accounts = shop.read((read) =>
    pages((cursor) => listAccounts(read, {}, { limit: 4, cursor })),
  )
  expect(new Set(accounts.map(({ id }) => id)).size).toBe(14)
})

test('postings are found by reason, document and time', async () => {
  await shop.post('sale', 'bin1>customer tea 1')
  const found = (filter: Parameters<typeof listPostings>[1]) =>
    shop.read((read) => listPostings(read, filter, {})).rows.map(({ seq }) => seq)
  expect(found({})).toEqual([2, 1])
  expect(found({ reason: 'sale' })).toEqual([2])
  expect(found({ reference_id: 'po_1' })).toEqual([])
  expect(found({ occurred_until: '2026-11-21T08:59:59.999Z' })).toEqual([])
  expect(found({ occurred_from: '2026-11-21T09:00:00.000Z' })).toEqual([2, 1])
})

test('a cursor of another list is refused', async () => {
  const read = () =>
    shop.read((read) =>
      entriesOfAccount(read, shop.account('bin1'), undefined, { cursor: 'elsewhere' }),
    )
  expect(await outcomeOf(Promise.resolve().then(read))).toBe('invalid')
})
