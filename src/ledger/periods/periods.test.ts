import { afterEach, beforeEach, expect, test } from 'bun:test'
import { day_ms, hour_ms } from '../../kit/clock.ts'
import { count, setLevel } from '../count.ts'
import { post } from '../post.ts'
import { changeBackdatingDays } from '../reasons.ts'
import { proveWholeNow } from '../proof/prove-whole.ts'
import { reverse } from '../reverse.ts'
import { outcomeOf, problemOf, Warehouse } from '../testing/warehouse.ts'
import { levelsAsOf } from './as-of.ts'
import { closePeriod, listPeriods } from './close-period.ts'

let shop: Warehouse
beforeEach(async () => {
  shop = await Warehouse.open()
})
afterEach(async () => {
  expect(shop.read(proveWholeNow).differences).toEqual([])
  await shop.close()
})

const on = (occurred_at: string, reason: string, ...lines: string[]) =>
  shop.write((tx) => post(tx, { ...shop.posting(reason, ...lines), occurred_at }))
const close = (until: string) => shop.write((tx) => closePeriod(tx, { until }))
const asOf = (at: string, account = 'bin1', item_id = 'tea') =>
  shop
    .read((read) => levelsAsOf(read, { at, item_id }))
    .find((level) => level.account_id === shop.account(account))?.on_hand ?? 0

test('as of a time is what had happened by then, whenever it was recorded', async () => {
  await on('2026-11-01T08:00:00Z', 'opening', 'opening>bin1 tea 10')
  await on('2026-11-10T08:00:00Z', 'sale', 'bin1>customer tea 4')
  await on('2026-11-05T10:00:00+02:00', 'receipt', 'supplier>bin1 tea 2')
  expect(asOf('2026-10-31T00:00:00Z')).toBe(0)
  expect(asOf('2026-11-01T08:00:00Z')).toBe(10)
  expect(asOf('2026-11-05T07:59:59.999Z')).toBe(10)
  expect(asOf('2026-11-05T08:00:00Z')).toBe(12)
  expect(asOf('2026-11-20T00:00:00Z')).toBe(8)
})

test('a closed period is the same answer, and begins the replay of the next', async () => {
  await on('2026-09-01T08:00:00Z', 'opening', 'opening>bin1 tea 10', 'opening>bin2 oil/l1 5')
  await on('2026-10-10T08:00:00Z', 'sale', 'bin1>customer tea 4')
  await on('2026-11-10T08:00:00Z', 'sale', 'bin1>customer tea 1')
  const times = ['2026-09-15', '2026-10-01', '2026-10-31', '2026-11-11'].map(
    (day) => `${day}T00:00:00Z`,
  )
  const before = times.map((at) => shop.read((read) => levelsAsOf(read, { at })))
  const september = await close('2026-09-30T23:59:59.999Z')
  expect(september).toMatchObject({ level_count: 4, head_seq: 3 })
  await close('2026-10-31T23:59:59.999Z')
  expect(times.map((at) => shop.read((read) => levelsAsOf(read, { at })))).toEqual(before)
  for (const at of times) {
    const filters = [{ item_id: 'tea' }, { account_id: shop.account('bin1') }, { lot_id: 'l1' }]
    for (const filter of filters) {
      const [name, value] = Object.entries(filter)[0] as ['item_id', string]
      const whole = shop.read((read) => levelsAsOf(read, { at }))
      expect(shop.read((read) => levelsAsOf(read, { at, ...filter }))).toEqual(
        whole.filter((level) => level[name] === value),
      )
    }
  }
  const listed = shop.read((read) => listPeriods(read, {}))
  expect(listed.rows.map(({ until }) => until.slice(0, 10))).toEqual(['2026-10-31', '2026-09-30'])
})

test('nothing is dated into a closed period, and a period is closed once', async () => {
  await on('2026-10-10T08:00:00Z', 'opening', 'opening>bin1 tea 10')
  await close('2026-10-31T00:00:00Z')
  const late = await problemOf(on('2026-10-31T00:00:00Z', 'sale', 'bin1>customer tea 1'))
  expect(late.code).toBe('period_closed')
  expect(late.facts.closed_until).toBe('2026-10-31T00:00:00.000Z')
  expect(await outcomeOf(on('2026-10-31T00:00:00.001Z', 'sale', 'bin1>customer tea 1'))).toBe('ok')
  expect(await outcomeOf(close('2026-10-31T00:00:00Z'))).toBe('period_closed')
  expect(await outcomeOf(close('2026-12-01T00:00:00Z'))).toBe('invalid')
  const connection = shop.file.connection
  const run = (sql: string) => () => connection.prepare(sql).run()
  expect(run(`UPDATE stock_period_levels SET on_hand = 11`)).toThrow('frozen')
  expect(run(`DELETE FROM stock_periods`)).toThrow('frozen')
  expect(run(`INSERT INTO stock_period_levels VALUES (1, 'x', '', '', 'acc', 1)`)).toThrow('frozen')
})

test('two who close the same period together: exactly one does', async () => {
  const both = [1, 2].map(() => outcomeOf(close('2026-10-31T00:00:00Z')))
  expect((await Promise.all(both)).sort()).toEqual(['ok', 'period_closed'])
})

test("one organization's close binds nobody else", async () => {
  await shop.write((tx) => closePeriod(tx, { until: '2026-11-01T00:00:00Z' }), 'org_other')
  const posted = on('2026-10-10T08:00:00Z', 'opening', 'opening>bin1 tea 1')
  expect(await outcomeOf(posted)).toBe('ok')
})

test('a posting is dated neither into the future nor too far back', async () => {
  const at = (occurred_at: string) => outcomeOf(on(occurred_at, 'opening', 'opening>bin1 tea 1'))
  expect(await at('2026-11-21T09:00:00.001Z')).toBe('occurred_in_future')
  expect(await at('2026-11-21T09:00:00Z')).toBe('ok')
  expect(await at('yesterday')).toBe('invalid')
  expect(await at('2026-11-20')).toBe('invalid')
  expect(await at('2024-01-01T00:00:00Z')).toBe('backdated_too_far')
  await shop.write((tx) => changeBackdatingDays(tx, 7))
  expect(await at('2026-11-14T09:00:00Z')).toBe('ok')
  const problem = await problemOf(on('2026-11-14T08:59:59Z', 'opening', 'opening>bin1 tea 1'))
  expect(problem.facts.earliest).toBe('2026-11-14T09:00:00.000Z')
})

test('a reversal of what a closed period holds happens now', async () => {
  const { posting } = await on('2026-10-10T08:00:00Z', 'opening', 'opening>bin1 tea 10')
  await close('2026-10-31T00:00:00Z')
  const back = await shop.write((tx) => reverse(tx, posting.id))
  expect(back.posting.occurred_at).toBe('2026-11-21T09:00:00.000Z')
  expect(asOf('2026-11-01T00:00:00Z')).toBe(10)
  expect(shop.level('tea', 'bin1').on_hand).toBe(0)
})

test('a count is what was seen then; what moved since still applies', async () => {
  await on('2026-11-20T08:00:00Z', 'opening', 'opening>bin1 tea 10')
  await on('2026-11-20T12:00:00Z', 'sale', 'bin1>customer tea 3')
  const seen = await shop.write((tx) =>
    count(tx, { item_id: 'tea', ...shop.at('bin1'), counted: 9, at: '2026-11-20T10:00:00Z' }),
  )
  expect(seen).toMatchObject({ expected: 10, difference: -1 })
  expect(seen.posted!.posting).toMatchObject({
    reason: 'count_loss',
    occurred_at: '2026-11-20T10:00:00.000Z',
  })
  expect(shop.level('tea', 'bin1').on_hand).toBe(6)
  expect(asOf('2026-11-20T10:00:00Z')).toBe(9)
})

test('a count that agrees posts nothing, one that finds more books the gain', async () => {
  await shop.post('opening', 'opening>bin1 tea 10')
  const seen = (counted: number, reason?: string) =>
    shop.write((tx) => count(tx, { item_id: 'tea', ...shop.at('bin1'), counted, reason }))
  expect(await seen(10)).toEqual({ expected: 10, difference: 0, posted: undefined })
  expect((await seen(12)).posted!.posting.reason).toBe('count_gain')
  expect((await seen(11, 'damage')).posted!.posting.movements[0]!.target).toBe(
    shop.account('scrap'),
  )
  expect(await outcomeOf(seen(1, 'transfer'))).toBe('reason_mismatch')
  expect(await outcomeOf(seen(1, 'hunger'))).toBe('unknown_reason')
  expect(await outcomeOf(seen(-1))).toBe('invalid')
  expect(shop.level('tea', 'bin1').on_hand).toBe(11)
})

test('set needs to know what is there', async () => {
  await shop.post('opening', 'opening>bin1 tea 10')
  const set = (expected: number, on_hand: number) =>
    shop.write((tx) =>
      setLevel(tx, { item_id: 'tea', ...shop.at('bin1'), on_hand, expect: expected }),
    )
  const both = await Promise.all([set(10, 7), set(10, 8)].map(outcomeOf))
  expect(both.sort()).toEqual(['ok', 'stale_quantity'])
  expect(shop.level('tea', 'bin1').on_hand).toBe(7)
  expect(await set(7, 7)).toBeUndefined()
})

test('the clock of the business and the clock of the server are told apart', async () => {
  shop.clock.advance(day_ms + hour_ms)
  const { posting } = await on('2026-11-21T09:00:00Z', 'opening', 'opening>bin1 tea 1')
  expect(posting.occurred_at).toBe('2026-11-21T09:00:00.000Z')
  expect(posting.recorded_at).toBe('2026-11-22T10:00:00.000Z')
})
