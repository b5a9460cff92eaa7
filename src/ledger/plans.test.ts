/** Every question of the request path is answered by an index: none reads all of a growing table. */
import { afterAll, beforeAll, expect, spyOn, test } from 'bun:test'
import { minute_ms, timestamp } from '../kit/clock.ts'
import { DatabaseFile } from '../db/file.ts'
import { listAccounts } from './accounts/read.ts'
import { count } from './count.ts'
import { levelsAsOf } from './periods/as-of.ts'
import { closePeriod, listPeriods } from './periods/close-period.ts'
import { post } from './post.ts'
import { keptProofs } from './proof/keep.ts'
import { proveIncremental } from './proof/prove-incremental.ts'
import * as ledger from './read.ts'
import { extend } from './reservations/extend.ts'
import { sweepReservations } from './reservations/expire.ts'
import { release } from './reservations/release.ts'
import { reserve } from './reservations/reserve.ts'
import { listReservationRows } from './reservations/store.ts'
import { reverse } from './reverse.ts'
import { Warehouse } from './testing/warehouse.ts'

let shop: Warehouse
const asked = new Set<string>()

beforeAll(async () => {
  shop = await Warehouse.open()
  const prepare = DatabaseFile.prototype.prepare
  const spy = spyOn(DatabaseFile.prototype, 'prepare').mockImplementation(function (
    this: DatabaseFile,
    sql: string,
  ) {
    asked.add(sql)
    return prepare.call(this, sql)
  })
  await shop.post('opening', 'opening>bin1 tea 100', 'opening>bin1 oil/lot1 10')
  const { posting } = await shop.post('receipt', 'supplier>bin2 lamp//s1 1')
  await shop.write((tx) => reverse(tx, posting.id))
  shop.clock.advance(minute_ms)
  await shop.write((tx) => {
    const soft = reserve(tx, { item_id: 'tea', quantity: 1, site_id: 'loc_pier' })
    const hard = reserve(tx, {
      item_id: 'tea',
      quantity: 1,
      ...shop.at('bin1'),
      expires_at: timestamp(tx.now_ms + 1),
    })
    extend(tx, hard.id, null)
    post(tx, shop.posting('sale', `bin1>customer tea 1 ${hard.id}`, 'bin1>customer tea 1'))
    release(tx, soft.id)
    sweepReservations(tx)
    proveIncremental(tx)
    const at = timestamp(tx.now_ms - minute_ms / 2)
    count(tx, { item_id: 'tea', ...shop.at('bin1'), counted: 90, at })
    closePeriod(tx, { until: timestamp(tx.now_ms - 1) })
  })
  shop.read((read) => {
    const { item_id, account_id } = { item_id: 'tea', ...shop.at('bin1') }
    ledger.headOf(read)
    ledger.siteAvailability(read, item_id, 'loc_pier')
    ledger.postingById(read, posting.id)
    for (const in_stock of [true, false]) {
      for (const filter of [{}, { item_id }, { account_id }, { item_id, account_id }]) {
        ledger.levels(read, { ...filter, in_stock }, {})
      }
    }
    ledger.levels(read, { lot_id: 'lot1' }, {})
    for (const filter of [{ item_id }, { lot_id: 'lot1' }, { serial_id: 's1' }]) {
      const page = ledger.movementsOf(read, filter, { limit: 1 })
      ledger.movementsOf(read, filter, { limit: 1, cursor: page.next_cursor ?? undefined })
    }
    for (const item of [undefined, item_id]) {
      const page = ledger.entriesOfAccount(read, account_id, item, { limit: 1 })
      ledger.entriesOfAccount(read, account_id, item, { cursor: page.next_cursor! })
    }
    for (const sort of ['occurred_at', '-occurred_at']) {
      const page = ledger.listPostings(read, {}, { limit: 1, sort })
      ledger.listPostings(read, {}, { limit: 1, sort, cursor: page.next_cursor! })
    }
    ledger.listPostings(read, { reference_id: 'po_1' }, {})
    ledger.listPostings(read, { occurred_from: read.now }, {})
    levelsAsOf(read, { at: read.now, lot_id: 'lot1' })
    levelsAsOf(read, { at: read.now, item_id })
    levelsAsOf(read, { at: read.now, account_id })
    levelsAsOf(read, { at: read.now })
    listPeriods(read, {})
    listAccounts(read, {}, {})
    listReservationRows(read, {}, {})
    listReservationRows(read, { reference_id: 'so_1' }, {})
    keptProofs(read)
  })
  spy.mockRestore()
})
afterAll(() => shop.close())

/** Tables that grow with every posting. */
const growing = /\bSCAN (m|p|l|e|stock_(?:movements|postings|levels|reservations))\b/

test('no question scans a table that grows', () => {
  const scans: string[] = []
  for (const sql of asked) {
    if (!/^\s*(SELECT|UPDATE|DELETE)/.test(sql)) continue
    const marks = sql.split('?').length - 1
    const plan = shop.file.connection
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array<string>(marks).fill('')) as { detail: string }[]
    // Reading an end of an index in order, for one row, is no scan of the table.
    const one_row = /ORDER BY (seq|position) DESC LIMIT 1\b/.test(sql)
    for (const { detail } of plan) {
      if (growing.test(detail) && !one_row) scans.push(`${detail} ← ${sql}`)
    }
  }
  expect(asked.size).toBeGreaterThan(50)
  expect(scans).toEqual([])
})

test('pages of movements, entries and postings are read in the order of an index', () => {
  const sorted: string[] = []
  for (const sql of asked) {
    if (!/^SELECT [^(]*FROM stock_(movements m|postings p)/.test(sql) || !/LIMIT \?$/.test(sql))
      continue
    // Postings of one document are few; they are sorted.
    if (sql.includes('p.reference_id = ?')) continue
    const marks = sql.split('?').length - 1
    const plan = shop.file.connection
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...Array<string>(marks).fill('')) as { detail: string }[]
    if (plan.some(({ detail }) => detail.includes('TEMP B-TREE'))) sorted.push(sql)
  }
  expect(sorted).toEqual([])
})
