/** The rows of the outbox. */
import type { Read, Write } from '../db/session.ts'

export interface EventRow {
  seq: number
  id: string
  type: string
  organization_id: string
  subject_id: string
  occurred_at: string
  request_id: string
  /** JSON text. */
  data: string
}

/** Taken inside the one writer, so there is never a gap and never a tie. */
export const lastSeq = (read: Read): number =>
  read.get<{ seq: number }>('SELECT seq FROM events ORDER BY seq DESC LIMIT 1')?.seq ?? 0

export const insertEvent = (tx: Write, row: EventRow): number =>
  tx.run(
    `INSERT INTO events
       (seq, id, type, organization_id, subject_id, occurred_at, request_id, data)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    row.seq,
    row.id,
    row.type,
    row.organization_id,
    row.subject_id,
    row.occurred_at,
    row.request_id,
    row.data,
  )

/** Events after a position, in order, of every organization: for readers of the outbox. */
export const eventsAfter = (read: Read, seq: number, limit: number): EventRow[] =>
  read.all('SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit)
