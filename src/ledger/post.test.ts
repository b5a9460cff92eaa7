import { afterEach, beforeEach, expect, test } from 'bun:test'
import { closeAccount } from './accounts/change.ts'
import { openAccount } from './accounts/open.ts'
import { post } from './post.ts'
import { postingById } from './read.ts'
import { changeReason, addReason } from './reasons.ts'
import { reserve } from './reservations/reserve.ts'
import { reverse } from './reverse.ts'
import { outcomeOf, play, problemOf, Warehouse } from './testing/warehouse.ts'

let shop: Warehouse
beforeEach(async () => {
  shop = await Warehouse.open()
})
afterEach(() => shop.close())

test('goods go from account to account, and what no account has cannot leave it', async () => {
  const wrong = await play(
    shop,
    `
    receipt   supplier>dock tea 10                            ok
    putaway   dock>bin1 tea 10                                ok
    putaway   dock>bin1 tea 1                                 insufficient_stock
    sale      bin1>customer tea 6, bin1>customer tea 6        insufficient_stock
    sale      bin1>customer tea 6, bin1>customer tea 4        ok
    level     bin1 tea                                        0
    level     customer tea                                    10
    level     supplier tea                                    -10
    return    customer>aside tea 2                            ok
    scrap     aside>scrap tea 1                               ok
    sale      bin1>customer coffee 1                          insufficient_stock
    `,
  )
  expect(wrong).toEqual([])
})

test('lines apply in order: what comes in first may go on in the same posting', async () => {
  const wrong = await play(
    shop,
    `
    receipt   dock>bin1 tea 5, supplier>dock tea 5            insufficient_stock
    receipt   supplier>dock tea 5, dock>bin1 tea 5            ok
    level     dock tea                                        0
    level     bin1 tea                                        5
    `,
  )
  expect(wrong).toEqual([])
})

test('a floor below zero holds exactly where it was set', async () => {
  const wrong = await play(
    shop,
    `
    sale      backroom>customer tea 3                         ok
    sale      backroom>customer tea 1                         insufficient_stock
    level     backroom tea                                    -3
    receipt   supplier>backroom tea 3                         ok
    level     backroom tea                                    0
    `,
  )
  expect(wrong).toEqual([])
})

test('a reason touches counterparts of its own kind only', async () => {
  const wrong = await play(
    shop,
    `
    opening   opening>bin1 tea 10                             ok
    transfer  bin1>transit tea 2, transit>hill tea 2          ok
    transfer  bin1>customer tea 1                             reason_mismatch
    damage    bin1>adjustment tea 1                           reason_mismatch
    damage    bin1>scrap tea 1                                ok
    theft     bin1>adjustment tea 1                           ok
    hunger    bin1>adjustment tea 1                           unknown_reason
    `,
  )
  expect(wrong).toEqual([])
})

test('a business adds its own reasons and takes them out of use', async () => {
  await shop.post('opening', 'opening>bin1 tea 10')
  await shop.write((tx) =>
    addReason(tx, { code: 'tasting', name: 'Tasting', counterpart_kind: 'adjustment' }),
  )
  expect(await outcomeOf(shop.post('tasting', 'bin1>adjustment tea 1'))).toBe('ok')
  await shop.write((tx) => changeReason(tx, 'tasting', { archived: true }))
  expect(await outcomeOf(shop.post('tasting', 'bin1>adjustment tea 1'))).toBe('unknown_reason')
  const kept = shop.write((tx) => changeReason(tx, 'sale', { archived: true }))
  expect(await outcomeOf(kept)).toBe('conflict')
})

test('a serial is one unit in one place, always', async () => {
  const wrong = await play(
    shop,
    `
    receipt   supplier>bin1 lamp//s1 1                        ok
    receipt   supplier>bin2 lamp//s1 1                        serial_elsewhere
    receipt   supplier>bin2 lamp/l2/s1 1                      serial_elsewhere
    transfer  bin2>bin1 lamp//s1 1                            serial_elsewhere
    transfer  bin1>bin2 lamp//s1 2                            invalid
    sale      bin1>packed lamp//s1 1, packed>customer lamp//s1 1  ok
    found     adjustment>bin1 lamp//s1 1                      serial_elsewhere
    return    customer>aside lamp//s1 1                       ok
    supplier_return  aside>supplier lamp//s1 1                ok
    receipt   supplier>bin2 lamp//s1 1                        ok
    level     bin2 lamp//s1                                   1
    `,
  )
  expect(wrong).toEqual([])
})

test('a refusal says what is there, what was asked for, and which line asked', async () => {
  await shop.post('opening', 'opening>bin1 tea 10')
  const problem = await problemOf(
    shop.post('sale', 'bin1>customer tea 6', 'bin1>packed tea 1', 'bin1>customer tea 6'),
  )
  expect(problem.code).toBe('insufficient_stock')
  expect(problem.facts).toMatchObject({
    item_id: 'tea',
    account_id: shop.account('bin1'),
    available: 10,
    requested: 13,
    shortfall: 3,
  })
  expect(problem.facts.errors![0]!.pointer).toBe('/movements/0/source')
  const unknown = shop.write((tx) =>
    post(tx, {
      reason: 'transfer',
      movements: [
        shop.movement('bin1>bin2 tea 1'),
        { item_id: 'tea', source: shop.account('bin1'), target: 'acc_nowhere', quantity: 1 },
      ],
    }),
  )
  expect((await problemOf(unknown)).facts.errors![0]!.pointer).toBe('/movements/1/target')
})

test('shapes are checked before anything else', async () => {
  const tries: [string, string][] = [
    ['bin1>bin1 tea 1', 'invalid'],
    ['bin1>bin2 tea 0', 'invalid_quantity'],
    ['bin1>bin2 tea -1', 'invalid_quantity'],
    ['bin1>bin2 tea 1.5', 'invalid_quantity'],
    ['bin1>bin2 tea NaN', 'invalid_quantity'],
    ['bin1>bin2 tea 9007199254740993000', 'invalid_quantity'],
  ]
  for (const [line, code] of tries) expect(await outcomeOf(shop.post('hunger', line))).toBe(code)
})

test('a posting has 1 to 1,000 movements', async () => {
  const line = shop.movement('supplier>bin1 tea 1')
  const of = (count: number) =>
    shop.write((tx) => post(tx, { reason: 'receipt', movements: Array(count).fill(line) }))
  expect(await outcomeOf(of(0))).toBe('invalid')
  expect(await outcomeOf(of(1_001))).toBe('invalid')
  expect(await outcomeOf(of(1_000))).toBe('ok')
  expect(shop.level('tea', 'bin1').on_hand).toBe(1_000)
})

test('expect is compare-and-set, and answers with the current quantity', async () => {
  await shop.post('opening', 'opening>bin1 tea 10')
  const sale = (expected: number) =>
    shop.write((tx) =>
      post(tx, {
        ...shop.posting('sale', 'bin1>customer tea 1'),
        expect: [{ item_id: 'tea', account_id: shop.account('bin1'), on_hand: expected }],
      }),
    )
  expect((await problemOf(sale(9))).facts).toMatchObject({ expected: 9, current: 10, version: 1 })
  await sale(10)
  expect(await outcomeOf(sale(10))).toBe('stale_quantity')
})

test('a posting answers with its levels as they are now', async () => {
  const { posting, levels } = await shop.post('receipt', 'supplier>dock tea 5', 'dock>bin1 tea 3')
  expect(posting).toMatchObject({ seq: 1, reason: 'receipt', actor_id: 'test' })
  expect(levels).toEqual(['supplier', 'dock', 'bin1'].map((name) => shop.level('tea', name)))
  expect(shop.read((read) => postingById(read, posting.id))).toEqual({
    ...posting,
    reversed_by: null,
  })
})

test('a reversal takes back exactly one posting, once, and is final', async () => {
  const { posting } = await shop.post('receipt', 'supplier>dock tea 5', 'dock>bin1 tea 5')
  const back = await shop.write((tx) => reverse(tx, posting.id, { note: 'wrong order' }))
  expect(back.posting).toMatchObject({ reverses: posting.id, reason: 'reversal' })
  expect(['supplier', 'dock', 'bin1'].map((name) => shop.level('tea', name).on_hand)).toEqual([
    0, 0, 0,
  ])
  const again = await problemOf(shop.write((tx) => reverse(tx, posting.id)))
  expect(again.code).toBe('already_reversed')
  expect(again.facts.reversed_by).toBe(back.posting.id)
  const undo = shop.write((tx) => reverse(tx, back.posting.id))
  expect(await outcomeOf(undo)).toBe('reversal_is_final')
  const reread = shop.read((read) => postingById(read, posting.id))
  expect(reread.reversed_by).toBe(back.posting.id)
})

test('two reversals of one posting, started together: exactly one wins', async () => {
  const { posting } = await shop.post('receipt', 'supplier>bin1 tea 5')
  const both = [1, 2].map(() => outcomeOf(shop.write((tx) => reverse(tx, posting.id))))
  expect((await Promise.all(both)).sort()).toEqual(['already_reversed', 'ok'])
})

test('goods that have gone on cannot be taken back', async () => {
  const { posting } = await shop.post('receipt', 'supplier>bin1 tea 5')
  await shop.post('sale', 'bin1>customer tea 1')
  const reversal = shop.write((tx) => reverse(tx, posting.id))
  expect(await outcomeOf(reversal)).toBe('insufficient_stock')
})

test('the last unit is sold once, however many ask for it together', async () => {
  await shop.post('opening', 'opening>bin1 tea 1')
  const buyers = Array.from({ length: 64 }, () =>
    outcomeOf(shop.post('sale', 'bin1>customer tea 1')),
  )
  const outcomes = await Promise.all(buyers)
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
  expect(outcomes.filter((outcome) => outcome === 'insufficient_stock')).toHaveLength(63)
})

test("another organization's accounts, postings and levels are not there", async () => {
  const { posting } = await shop.post('opening', 'opening>bin1 tea 5')
  const stranger = 'org_stranger'
  const theirs = (attempt: Parameters<typeof shop.write>[0]) =>
    outcomeOf(shop.write(attempt as never, stranger))
  expect(await theirs((tx) => post(tx, shop.posting('transfer', 'bin1>bin2 tea 1')))).toBe(
    'not_found',
  )
  expect(await theirs((tx) => reverse(tx, posting.id))).toBe('not_found')
  expect(await theirs((tx) => postingById(tx, posting.id))).toBe('not_found')
  expect(await theirs((tx) => closeAccount(tx, shop.account('bin2')))).toBe('not_found')
  expect(
    await theirs((tx) => reserve(tx, { item_id: 'tea', quantity: 1, ...shop.at('bin1') })),
  ).toBe('not_found')
  expect(
    await theirs((tx) => reserve(tx, { item_id: 'tea', quantity: 1, site_id: 'loc_pier' })),
  ).toBe('not_found')
})

test('the database itself refuses a movement between organizations', async () => {
  const theirs = await shop.write((tx) => openAccount(tx, { kind: 'supplier', name: 'x' }), 'org_x')
  await shop.post('opening', 'opening>bin1 tea 5')
  const connection = shop.file.connection
  const smuggle = () =>
    connection
      .prepare(
        `INSERT INTO stock_movements (position, item_id, lot_id, serial_id, source, target, quantity,
          reservation_id) VALUES (1026, 'tea', '', '', ?, ?, 1, '')`,
      )
      .run(theirs.id, shop.account('bin1'))
  expect(smuggle).toThrow('open accounts of its organization')
})

test('an account is closed when it is empty, and then nothing moves there', async () => {
  await shop.post('opening', 'opening>bin2 tea 1')
  const close = () => outcomeOf(shop.write((tx) => closeAccount(tx, shop.account('bin2'))))
  expect(await close()).toBe('account_in_use')
  await shop.post('transfer', 'bin2>bin1 tea 1')
  expect(await close()).toBe('ok')
  expect(await outcomeOf(shop.post('transfer', 'bin1>bin2 tea 1'))).toBe('account_closed')
})

test('one account of a kind at a place', async () => {
  const again = shop.write((tx) =>
    openAccount(tx, { kind: 'bin', location_id: 'loc_bin1', name: 'again' }),
  )
  const problem = await problemOf(again)
  expect(problem.code).toBe('account_exists')
  expect(problem.facts.account_id).toBe(shop.account('bin1'))
})
