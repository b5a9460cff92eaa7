/**
 * Random commands, many at once, with the invariants after each batch. Larger runs:
 * `LEDGER_COMMANDS=100000 LEDGER_SEED=7 bun test src/ledger/simulation.test.ts`; a failing seed is printed.
 */
import { expect, test } from 'bun:test'
import { day_ms, hour_ms, minute_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { changeAccount } from './accounts/change.ts'
import { count, setLevel } from './count.ts'
import { levelsAsOf } from './periods/as-of.ts'
import { closePeriod } from './periods/close-period.ts'
import { post } from './post.ts'
import { proveIncremental } from './proof/prove-incremental.ts'
import { proveWholeNow } from './proof/prove-whole.ts'
import { sweepReservations } from './reservations/expire.ts'
import { extend } from './reservations/extend.ts'
import { release } from './reservations/release.ts'
import { reserve } from './reservations/reserve.ts'
import { reverse } from './reverse.ts'
import type { Posted } from './schema.ts'
import { parseGoods, Warehouse } from './testing/warehouse.ts'

const commands = Number(process.env.LEDGER_COMMANDS ?? 2_500)
const seed = Number(process.env.LEDGER_SEED ?? 20261121)

/** Mulberry32: small, and the same everywhere. */
function chance(state: number) {
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  return {
    upTo: (most: number) => 1 + Math.floor(next() * most),
    of: <T>(choices: readonly T[]): T => choices[Math.floor(next() * choices.length)]!,
    happens: (share: number) => next() < share,
  }
}

const goods = ['tea', 'oil/l1', 'oil/l2', 'lamp//s1', 'lamp//s2', 'lamp/l1/s3']
const places = ['bin1', 'bin2', 'hill', 'dock', 'aside', 'packed', 'backroom', 'transit']
const ways: [reason: string, outside: string, inward: boolean][] = [
  ['opening', 'opening', true],
  ['receipt', 'supplier', true],
  ['supplier_return', 'supplier', false],
  ['sale', 'customer', false],
  ['return', 'customer', true],
  ['damage', 'scrap', false],
  ['found', 'adjustment', true],
  ['theft', 'adjustment', false],
  ['assembly', 'production', false],
]

class Simulation {
  readonly random = chance(seed)
  readonly postings: string[] = []
  readonly reservations: string[] = []
  readonly outcomes = new Map<string, number>()

  constructor(readonly shop: Warehouse) {}

  /** Chooses a command now; it runs when its turn in the batch has come. */
  next(): (tx: Write) => unknown {
    const { random } = this
    const verb = random.of(
      'move move move move post post post post reserve reserve confirm confirm \
release extend sweep count set reverse hold close'.split(/\s+/),
    )
    return this[verb as 'move']()
  }

  #line(way: string, quantity = this.random.upTo(12)): string {
    const what = this.random.of(goods)
    return `${way} ${what} ${what.split('/')[2] ? 1 : quantity}`
  }

  move() {
    const lines = Array.from({ length: this.random.upTo(3) }, () =>
      this.#line(`${this.random.of(places)}>${this.random.of(places)}`),
    )
    return this.#post('transfer', lines)
  }

  post() {
    const [reason, outside, inward] = this.random.of(ways)
    const lines = Array.from({ length: this.random.upTo(3) }, () => {
      const place = this.random.of(places)
      return this.#line(inward ? `${outside}>${place}` : `${place}>${outside}`)
    })
    return this.#post(reason, lines)
  }

  #post(reason: string, lines: string[]) {
    const back_ms = this.random.happens(0.3) ? this.random.upTo(10 * 24) * hour_ms : 0
    return (tx: Write) =>
      this.#keep(
        post(tx, {
          ...this.shop.posting(reason, ...lines),
          occurred_at: timestamp(tx.now_ms - back_ms),
        }),
      )
  }

  #keep(posted: Posted | undefined): Posted | undefined {
    if (posted) this.postings.push(posted.posting.id)
    return posted
  }

  #level() {
    return { ...parseGoods(this.random.of(goods)), ...this.shop.at(this.random.of(places)) }
  }

  reserve() {
    const { random } = this
    const expires_ms = random.happens(0.5) ? random.upTo(60) * minute_ms : 0
    const soft = random.happens(0.4)
    const { item_id, ...level } = this.#level()
    const where = soft ? { site_id: random.of(['loc_pier', 'loc_hill']) } : level
    const quantity = random.upTo(5)
    return (tx: Write) => {
      const expires_at = expires_ms ? timestamp(tx.now_ms + expires_ms) : null
      this.reservations.push(reserve(tx, { item_id, quantity, expires_at, ...where }).id)
    }
  }

  confirm() {
    const id = this.random.of(this.reservations) ?? 'rsv_none'
    const line = `${this.#line(`${this.random.of(places)}>customer`, 4)} ${id}`
    return (tx: Write) => {
      const movement = this.shop.movement(line)
      const found = this.shop.file.connection
        .prepare(
          'SELECT item_id, lot_id, serial_id, account_id FROM stock_reservations WHERE id = ?',
        )
        .get(id) as
        { item_id: string; lot_id: string; serial_id: string; account_id: string } | undefined
      const { account_id, ...reserved } = found ?? { account_id: '' }
      const source = account_id || movement.source
      const movements = [{ ...movement, ...reserved, source }]
      return this.#keep(post(tx, { reason: 'sale', movements }))
    }
  }

  release() {
    const id = this.random.of(this.reservations) ?? 'rsv_none'
    const part = this.random.happens(0.5) ? this.random.upTo(3) : undefined
    return (tx: Write) => release(tx, id, part)
  }

  extend() {
    const id = this.random.of(this.reservations) ?? 'rsv_none'
    const more_ms = this.random.upTo(90) * minute_ms
    return (tx: Write) => extend(tx, id, timestamp(tx.now_ms + more_ms))
  }

  sweep() {
    return (tx: Write) => sweepReservations(tx, 20)
  }

  count() {
    const level = this.#level()
    const counted = level.serial_id ? this.random.upTo(2) - 1 : this.random.upTo(20) - 1
    const ago_ms = this.random.happens(0.5) ? this.random.upTo(48) * hour_ms : 0
    return (tx: Write) =>
      this.#keep(count(tx, { ...level, counted, at: timestamp(tx.now_ms - ago_ms) }).posted)
  }

  set() {
    const level = this.#level()
    const on_hand = level.serial_id ? 0 : this.random.upTo(20) - 1
    const expect = this.random.upTo(6) - 1
    return (tx: Write) => this.#keep(setLevel(tx, { ...level, on_hand, expect }))
  }

  reverse() {
    const id = this.random.of(this.postings) ?? 'pst_none'
    return (tx: Write) => this.#keep(reverse(tx, id))
  }

  hold() {
    const promisable = this.random.happens(0.7)
    const place = this.shop.account(this.random.of(['bin1', 'bin2', 'hill']))
    return (tx: Write) => changeAccount(tx, place, { promisable })
  }

  close() {
    const ago_ms = this.random.upTo(20) * day_ms
    const closes = this.random.happens(0.2)
    return (tx: Write) => closes && closePeriod(tx, { until: timestamp(tx.now_ms - ago_ms) })
  }

  async run(command: (tx: Write) => unknown): Promise<void> {
    let outcome = 'ok'
    try {
      // The answer's levels are those of the database, within the same write.
      await this.shop.write((tx) => {
        const posted = command(tx) as Posted | undefined
        for (const level of posted?.levels ?? []) {
          expect(level).toEqual(
            tx.get(
              `SELECT item_id, lot_id, serial_id, account_id, on_hand, reserved, version
                FROM stock_levels WHERE item_id = ? AND lot_id = ? AND serial_id = ?
                AND account_id = ?`,
              level.item_id,
              level.lot_id,
              level.serial_id,
              level.account_id,
            )!,
          )
        }
      })
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      outcome = error.code
      const { available, requested, shortfall } = error.facts as Record<string, number>
      if (shortfall !== undefined) expect(requested! - available!).toBe(shortfall)
      if (shortfall !== undefined) expect(shortfall).toBeGreaterThan(0)
    }
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1)
  }
}

/** Replays the rows themselves, knowing nothing of checkpoints. */
function replayed(shop: Warehouse, at: string): Map<string, number> {
  const rows = shop.file.connection
    .prepare(
      `SELECT m.item_id, m.lot_id, m.serial_id, m.source, m.target, m.quantity
        FROM stock_movements m JOIN stock_postings p ON p.seq = m.posting_seq
        WHERE p.occurred_at <= ?`,
    )
    .all(at) as Record<string, string | number>[]
  const sums = new Map<string, number>()
  const add = (key: string, quantity: number) => sums.set(key, (sums.get(key) ?? 0) + quantity)
  for (const { item_id, lot_id, serial_id, source, target, quantity } of rows) {
    add(`${item_id}/${lot_id}/${serial_id} ${source}`, -quantity!)
    add(`${item_id}/${lot_id}/${serial_id} ${target}`, Number(quantity))
  }
  for (const [key, quantity] of sums) if (quantity === 0) sums.delete(key)
  return sums
}

test(`${commands} random commands from seed ${seed} keep every invariant`, async () => {
  const shop = await Warehouse.open()
  const simulation = new Simulation(shop)
  const { random } = simulation
  try {
    for (let done = 0, batches = 0; done < commands; batches += 1) {
      const size = random.happens(0.5) ? 1 : random.upTo(64)
      await Promise.all(Array.from({ length: size }, () => simulation.run(simulation.next())))
      done += size
      shop.clock.advance(random.upTo(30) * minute_ms)
      const proof = await shop.write((tx) => proveIncremental(tx))
      expect(proof.differences).toEqual([])
      if (batches % 10 === 0) expect(shop.read(proveWholeNow).differences).toEqual([])
    }
    expect(shop.read(proveWholeNow).differences).toEqual([])
    for (let days = 0; days < 30; days += 3) {
      const at = timestamp(shop.clock.now() - days * day_ms)
      const levels = shop.read((read) => levelsAsOf(read, { at }))
      const seen = levels.map((level): [string, number] => [
        `${level.item_id}/${level.lot_id}/${level.serial_id} ${level.account_id}`,
        level.on_hand,
      ])
      expect(new Map(seen)).toEqual(replayed(shop, at))
    }
    // A simulation that only ever refuses, or only ever agrees, says nothing.
    expect(simulation.outcomes.get('ok')!).toBeGreaterThan(commands / 5)
    const needed = 'insufficient_stock stock_reserved serial_elsewhere already_reversed'
    for (const code of needed.split(' '))
      expect(simulation.outcomes.get(code) ?? 0).toBeGreaterThan(0)
  } catch (error) {
    console.error(`ledger simulation failed: LEDGER_SEED=${seed} LEDGER_COMMANDS=${commands}`)
    throw error
  } finally {
    if (process.env.LEDGER_COMMANDS) console.info(seed, Object.fromEntries(simulation.outcomes))
    await shop.close()
  }
}, 600_000)
