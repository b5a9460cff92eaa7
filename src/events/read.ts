/** Reads the feed of events: in order, without a gap, of one organization. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { Event, EventFilter } from './schema.ts'
import { eventsAfter, eventsWithin, findEvent, lastSeq, type EventRow } from './store.ts'

/**
 * How many positions one request looks through for a type, so that a rare one costs no more than a
 * common one. A page can be shorter than its limit, or empty, while `has_more` is true.
 */
const positions_per_page = 10_000

/** @throws Problem `not_found` */
export function getEvent(read: Read, { id }: { id: string }): Event {
  const row = findEvent(read, id)
  if (!row) throw notFound('event', id)
  return toEvent(row)
}

/** A page of the feed. `next_cursor` is a seq as text; nothing that is committed later precedes it. */
export function listEvents(read: Read, filter: EventFilter) {
  const descending = filter.sort === '-seq'
  const last = lastSeq(read)
  const cursor = filter.cursor === undefined ? undefined : Number(filter.cursor)
  const floor = filter.after ?? 0
  const after = descending ? floor : Math.max(floor, cursor ?? 0)
  const before = descending ? Math.min(cursor ?? last + 1, last + 1) : last + 1
  const narrow = filter.type !== undefined && filter.subject_id === undefined
  const edge = descending
    ? Math.max(after, narrow ? before - positions_per_page : after)
    : Math.min(before, narrow ? after + positions_per_page : before)
  const limit = filter.limit ?? 25
  const rows = eventsWithin(read, {
    after: descending ? edge : after,
    before: descending ? before : edge,
    descending,
    limit: limit + 1,
    type: filter.type,
    subject_id: filter.subject_id,
  })
  const full = rows.length > limit
  if (full) rows.pop()
  const looked_through = descending ? edge <= after : edge >= before
  // Where the window ended: its edge is excluded, and the next page must include it.
  const next = full ? rows.at(-1)!.seq : descending ? edge + 1 : edge - 1
  const has_more = full || !looked_through
  return { data: rows.map(toEvent), has_more, next_cursor: has_more ? String(next) : null }
}

export const toEvent = (row: EventRow): Event => ({
  id: row.id,
  seq: row.seq,
  type: row.type,
  organization_id: row.organization_id,
  subject_id: row.subject_id,
  occurred_at: row.occurred_at,
  request_id: row.request_id,
  data: JSON.parse(row.data) as unknown,
})

/** The position of the newest event; 0 before the first. */
export const lastEventSeq = (read: Read): number => lastSeq(read)

/** Events of all organizations after a position, in order: for verbs that look through the feed. */
export const feedAfter = (read: Read, seq: number, limit: number): EventRow[] =>
  eventsAfter(read, seq, limit)
