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

export const findEvent = (read: Read, id: string): EventRow | undefined =>
  read.get(
    'SELECT * FROM events WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export interface EventWindow {
  /** Events between these positions, both excluded. */
  after: number
  before: number
  descending: boolean
  limit: number
  /** `item.created`, or a GLOB such as `item.*`. */
  type: string | undefined
  subject_id: string | undefined
}

/** Events of the caller's organization within a window of positions, in order. */
export function eventsWithin(read: Read, window: EventWindow): EventRow[] {
  const conditions = ['organization_id = ?', 'seq > ?', 'seq < ?']
  const values: (string | number)[] = [read.scope.organization_id, window.after, window.before]
  if (window.type !== undefined) {
    conditions.push('type GLOB ?')
    values.push(window.type)
  }
  if (window.subject_id !== undefined) {
    conditions.push('subject_id = ?')
    values.push(window.subject_id)
  }
  const index = window.subject_id === undefined ? 'events_of_organization' : 'events_of_subject'
  return read.all(
    `SELECT * FROM events INDEXED BY ${index} WHERE ${conditions.join(' AND ')}
     ORDER BY seq ${window.descending ? 'DESC' : 'ASC'} LIMIT ?`,
    ...values,
    window.limit,
  )
}

export const readerPosition = (read: Read, name: string): number =>
  read.get<{ position: number }>('SELECT position FROM event_readers WHERE name = ?', name)
    ?.position ?? 0

export const moveReader = (tx: Write, name: string, position: number): number =>
  tx.run(
    `INSERT INTO event_readers (name, position, moved_at) VALUES (?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET position = excluded.position, moved_at = excluded.moved_at`,
    name,
    position,
    tx.now,
  )

/** A trigger permits this one change: an address that becomes one of nobody, and the name beside it. */
export const pseudonymiseEvents = (
  tx: Write,
  subject_id: string,
  email: string,
  to: { name: string; email: string },
): number =>
  tx.run(
    `UPDATE events SET data = json_replace(data, '$.email', ?, '$.name', ?)
     WHERE subject_id = ? AND json_extract(data, '$.email') = ? COLLATE NOCASE`,
    ...[to.email, to.name, subject_id, email],
  )
