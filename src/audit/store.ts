/** The rows of the audit trail. */
import type { Read, Write } from '../db/session.ts'

export interface AuditRow {
  seq: number
  organization_id: string
  occurred_at: string
  actor_kind: string
  actor_id: string
  actor_name: string
  action: string
  subject_id: string
  changes: string
  ip: string
  user_agent: string
  request_id: string
  previous_hash: Uint8Array
  hash: Uint8Array
}

export const lastEntry = (read: Read): Pick<AuditRow, 'seq' | 'hash'> | undefined =>
  read.get('SELECT seq, hash FROM audit_entries ORDER BY seq DESC LIMIT 1')

export const insertEntry = (tx: Write, row: AuditRow): number =>
  tx.run(
    `INSERT INTO audit_entries (seq, organization_id, occurred_at, actor_kind, actor_id, actor_name,
       action, subject_id, changes, ip, user_agent, request_id, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.seq,
    row.organization_id,
    row.occurred_at,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.action,
    row.subject_id,
    row.changes,
    row.ip,
    row.user_agent,
    row.request_id,
    row.previous_hash,
    row.hash,
  )

/** Entries in order after a position, for the proof. */
export const entriesAfter = (read: Read, seq: number, limit: number): AuditRow[] =>
  read.all('SELECT * FROM audit_entries WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit)

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
  seq: [from: number, to: number]
  descending: boolean
  limit: number
  /** undefined for the whole file. */
  organization_id: string | undefined
  actor_id: string | undefined
  actor_kind: string | undefined
  /** An operation, or all of a room when it ends in a dot. */
  action: string | undefined
  subject_id: string | undefined
}

export function searchEntries(read: Read, search: EntrySearch): AuditRow[] {
  const { action } = search
  const room = action?.endsWith('.') ? action : undefined
  const conditions: [sql: string, ...values: (string | undefined)[]][] = [
    ['organization_id = ?', search.organization_id],
    ['actor_id = ?', search.actor_id],
    ['actor_kind = ?', search.actor_kind],
    ['action = ?', room ? undefined : action],
    ['action BETWEEN ? AND ?', room, room && `${room}\u{10ffff}`],
    ['subject_id = ?', search.subject_id],
  ]
  const present = conditions.filter(([, ...values]) => !values.includes(undefined))
  return read.all<AuditRow>(
    `SELECT * FROM audit_entries WHERE seq >= ? AND seq < ?
     ${present.map(([sql]) => `AND ${sql}`).join(' ')}
     ORDER BY seq ${search.descending ? 'DESC' : 'ASC'} LIMIT ?`,
    ...search.seq,
    ...present.flatMap(([, ...values]) => values as string[]),
    search.limit,
  )
}
