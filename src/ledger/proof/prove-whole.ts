/** Proves the whole ledger from its first posting: chain, replay, balance, reservations, periods. */
import type { DatabaseFile } from '../../db/file.ts'
import { systemScope } from '../../db/scope.ts'
import type { Read } from '../../db/session.ts'
import { genesis_hash } from '../chain.ts'
import { hashLevels } from '../periods/close-period.ts'
import { ChainCheck } from './chain-check.ts'
import { Findings, type ProofReport } from './report.ts'
import { levelFacts, Sums } from './sums.ts'
import {
  countStrayMovements,
  levelsAfter,
  levelsOfPeriod,
  periodsAfter,
  promisesAfter,
  reservationsAfter,
  type ProvenPeriod,
} from './store.ts'

/** Rows between two pauses: some milliseconds of work. */
const slice = 100

interface Tally {
  findings: Findings
  chain: ChainCheck
  /** Replay of everything, and of what the last closed period of each organization holds. */
  now: Sums
  at_close: Sums
  last_periods: Map<string, ProvenPeriod>
  /** What movements confirmed, per reservation. */
  confirmed: Map<string, number>
  /** Open reservations, per level and per item and site. */
  held: Sums
  levels: number
  reservations: number
}

/**
 * The proof in slices: between two of them the caller may do other work, as long as `read` goes on
 * seeing the same moment (a snapshot, or a file that nobody writes).
 */
export function* proofSlices(read: Read): Generator<void, ProofReport> {
  const findings = new Findings()
  const tally: Tally = {
    findings,
    chain: new ChainCheck(findings, 0, genesis_hash),
    now: new Sums(),
    at_close: new Sums(),
    last_periods: new Map(),
    confirmed: new Map(),
    held: new Sums(),
    levels: 0,
    reservations: 0,
  }
  yield* checkPeriods(read, tally)
  yield* replay(read, tally)
  yield* checkFrozenReplay(read, tally)
  yield* checkReservations(read, tally)
  yield* checkLevels(read, tally)
  yield* checkPromises(read, tally)
  const { chain } = tally
  return {
    scope: 'whole',
    holds: findings.count === 0,
    from_seq: 0,
    through_seq: chain.seq,
    head_hash: Buffer.from(chain.hash).toString('hex'),
    postings: chain.postings,
    movements: chain.movements,
    levels: tally.levels,
    reservations: tally.reservations,
    difference_count: findings.count,
    differences: findings.told,
  }
}

/** The whole proof at once: for a command that has nothing else to do. */
export function proveWholeNow(read: Read): ProofReport {
  const slices = proofSlices(read)
  for (;;) {
    const step = slices.next()
    if (step.done) return step.value
  }
}

/** The whole proof over a snapshot, giving way to requests between slices. */
export async function proveWhole(file: DatabaseFile): Promise<ProofReport> {
  const snapshot = file.snapshot()
  const scope = systemScope('proof')
  try {
    const slices = proofSlices(snapshot.read(scope, (read) => read))
    for (;;) {
      const step = slices.next()
      if (step.done) return step.value
      await new Promise((resolve) => setImmediate(resolve))
    }
  } finally {
    snapshot.close()
  }
}

function* checkPeriods(read: Read, { findings, last_periods }: Tally): Generator<void> {
  for (let after = 0; ; yield) {
    const [period] = periodsAfter(read, after, 1)
    if (!period) return
    after = period.number
    const { id, organization_id, until } = period
    const levels = levelsOfPeriod(read, period.number)
    const hash = hashLevels(organization_id, until, levels)
    if (Buffer.compare(hash, period.hash) !== 0 || levels.length !== period.level_count) {
      findings.add('period', 'The levels of a closed period were changed.', { period_id: id })
    }
    last_periods.set(organization_id, period)
  }
}

function* replay(read: Read, tally: Tally): Generator<void> {
  const { chain, confirmed, last_periods, now, at_close } = tally
  for (;;) {
    const postings = chain.next(read, slice)
    if (postings.length === 0) break
    for (const { posting, movements } of postings) {
      const period = last_periods.get(posting.organization_id)
      const frozen = period !== undefined && posting.occurred_at <= period.until
      for (const movement of movements) {
        now.move(movement)
        if (frozen) at_close.move(movement)
        const { reservation_id, quantity } = movement
        if (!reservation_id) continue
        confirmed.set(reservation_id, (confirmed.get(reservation_id) ?? 0) + quantity)
      }
    }
    yield
  }
  const stray = countStrayMovements(read, chain.seq)
  tally.findings.compare('chain', 'Movements without a posting.', 0, stray, {})
}

function* checkFrozenReplay(read: Read, tally: Tally): Generator<void> {
  const { findings, at_close, last_periods } = tally
  const detail = 'A closed period differs from its replay.'
  for (const period of last_periods.values()) {
    for (const level of levelsOfPeriod(read, period.number)) {
      const facts = { period_id: period.id, ...levelFacts(level) }
      findings.compare('period', detail, at_close.take(level), level.on_hand, facts)
    }
    yield
  }
  for (const [key, quantity] of at_close.left()) {
    findings.compare('period', detail, quantity, 0, levelFacts(key))
  }
}

/** Promises are kept under the name of the site, where levels have their account. */
const promise = (item_id: string, site_id: string) => ({
  item_id,
  lot_id: '',
  serial_id: '',
  account_id: `site ${site_id}`,
})

function* checkReservations(read: Read, tally: Tally): Generator<void> {
  const { findings, confirmed, held } = tally
  for (let after = ''; ; yield) {
    const reservations = reservationsAfter(read, after, slice)
    const last = reservations.at(-1)
    if (!last) break
    after = last.id
    tally.reservations += reservations.length
    for (const reservation of reservations) {
      const { id: reservation_id, item_id, site_id, open_quantity } = reservation
      const moved = confirmed.get(reservation_id) ?? 0
      confirmed.delete(reservation_id)
      const detail = 'What movements confirmed is not what the reservation says.'
      const { confirmed_quantity } = reservation
      findings.compare('reservations', detail, moved, confirmed_quantity, { reservation_id })
      if (open_quantity === 0) continue
      held.add(site_id ? promise(item_id, site_id) : reservation, open_quantity)
    }
  }
  for (const [reservation_id, moved] of confirmed) {
    const detail = 'Movements confirm a reservation that is not there.'
    findings.compare('reservations', detail, moved, 0, { reservation_id })
  }
}

function* checkLevels(read: Read, tally: Tally): Generator<void> {
  const { findings, now, held } = tally
  const goods = new Sums()
  for (let after = 0; ; yield) {
    const levels = levelsAfter(read, after, slice)
    const last = levels.at(-1)
    if (!last) break
    after = last.number
    tally.levels += levels.length
    for (const level of levels) {
      const facts = levelFacts(level)
      const { on_hand, reserved } = level
      findings.compare(
        'replay',
        'A level differs from its replay.',
        now.take(level),
        on_hand,
        facts,
      )
      const open = held.take(level)
      findings.compare('reservations', 'A level holds another quantity.', open, reserved, facts)
      goods.add({ ...level, serial_id: '', account_id: '' }, on_hand)
    }
  }
  for (const [key, quantity] of now.left()) {
    findings.compare('replay', 'A level is missing.', quantity, 0, levelFacts(key))
  }
  for (const [{ item_id, lot_id }, sum] of goods.left()) {
    findings.compare('balance', 'The accounts do not add up to zero.', 0, sum, { item_id, lot_id })
  }
}

function* checkPromises(read: Read, { findings, held }: Tally): Generator<void> {
  let item_id = ''
  let site_id = ''
  for (; ; yield) {
    const promises = promisesAfter(read, item_id, site_id, slice)
    const last = promises.at(-1)
    if (!last) break
    ;({ item_id, site_id } = last)
    for (const each of promises) {
      const open = held.take(promise(each.item_id, each.site_id))
      const facts = { item_id: each.item_id, site_id: each.site_id }
      findings.compare(
        'reservations',
        'A site promised another quantity.',
        open,
        each.reserved,
        facts,
      )
    }
  }
  for (const [key, open] of held.left()) {
    findings.compare('reservations', 'Nothing holds what is reserved.', open, 0, levelFacts(key))
  }
}
