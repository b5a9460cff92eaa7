import { afterEach, beforeEach, expect, test } from 'bun:test'
import { minute_ms, timestamp } from '../../kit/clock.ts'
import { changeAccount } from '../accounts/change.ts'
import { count } from '../count.ts'
import { proveWholeNow } from '../proof/prove-whole.ts'
import { siteAvailability } from '../read.ts'
import { outcomeOf, problemOf, Warehouse } from '../testing/warehouse.ts'
import { sweepReservations } from './expire.ts'
import { extend } from './extend.ts'
import { getReservation } from './open.ts'
import { release } from './release.ts'
import { reserve, type ReserveInput } from './reserve.ts'

let shop: Warehouse
beforeEach(async () => {
  shop = await Warehouse.open()
  await shop.post('opening', 'opening>bin1 tea 10')
})
afterEach(async () => {
  expect(shop.read(proveWholeNow).differences).toEqual([])
  await shop.close()
})

const hard = (quantity: number, more: Partial<ReserveInput> = {}) =>
  shop.write((tx) =>
    reserve(tx, { item_id: 'tea', quantity, ...shop.at('bin1'), ...more } as ReserveInput),
  )
const soft = (quantity: number, more: Partial<ReserveInput> = {}) =>
  shop.write((tx) =>
    reserve(tx, { item_id: 'tea', quantity, site_id: 'loc_pier', ...more } as ReserveInput),
  )
const letGo = (id: string, quantity?: number) => shop.write((tx) => release(tx, id, quantity))
const inMinutes = (minutes: number) => timestamp(shop.clock.now() + minutes * minute_ms)
const find = (id: string) => shop.read((read) => getReservation(read, id))

test('what is spoken for leaves only under the name of its reservation', async () => {
  const { id } = await hard(8)
  expect(shop.level('tea', 'bin1')).toMatchObject({ on_hand: 10, reserved: 8, version: 2 })
  const problem = await problemOf(shop.post('sale', 'bin1>customer tea 3'))
  expect(problem.code).toBe('stock_reserved')
  expect(problem.facts).toMatchObject({ available: 2, requested: 3, shortfall: 1, reserved: 8 })
  await shop.post('sale', 'bin1>customer tea 2', `bin1>customer tea 5 ${id}`)
  expect(find(id)).toMatchObject({ open_quantity: 3, confirmed_quantity: 5, state: 'open' })
  await shop.post('sale', `bin1>customer tea 3 ${id}`)
  expect(find(id)).toMatchObject({ open_quantity: 0, state: 'confirmed' })
  expect(shop.level('tea', 'bin1')).toMatchObject({ on_hand: 0, reserved: 0 })
})

test('two lines cannot confirm more of one reservation than is open', async () => {
  const { id } = await hard(5)
  const problem = await problemOf(
    shop.post('sale', `bin1>customer tea 3 ${id}`, `bin1>packed tea 3 ${id}`),
  )
  expect(problem.code).toBe('reservation_exceeded')
  expect(problem.facts).toMatchObject({ open_quantity: 5, requested: 6 })
})

test('a reservation is confirmed by its own goods at its own place', async () => {
  const { id } = await hard(5)
  await shop.post('opening', 'opening>bin2 tea 5', 'opening>bin1 tea/lot1 5')
  expect(await outcomeOf(shop.post('sale', `bin2>customer tea 1 ${id}`))).toBe(
    'reservation_mismatch',
  )
  const other_lot = shop.post('sale', `bin1>customer tea/lot1 1 ${id}`)
  expect(await outcomeOf(other_lot)).toBe('reservation_mismatch')
  expect(await outcomeOf(shop.post('sale', 'bin1>customer tea 1 rsv_none'))).toBe('not_found')
})

test('nobody reserves what is reserved', async () => {
  await hard(7)
  const problem = await problemOf(hard(4))
  expect(problem.code).toBe('insufficient_stock')
  expect(problem.facts).toMatchObject({ available: 3, requested: 4, shortfall: 1 })
  expect(await outcomeOf(hard(3))).toBe('ok')
  expect(await outcomeOf(hard(0))).toBe('invalid_quantity')
})

test('the last unit is reserved once, however many ask for it together', async () => {
  await hard(9)
  const outcomes = await Promise.all(Array.from({ length: 32 }, () => outcomeOf(hard(1))))
  expect(outcomes.filter((outcome) => outcome === 'ok')).toHaveLength(1)
})

test('confirm, release and extend end a reservation exactly once', async () => {
  const { id } = await hard(5, { expires_at: inMinutes(10) })
  const confirm = () => outcomeOf(shop.post('sale', `bin1>customer tea 5 ${id}`))
  const both = await Promise.all([confirm(), confirm()])
  expect(both.sort()).toEqual(['ok', 'reservation_closed'])
  expect(await outcomeOf(letGo(id))).toBe('reservation_closed')
  expect(await outcomeOf(shop.write((tx) => extend(tx, id, null)))).toBe('reservation_closed')
  const other = await hard(5)
  const releases = await Promise.all([letGo(other.id), letGo(other.id)].map(outcomeOf))
  expect(releases.sort()).toEqual(['ok', 'reservation_closed'])
  expect(shop.level('tea', 'bin1').reserved).toBe(0)
})

test('a part is released, and the rest still holds', async () => {
  const { id } = await hard(5)
  expect(await letGo(id, 2)).toMatchObject({
    open_quantity: 3,
    released_quantity: 2,
    state: 'open',
  })
  expect(await outcomeOf(letGo(id, 4))).toBe('reservation_exceeded')
  expect(await letGo(id)).toMatchObject({ open_quantity: 0, state: 'released' })
})

test('time is decided inside the write, before any sweep', async () => {
  const { id } = await hard(10, { expires_at: inMinutes(10) })
  shop.clock.advance(10 * minute_ms)
  expect(await outcomeOf(shop.post('sale', `bin1>customer tea 1 ${id}`))).toBe(
    'reservation_expired',
  )
  expect(await outcomeOf(shop.write((tx) => extend(tx, id, inMinutes(5))))).toBe(
    'reservation_expired',
  )
  // Whoever needs the goods does not wait for the sweep.
  expect((await shop.post('sale', 'bin1>customer tea 4')).levels[0]).toEqual(
    shop.level('tea', 'bin1'),
  )
  expect(find(id)).toMatchObject({ state: 'expired', released_quantity: 10 })
  expect(shop.level('tea', 'bin1')).toMatchObject({ on_hand: 6, reserved: 0 })
  expect(await outcomeOf(hard(6))).toBe('ok')
})

test('an extended reservation outlives its first time', async () => {
  const { id } = await hard(10, { expires_at: inMinutes(10) })
  shop.clock.advance(9 * minute_ms)
  await shop.write((tx) => extend(tx, id, inMinutes(10)))
  shop.clock.advance(9 * minute_ms)
  expect(await outcomeOf(shop.post('sale', 'bin1>customer tea 1'))).toBe('stock_reserved')
  expect(await outcomeOf(shop.post('sale', `bin1>customer tea 1 ${id}`))).toBe('ok')
})

test('the sweep ends what ran out, once, and leaves the rest', async () => {
  const short = await hard(2, { expires_at: inMinutes(1) })
  const long = await soft(3, { expires_at: inMinutes(60) })
  shop.clock.advance(minute_ms)
  const swept = await shop.write((tx) => sweepReservations(tx))
  expect(swept.map(({ id }) => id)).toEqual([short.id])
  expect(await shop.write((tx) => sweepReservations(tx))).toEqual([])
  expect(find(long.id).state).toBe('open')
})

test('confirming and expiry, at the same moment: exactly one wins', async () => {
  const { id } = await hard(10, { expires_at: inMinutes(1) })
  shop.clock.advance(minute_ms)
  const [confirmed, swept] = await Promise.all([
    outcomeOf(shop.post('sale', `bin1>customer tea 10 ${id}`)),
    shop.write((tx) => sweepReservations(tx)),
  ])
  expect(confirmed).toBe('reservation_expired')
  expect(swept).toHaveLength(1)
})

test('a site keeps its soft promises whichever bin is asked', async () => {
  await shop.post('opening', 'opening>bin2 tea 5', 'opening>hill tea 5', 'opening>aside tea 5')
  const { id } = await soft(12)
  const available = () => shop.read((read) => siteAvailability(read, 'tea', 'loc_pier'))
  expect(available()).toEqual({ unreserved: 15, promised: 12, available: 3 })
  expect(await outcomeOf(soft(4))).toBe('insufficient_stock')
  expect(await outcomeOf(hard(4))).toBe('insufficient_stock')
  const problem = await problemOf(shop.post('sale', 'bin1>customer tea 4'))
  expect(problem.code).toBe('stock_reserved')
  expect(problem.facts).toMatchObject({ available: 3, requested: 4, shortfall: 1, promised: 12 })
  // Within the site goods move freely; the other site has promised nothing.
  expect(await outcomeOf(shop.post('transfer', 'bin1>bin2 tea 8'))).toBe('ok')
  expect(await outcomeOf(shop.post('sale', 'hill>customer tea 5'))).toBe('ok')
  expect(await outcomeOf(shop.post('sale', `bin2>customer tea 12 ${id}`))).toBe('ok')
  expect(available()).toEqual({ unreserved: 3, promised: 0, available: 3 })
})

test('a promise becomes a place in one write', async () => {
  const promised = await soft(10)
  const placed = await shop.write((tx) => {
    release(tx, promised.id)
    return reserve(tx, { item_id: 'tea', quantity: 10, ...shop.at('bin1') })
  })
  await shop.post('sale', `bin1>customer tea 10 ${placed.id}`)
  expect(find(placed.id).state).toBe('confirmed')
})

test('a place on hold promises nothing more, and what it promised stays promised', async () => {
  await soft(6)
  await shop.write((tx) => changeAccount(tx, shop.account('bin1'), { promisable: false }))
  expect(await outcomeOf(soft(1))).toBe('insufficient_stock')
  const left = shop.read((read) => siteAvailability(read, 'tea', 'loc_pier'))
  expect(left).toEqual({ unreserved: 0, promised: 6, available: -6 })
  await shop.write((tx) => changeAccount(tx, shop.account('bin1'), { promisable: true }))
  expect(await outcomeOf(soft(4))).toBe('ok')
})

test('a count does not break a reservation silently', async () => {
  await hard(8)
  const seen = (counted: number) =>
    outcomeOf(shop.write((tx) => count(tx, { item_id: 'tea', ...shop.at('bin1'), counted })))
  expect(await seen(7)).toBe('stock_reserved')
  expect(await seen(8)).toBe('ok')
})

test('the database itself refuses to break or to forget a reservation', async () => {
  const { id } = await hard(8)
  const run = (sql: string) => () => shop.file.connection.prepare(sql).run()
  expect(run(`UPDATE stock_levels SET reserved = 11 WHERE reserved = 8`)).toThrow('stock_floor')
  expect(run(`UPDATE stock_levels SET on_hand = 7 WHERE reserved = 8`)).toThrow('stock_floor')
  expect(run(`DELETE FROM stock_reservations`)).toThrow('released, not removed')
  expect(run(`UPDATE stock_reservations SET quantity = 9`)).toThrow('stays where it is')
  await letGo(id)
  expect(run(`UPDATE stock_reservations SET released_quantity = 0`)).toThrow('has ended')
})
