import { afterEach, beforeEach, expect, test } from 'bun:test'
import { closePeriod } from '../periods/close-period.ts'
import { headOf } from '../read.ts'
import { reserve } from '../reservations/reserve.ts'
import type { Check } from './report.ts'
import { Warehouse } from '../testing/warehouse.ts'
import { keepProof, keptProofs, provenSeq } from './keep.ts'
import { proveIncremental } from './prove-incremental.ts'
import { proveWhole, proveWholeNow } from './prove-whole.ts'

let shop: Warehouse
beforeEach(async () => {
  shop = await Warehouse.open()
  await shop.post('opening', 'opening>bin1 tea 10', 'opening>bin1 oil/lot1 4')
  await shop.post('sale', 'bin1>customer tea 3')
  await shop.write((tx) => reserve(tx, { item_id: 'tea', quantity: 2, ...shop.at('bin1') }))
  await shop.write((tx) => reserve(tx, { item_id: 'tea', quantity: 1, site_id: 'loc_pier' }))
  await shop.post('receipt', 'supplier>bin2 lamp//s1 1')
})
afterEach(() => shop.close())

const incremental = (limit?: number) => shop.write((tx) => proveIncremental(tx, limit))
/** As somebody with the file and without scruples would: past the triggers. */
function tamper(sql: string): void {
  const { connection } = shop.file
  const triggers = connection
    .prepare(`SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'`)
    .all() as { name: string; sql: string }[]
  connection.pragma('ignore_check_constraints = ON')
  connection.pragma('foreign_keys = OFF')
  for (const { name } of triggers) connection.exec(`DROP TRIGGER ${name}`)
  expect(connection.prepare(sql).run().changes).toBeGreaterThan(0)
  for (const { sql } of triggers) connection.exec(sql)
  connection.pragma('foreign_keys = ON')
  connection.pragma('ignore_check_constraints = OFF')
}
const found = () => shop.read(proveWholeNow).differences.map(({ check }) => check)

test('an honest ledger proves itself', async () => {
  await shop.write((tx) => closePeriod(tx, { until: tx.now }))
  const report = await proveWhole(shop.file)
  expect(report).toMatchObject({
    holds: true,
    postings: 3,
    movements: 4,
    levels: 7,
    reservations: 2,
    differences: [],
  })
  expect(report.head_hash).toBe(shop.read(headOf).hash)
})

test('the incremental proof goes on from where it was', async () => {
  expect(await incremental()).toMatchObject({ holds: true, from_seq: 0, through_seq: 3 })
  expect(await incremental()).toMatchObject({ holds: true, from_seq: 3, postings: 0 })
  for (let i = 0; i < 5; i += 1) await shop.post('sale', 'bin1>customer oil/lot1 1').catch(() => {})
  expect(await incremental(2)).toMatchObject({ holds: true, through_seq: 5, postings: 2 })
  expect(await incremental(2)).toMatchObject({ holds: true, through_seq: 7, postings: 2 })
  expect(shop.read(provenSeq)).toBe(7)
})

const drifts: [what: string, sql: string, checks: Check[]][] = [
  [
    'a level',
    `UPDATE stock_levels SET on_hand = 99 WHERE item_id = 'tea' AND on_hand = 7`,
    ['replay', 'balance'],
  ],
  ['a held quantity', `UPDATE stock_levels SET reserved = 1 WHERE reserved = 2`, ['reservations']],
  ['a promise', `UPDATE stock_promises SET reserved = 9`, ['reservations']],
  [
    'a reservation',
    `UPDATE stock_reservations SET confirmed_quantity = 1, quantity = 3 WHERE account_id <> ''`,
    ['reservations'],
  ],
  [
    'a movement',
    `UPDATE stock_movements SET quantity = 4 WHERE quantity = 3`,
    ['chain', 'replay', 'replay'],
  ],
  ['a note', `UPDATE stock_postings SET note = 'x' WHERE seq = 2`, ['chain']],
  ['a hash', `UPDATE stock_postings SET hash = zeroblob(32) WHERE seq = 2`, ['chain', 'chain']],
  [
    'an extra movement',
    `INSERT INTO stock_movements SELECT position + 5, item_id, lot_id, serial_id, source, target, 1, '' FROM stock_movements WHERE position = 2049`,
    ['chain', 'chain', 'replay', 'replay'],
  ],
  [
    'a lost movement',
    `DELETE FROM stock_movements WHERE position = 2049`,
    ['chain', 'chain', 'replay', 'replay'],
  ],
  [
    'a movement of no posting',
    `UPDATE stock_movements SET position = 9000001 WHERE position = 3073`,
    ['chain', 'chain', 'chain', 'replay', 'replay'],
  ],
  [
    'a lost level',
    `DELETE FROM stock_levels WHERE item_id = 'oil' AND on_hand = 4`,
    ['replay', 'balance'],
  ],
]
for (const [what, sql, checks] of drifts) {
  test(`${what} that was tampered with is found, and stays as it is`, async () => {
    tamper(sql)
    expect(found()).toEqual(checks)
    expect(found()).toEqual(checks)
  })
}

test('a posting cut out of the middle, or off the end, is missed', async () => {
  await incremental()
  tamper(`DELETE FROM stock_postings WHERE seq = 2`)
  expect(found()).toContain('chain')
  tamper(`DELETE FROM stock_postings WHERE seq = 3`)
  expect((await incremental()).holds).toBe(false)
})

test('a closed period that was changed is found', async () => {
  await shop.write((tx) => closePeriod(tx, { until: tx.now }))
  tamper(`UPDATE stock_period_levels SET on_hand = 8 WHERE on_hand = 7`)
  expect(found()).toEqual(['period', 'period'])
})

test('drift stops the incremental proof where it is, and is told again until it is dealt with', async () => {
  await incremental()
  await shop.post('sale', 'bin1>customer oil/lot1 1')
  tamper(`UPDATE stock_levels SET on_hand = 5 WHERE item_id = 'oil' AND on_hand = 3`)
  const report = await incremental()
  expect(report.differences.map(({ check }) => check)).toContain('replay')
  expect(report.differences[0]!.facts).toMatchObject({ item_id: 'oil', expected: 3, found: 5 })
  expect(shop.read(provenSeq)).toBe(3)
  expect((await incremental()).holds).toBe(false)
  expect(shop.level('oil/lot1', 'bin1').on_hand).toBe(5)
  expect(shop.read((read) => keptProofs(read)).map(({ holds }) => holds)).toEqual([false, false])
})

test('a whole proof sees one moment, while others go on writing', async () => {
  for (let i = 0; i < 20; i += 1) {
    await Promise.all(Array.from({ length: 60 }, () => shop.post('receipt', 'supplier>bin2 tea 1')))
  }
  const proof = proveWhole(shop.file)
  const meanwhile = shop.post('receipt', 'supplier>bin2 tea 1')
  const [report] = await Promise.all([proof, meanwhile])
  expect(report).toMatchObject({ holds: true, through_seq: 1_203 })
  expect(shop.read(headOf).seq).toBe(1_204)
  await shop.write((tx) => keepProof(tx, report))
  expect(shop.read((read) => keptProofs(read))[0]).toMatchObject({ scope: 'whole', holds: true })
})
