/** SQL of closed periods and of levels at a time. */
import { listRows, type ListRequest, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import { lines_per_seq, type LevelKey } from '../schema.ts'

export interface Period {
  id: string
  until: string
  closed_at: string
  actor_id: string
  actor_name: string
  /** The head of the chain when it was closed. */
  head_seq: number
  level_count: number
  hash: Uint8Array
}

export interface Checkpoint {
  number: number
  until: string
  replay_from_seq: number
}

const columns = 'id, until, closed_at, actor_id, actor_name, head_seq, level_count, hash'

export const findPeriod = (read: Read, id: string): Period | undefined =>
  read.get(
    `SELECT ${columns} FROM stock_periods WHERE id = ? AND organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const listPeriodRows = (read: Read, request: ListRequest): Page<Period> =>
  listRows(read, request, {
    select: `${columns} FROM stock_periods`,
    where: [['organization_id = ?', read.scope.organization_id]],
    sortable: { until: 'until' },
    default_sort: '-until',
    id: 'id',
  })

/** The last period that ended at or before `at`. */
export const findCheckpoint = (read: Read, at: string): Checkpoint | undefined =>
  read.get(
    `SELECT number, until, replay_from_seq FROM stock_periods
      WHERE organization_id = ? AND until <= ? ORDER BY until DESC LIMIT 1`,
    read.scope.organization_id,
    at,
  )

export interface OnHand extends LevelKey {
  on_hand: number
}

const lines_of_posting = `m.position
  BETWEEN p.seq * ${lines_per_seq} AND p.seq * ${lines_per_seq} + ${lines_per_seq - 1}`

/** Which levels: all of an organization, or those of an item, a lot of it, or an account. */
export interface AsOfFilter {
  item_id?: string | undefined
  lot_id?: string | undefined
  account_id?: string | undefined
}

/**
 * Levels at a time: those of the checkpoint, and what happened after it until then.
 * The replay walks the movements of the item, lot or account; without one of them, the
 * organization's postings in time.
 */
export function replayTo(
  read: Read,
  at: string,
  from: Checkpoint | undefined,
  filter: AsOfFilter,
): OnHand[] {
  const wanted = Object.entries({
    item_id: filter.item_id,
    lot_id: filter.lot_id,
    account_id: filter.account_id,
  }).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const values = wanted.map(([, value]) => value)
  const conditions = (column: (name: string) => string) =>
    wanted.map(([name]) => ` AND ${column(name)} = ?`).join('') +
    (filter.lot_id ? ` AND ${column('lot_id')} <> ''` : '')
  const first = (from?.replay_from_seq ?? 0) * lines_per_seq
  const tables = wanted.length
    ? `stock_movements m CROSS JOIN stock_postings p ON p.seq = m.posting_seq
        WHERE m.position >= ${first} AND`
    : `stock_postings p CROSS JOIN stock_movements m ON ${lines_of_posting} WHERE`
  const side = (account: 'source' | 'target', sign: '-' | '') =>
    `SELECT m.item_id, m.lot_id, m.serial_id, m.${account}, ${sign}m.quantity FROM ${tables}
        p.organization_id = ? AND p.occurred_at > ? AND p.occurred_at <= ?` +
    conditions((name) => (name === 'account_id' ? `m.${account}` : `m.${name}`))
  const in_time = [read.scope.organization_id, from?.until ?? '', at, ...values]
  return read.all(
    `SELECT item_id, lot_id, serial_id, account_id, sum(on_hand) AS on_hand FROM (
        SELECT item_id, lot_id, serial_id, account_id, on_hand
          FROM stock_period_levels WHERE period = ?${conditions((name) => name)}
        UNION ALL ${side('source', '-')} UNION ALL ${side('target', '')}
      ) GROUP BY item_id, lot_id, serial_id, account_id HAVING sum(on_hand) <> 0
      ORDER BY item_id, lot_id, serial_id, account_id`,
    from?.number ?? 0,
    ...values,
    ...in_time,
    ...in_time,
  )
}

/** What changed on one level after a time. */
export const levelChangeSince = (read: Read, key: LevelKey, after: string): number =>
  read.get<{ change: number }>(
    `SELECT coalesce(sum(CASE WHEN m.target = ? THEN m.quantity ELSE -m.quantity END), 0) AS change
      FROM stock_postings p CROSS JOIN stock_movements m ON ${lines_of_posting}
      WHERE p.organization_id = ? AND p.occurred_at > ? AND m.item_id = ? AND m.lot_id = ?
        AND m.serial_id = ? AND (m.source = ? OR m.target = ?)`,
    key.account_id,
    read.scope.organization_id,
    after,
    key.item_id,
    key.lot_id,
    key.serial_id,
    key.account_id,
    key.account_id,
  )!.change

/** The first posting that happened after `until`, or the next one to come. */
export const firstSeqAfter = (read: Read, until: string): number =>
  read.get<{ seq: number }>(
    `SELECT coalesce(
        (SELECT min(seq) FROM stock_postings WHERE organization_id = ? AND occurred_at > ?),
        (SELECT max(seq) FROM stock_postings) + 1, 1) AS seq`,
    read.scope.organization_id,
    until,
  )!.seq

export const nextPeriodNumber = (read: Read): number =>
  read.get<{ number: number }>('SELECT coalesce(max(number), 0) + 1 AS number FROM stock_periods')!
    .number

export const insertPeriodLevel = (tx: Write, period: number, level: OnHand): number =>
  tx.run(
    `INSERT INTO stock_period_levels (period, item_id, lot_id, serial_id, account_id, on_hand)
      VALUES (?, ?, ?, ?, ?, ?)`,
    period,
    level.item_id,
    level.lot_id,
    level.serial_id,
    level.account_id,
    level.on_hand,
  )

export const insertPeriod = (
  tx: Write,
  period: Period & { number: number; replay_from_seq: number },
): number =>
  tx.run(
    `INSERT INTO stock_periods (number, id, organization_id, until, closed_at, actor_id, actor_name,
        head_seq, replay_from_seq, level_count, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    period.number,
    period.id,
    tx.scope.organization_id,
    period.until,
    period.closed_at,
    period.actor_id,
    period.actor_name,
    period.head_seq,
    period.replay_from_seq,
    period.level_count,
    period.hash,
  )
