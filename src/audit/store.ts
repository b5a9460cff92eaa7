/** The rows of the audit trail. */
import type { Read, Write } from '../db/session.ts'
import type { Hashed } from './hash.ts'

export type AuditRow = Hashed

export const lastEntry = (read: Read): Pick<AuditRow, 'seq' | 'hash'> | undefined =>
  read.get('SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1')

export const insertEntry = (tx: Write, row: AuditRow): number =>
  tx.run(
    `INSERT INTO audit_entries (seq, organization_id, occurred_at, actor_kind, actor_id, actor_name,
       impersonator_id, impersonator_name, action, subject_id, changes, ip, user_agent, request_id,
       previous_hash, hash, salt, digest)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.seq,
    row.organization_id,
    row.occurred_at,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.impersonator_id,
    row.impersonator_name,
    row.action,
    row.subject_id,
    row.changes,
    row.ip,
    row.user_agent,
    row.request_id,
    row.previous_hash,
    row.hash,
    row.salt,
    row.digest,
  )

/** Entries in order after a position, for the proof. */
export const entriesAfter = (read: Read, seq: number, limit: number): AuditRow[] =>
  read.all('SELECT * FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit)

/** @param end the first that is not wanted any more */
export const entriesBetween = (read: Read, seq: number, end: number): AuditRow[] =>
  read.all('SELECT * FROM audit_entries WHERE seq >= ? AND seq < ? ORDER BY seq', seq, end)

export const findEntry = (read: Read, seq: number): AuditRow | undefined =>
  read.get<AuditRow>('SELECT * FROM audit_entries WHERE seq = ?', seq)

/** The first entry at or after a time: times grow with the numbers, so no index is needed. */
export function seqAt(read: Read, time: string): number {
  let low = 1
  let high = (lastEntry(read)?.seq ?? 0) + 1
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    const occurred_at = findEntry(read, middle)?.occurred_at
    if (occurred_at !== undefined && occurred_at < time) low = middle + 1
    else high = middle
  }
  return low
}

export interface EntrySearch {
  /** Inclusive, exclusive. */
  seq: readonly [from: number, to: number]
  descending: boolean
  limit: number
  /** undefined for the whole file. */
  organization_id: string | undefined
  actor_id: string | undefined
  actor_kind: string | undefined
  /** An operation, or all of a room when it ends in a dot. */
  action: string | undefined
  subject_id: string | undefined
  ip: string | undefined
  request_id: string | undefined
}

interface Found {
  rows: AuditRow[]
  /** Where there is more to look through, although fewer rows were found than wanted. */
  unseen_from: number | undefined
}

type Condition = readonly [sql: string, ...values: (string | undefined)[]]

/**
 * Entries looked at for one page of a search that no index answers alone: some ten milliseconds.
 * The next page goes on behind them.
 */
const most_looked_at = 50_000

/** The condition that is asked of an index, and those that each of its entries is tried by. */
function splitConditions(search: EntrySearch): { leader: Condition[]; rest: Condition[] } {
  const { action, actor_kind, ip, request_id } = search
  const room = action?.endsWith('.') ? action : undefined
  const present = (all: Condition[]) => all.filter(([, ...values]) => !values.includes(undefined))
  const indexed = present([
    ['subject_id = ?', search.subject_id],
    ['actor_id = ?', search.actor_id],
    ['action = ?', room ? undefined : action],
    ['organization_id = ?', search.organization_id],
  ])
  const others = present([
    ['action BETWEEN ? AND ?', room, room && `${room}\u{10ffff}`],
    ['actor_kind = ?', actor_kind],
    ['ip = ?', ip],
    ['request_id = ?', request_id],
  ])
  return { leader: indexed.slice(0, 1), rest: [...indexed.slice(1), ...others] }
}

const sqlOf = (conditions: readonly Condition[]) =>
  conditions.map(([sql]) => ` AND ${sql}`).join('')
const valuesOf = (conditions: readonly Condition[]) =>
  conditions.flatMap(([, ...values]) => values as string[])

export function searchEntries(read: Read, search: EntrySearch): Found {
  const { seq, descending, limit, action } = search
  const { leader, rest } = splitConditions(search)
  if (leader.length === 0 && rest.length === 1 && action?.endsWith('.')) {
    return { rows: entriesOfRoom(read, search, action), unseen_from: undefined }
  }
  const order = `ORDER BY seq ${descending ? 'DESC' : 'ASC'}`
  const candidates = `FROM audit_entries WHERE seq >= ? AND seq < ?${sqlOf(leader)} ${order}`
  const values = [...seq, ...valuesOf(leader)]
  if (rest.length === 0) {
    const rows = read.all<AuditRow>(`SELECT * ${candidates} LIMIT ?`, ...values, limit)
    return { rows, unseen_from: undefined }
  }
  const rows = read.all<AuditRow>(
    `SELECT * FROM (SELECT * ${candidates} LIMIT ${most_looked_at}) WHERE 1${sqlOf(rest)} LIMIT ?`,
    ...values,
    ...valuesOf(rest),
    limit,
  )
  if (rows.length === limit) return { rows, unseen_from: undefined }
  const last = read.get<{ seq: number }>(
    `SELECT seq ${candidates} LIMIT 1 OFFSET ${most_looked_at - 1}`,
    ...values,
  )
  return { rows, unseen_from: last?.seq }
}

/** The few actions of a room are asked one by one, so that the index gives each in its order. */
function entriesOfRoom(read: Read, search: EntrySearch, room: string): AuditRow[] {
  const rows = actionsOf(read, room).flatMap(
    (action) => searchEntries(read, { ...search, action }).rows,
  )
  const sign = search.descending ? -1 : 1
  return rows.sort((a, b) => sign * (a.seq - b.seq)).slice(0, search.limit)
}

/** The actions there are, each found by one step in the index. */
const actionsOf = (read: Read, room: string): string[] =>
  read
    .all<{ action: string }>(
      `WITH RECURSIVE known (action) AS (
         SELECT min(action) FROM audit_entries WHERE action BETWEEN ? AND ?
         UNION ALL
         SELECT (SELECT min(action) FROM audit_entries
                 WHERE action > known.action AND action <= ?)
         FROM known WHERE known.action IS NOT NULL)
       SELECT action FROM known WHERE action IS NOT NULL LIMIT 500`,
      ...[room, `${room}\u{10ffff}`, `${room}\u{10ffff}`],
    )
    .map(({ action }) => action)

/** Lets the details of one entry go, and its names where they are of the one who is forgotten. */
const forget = (names: string) => `UPDATE audit_entries SET salt = NULL,
  changes = CASE WHEN digest IS NULL THEN changes ELSE '{}' END,
  ip = CASE WHEN digest IS NULL THEN ip ELSE '' END,
  user_agent = CASE WHEN digest IS NULL THEN user_agent ELSE '' END${names}`

/** @returns how many entries by, for or about this id had something to forget */
export function forgetEntriesOf(tx: Write, id: string, pseudonym: string): number {
  const changed = [
    tx.run(
      `${forget(', actor_name = ?')} WHERE actor_id = ? AND actor_name <> ?`,
      ...[pseudonym, id, pseudonym],
    ),
    tx.run(
      `${forget(', impersonator_name = ?')} WHERE impersonator_id = ? AND impersonator_id <> ''
         AND impersonator_name <> ?`,
      ...[pseudonym, id, pseudonym],
    ),
    tx.run(`${forget('')} WHERE subject_id = ? AND salt IS NOT NULL`, id),
  ]
  return changed.reduce((sum, count) => sum + count, 0)
}

/** As SQLite's own `lower`, which leaves every letter beyond ASCII as it is. */
const asciiLower = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Entries from `from` on, `span` of them, whose details hold one of these words. */
export const forgetEntriesThatName = (
  tx: Write,
  words: readonly string[],
  from: number,
  span: number,
): number =>
  tx.run(
    `${forget('')} WHERE seq >= ? AND seq < ? AND salt IS NOT NULL AND EXISTS
       (SELECT 1 FROM json_each(?) w WHERE instr(lower(changes), lower(w.value)) > 0)`,
    from,
    from + span,
    JSON.stringify(words.map((word) => asciiLower(JSON.stringify(word).slice(1, -1)))),
  )
