/** Mistakes seen in other systems, each a test that it cannot be made here. */
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { count } from './count.ts'
import { levelsAsOf } from './periods/as-of.ts'
import { post } from './post.ts'
import { proveWholeNow } from './proof/prove-whole.ts'
import { levels, listPostings, movementsOf, postingById } from './read.ts'
import { release } from './reservations/release.ts'
import { reserve } from './reservations/reserve.ts'
import { outcomeOf, problemOf, Warehouse } from './testing/warehouse.ts'

let shop: Warehouse
beforeEach(async () => {
  shop = await Warehouse.open()
  await shop.post('opening', 'opening>bin1 tea 10')
})
afterEach(async () => {
  expect(shop.read(proveWholeNow).differences).toEqual([])
  await shop.close()
})

const run = (sql: string) => () => shop.file.connection.prepare(sql).run()

test('checking outside the lock: what two read before they write does not count', async () => {
  const sell = () => {
    const { on_hand } = shop.level('tea', 'bin1')
    return outcomeOf(shop.post('sale', `bin1>customer tea ${on_hand}`))
  }
  expect((await Promise.all([sell(), sell()])).sort()).toEqual(['insufficient_stock', 'ok'])
})

test('checking per line in place of per sum: ten lines of two do not take twenty', async () => {
  const lines = Array.from({ length: 10 }, () => 'bin1>customer tea 2')
  const problem = await problemOf(shop.post('sale', ...lines))
  expect(problem.facts).toMatchObject({ available: 10, requested: 20, shortfall: 10 })
  expect(await outcomeOf(shop.post('sale', ...lines.slice(0, 5)))).toBe('ok')
})

test('two kits that share a component are one demand', async () => {
  await shop.post('opening', 'opening>bin1 cup 1', 'opening>bin1 pot 1')
  const kits = ['bin1>production tea 6', 'bin1>production cup 1', 'bin1>production tea 6']
  expect(await outcomeOf(shop.post('assembly', ...kits))).toBe('insufficient_stock')
  expect(shop.level('cup', 'bin1').on_hand).toBe(1)
})

test('a derived column in the ledger that later writes rewrite: rows never change', async () => {
  const { connection } = shop.file
  const rows = () =>
    JSON.stringify([
      connection.prepare('SELECT * FROM stock_postings WHERE seq = 1').all(),
      connection.prepare('SELECT * FROM stock_movements WHERE posting_seq = 1').all(),
    ])
  const before = rows()
  await shop.write((tx) =>
    post(tx, {
      ...shop.posting('sale', 'bin1>customer tea 3'),
      occurred_at: '2026-11-20T00:00:00Z',
    }),
  )
  expect(rows()).toBe(before)
  expect(run(`UPDATE stock_movements SET quantity = 1`)).toThrow('immutable')
  expect(run(`UPDATE stock_postings SET note = 'x'`)).toThrow('immutable')
  expect(run(`DELETE FROM stock_movements`)).toThrow('immutable')
  expect(run(`DELETE FROM stock_postings`)).toThrow('immutable')
  expect(
    run(`REPLACE INTO stock_movements SELECT position, item_id, lot_id, serial_id, source,
    target, 1, '' FROM stock_movements`),
  ).toThrow()
})

test('a second store of truth updated afterwards: the level is right before anyone else looks', async () => {
  const seen = await shop.write((tx) => {
    post(tx, shop.posting('sale', 'bin1>customer tea 4'))
    return levels(tx, { item_id: 'tea', in_stock: true }, {}).rows.map(({ on_hand }) => on_hand)
  })
  expect(seen).toEqual([6])
})

test('clamping to zero: what is too much is refused, by the verb and by the database', async () => {
  expect(await outcomeOf(shop.post('damage', 'bin1>scrap tea 11'))).toBe('insufficient_stock')
  expect(shop.level('tea', 'bin1').on_hand).toBe(10)
  const sql = `UPDATE stock_levels SET on_hand = -1 WHERE account_id = '${shop.account('bin1')}'`
  expect(run(sql)).toThrow('stock_floor')
})

test('an item at zero keeps its history, and nobody can remove it', async () => {
  await shop.post('sale', 'bin1>customer tea 10')
  const history = shop.read((read) => movementsOf(read, { item_id: 'tea' }, {}))
  expect(history.rows.map(({ quantity }) => quantity)).toEqual([10, 10])
  expect(shop.level('tea', 'bin1')).toMatchObject({ on_hand: 0, version: 2 })
  expect(run(`DELETE FROM stock_levels`)).toThrow('not removed')
  expect(run(`DELETE FROM stock_accounts`)).toThrow('closed, not removed')
  expect(run(`DELETE FROM stock_reasons`)).toThrow('archived, not removed')
})

test('a retry that doubles an adjustment: set and count again change nothing', async () => {
  const again = () =>
    shop.write((tx) => count(tx, { item_id: 'tea', ...shop.at('bin1'), counted: 7 }))
  expect((await again()).difference).toBe(-3)
  expect((await again()).posted).toBeUndefined()
  expect(shop.level('tea', 'bin1').on_hand).toBe(7)
})

test('a verb that fails half-way leaves nothing, and neither does a dry run', async () => {
  const before = shop.read((read) => listPostings(read, {}, {})).rows.length
  const dry = shop.write((tx) => {
    const { posting, levels } = post(tx, shop.posting('sale', 'bin1>customer tea 4'))
    expect(postingById(tx, posting.id).movements).toHaveLength(1)
    expect(levels[0]!.on_hand).toBe(6)
    throw new Error('only asking')
  })
  await expect(dry).rejects.toThrow('only asking')
  expect(shop.level('tea', 'bin1')).toMatchObject({ on_hand: 10, version: 1 })
  expect(shop.read((read) => listPostings(read, {}, {})).rows).toHaveLength(before)
  // The seq that was given back is used by the next: the chain has no gap.
  expect((await shop.post('sale', 'bin1>customer tea 1')).posting.seq).toBe(2)
})

test('a refusal that the caller catches has written nothing', async () => {
  await shop.write((tx) => {
    expect(() =>
      post(tx, shop.posting('sale', 'bin1>customer tea 4', 'bin2>customer tea 1')),
    ).toThrow()
    return post(tx, shop.posting('sale', 'bin1>customer tea 5'))
  })
  expect(shop.level('tea', 'bin1').on_hand).toBe(5)
})

test('reservations never go below zero', async () => {
  const input = { item_id: 'tea', quantity: 3, ...shop.at('bin1') }
  const { id } = await shop.write((tx) => reserve(tx, input))
  const releases = [1, 2, 3].map(() => outcomeOf(shop.write((tx) => release(tx, id))))
  expect((await Promise.all(releases)).filter((outcome) => outcome === 'ok')).toHaveLength(1)
  expect(shop.level('tea', 'bin1').reserved).toBe(0)
  expect(run(`UPDATE stock_levels SET reserved = -1`)).toThrow('reserved >= 0')
})

test("another channel's stock counted as one's own: each organization sees its own levels", async () => {
  expect(shop.read((read) => levels(read, { item_id: 'tea' }, {}).rows, 'org_other')).toEqual([])
  expect(
    shop.read((read) => levelsAsOf(read, { at: read.now, item_id: 'tea' }), 'org_other'),
  ).toEqual([])
  expect(shop.read((read) => movementsOf(read, { item_id: 'tea' }, {}).rows, 'org_other')).toEqual(
    [],
  )
})

test("a whole line's quantity booked at each of two places: what enters is what left", async () => {
  await shop.post('transfer', 'bin1>bin2 tea 4', 'bin1>dock tea 6')
  const { rows } = shop.read((read) => levels(read, { item_id: 'tea' }, {}))
  expect(rows.reduce((sum, { on_hand }) => sum + on_hand, 0)).toBe(0)
  expect(rows.filter(({ on_hand }) => on_hand > 0).map(({ on_hand }) => on_hand)).toEqual([4, 6])
})

test('skipping a locked row and creating a duplicate: one level, however many begin it', async () => {
  await Promise.all(Array.from({ length: 20 }, () => shop.post('receipt', 'supplier>bin2 new 1')))
  const rows = shop.file.connection
    .prepare(`SELECT on_hand FROM stock_levels WHERE item_id = 'new' ORDER BY on_hand`)
    .pluck()
    .all()
  expect(rows).toEqual([-20, 20])
})
