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
