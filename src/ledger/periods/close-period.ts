/** Closes the books until a time: what was where then is frozen, and nothing is dated before it. */
import { createHash } from 'node:crypto'
import type { Write } from '../../db/session.ts'
import { invalid, notFound, Problem } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import { field } from '../chain.ts'
import { readTime } from '../occurred-at.ts'
import { findHead } from '../store.ts'
import {
  findCheckpoint,
  findPeriod,
  firstSeqAfter,
  insertPeriod,
  insertPeriodLevel,
  nextPeriodNumber,
  replayTo,
  type OnHand,
  type Period,
} from './store.ts'

export { listPeriodRows as listPeriods, type Period } from './store.ts'

/**
 * @param input.until RFC 3339: in the past, and after the last close
 * @throws Problem `invalid`, `period_closed` with `closed_until`
 */
export function closePeriod(tx: Write, input: { until: string }): Period {
  const until = readTime(input.until, '/until')
  if (until > tx.now) throw invalid('/until', 'A period is closed after it has ended.')
  const last = findCheckpoint(tx, tx.now)
  if (last && until <= last.until) {
    const detail = `The books are closed until ${last.until} already.`
    throw new Problem('period_closed', detail, { closed_until: last.until })
  }
  const number = nextPeriodNumber(tx)
  const levels = replayTo(tx, until, last, {})
  for (const level of levels) insertPeriodLevel(tx, number, level)
  const id = tx.id('per')
  insertPeriod(tx, {
    number,
    id,
    until,
    closed_at: tx.now,
    actor_id: tx.scope.actor.id,
    actor_name: tx.scope.actor.name,
    head_seq: findHead(tx)?.seq ?? 0,
    replay_from_seq: firstSeqAfter(tx, until),
    level_count: levels.length,
    hash: hashLevels(tx.scope.organization_id, until, levels),
  })
  return getPeriod(tx, id)
}

/** @throws Problem `not_found` */
export function getPeriod(read: Read, id: string): Period {
  const period = findPeriod(read, id)
  if (!period) throw notFound('period', id)
  return period
}

/**
 * SHA-256 over netstring fields as in the chain: "stowage.period.1", organization_id, until, number
 * of levels, then item_id, lot_id, serial_id, account_id and on_hand of each, sorted in this order
 * by their UTF-8 bytes.
 */
export function hashLevels(
  organization_id: string,
  until: string,
  levels: readonly OnHand[],
): Buffer {
  const hash = createHash('sha256')
  hash.update(field('stowage.period.1') + field(organization_id) + field(until))
  hash.update(field(levels.length))
  for (const level of levels) {
    hash.update(
      field(level.item_id) +
        field(level.lot_id) +
        field(level.serial_id) +
        field(level.account_id) +
        field(level.on_hand),
    )
  }
  return hash.digest()
}
