/** What a subscriber receives: the event as Standard Webhooks lays it out. */
import type { Read } from '../../db/session.ts'
import { assert } from '../../kit/problem.ts'
import { getEvent } from '../../events/read.ts'
import type { Event } from '../../events/schema.ts'
import type { DeliveryRow } from './store.ts'

/** `type`, `timestamp` and `data` are the standard's; the rest says which event this is. */
export const bodyOf = ({ occurred_at, type, data, ...event }: Event): string =>
  JSON.stringify({
    type,
    timestamp: occurred_at,
    data,
    id: event.id,
    seq: event.seq,
    organization_id: event.organization_id,
    subject_id: event.subject_id,
  })

/** The same bytes in every attempt, because events never change. */
export function deliveryBody(read: Read, row: DeliveryRow): string {
  if (row.test_body !== null) return row.test_body
  assert(read.scope.organization_id === row.organization_id, 'a delivery stays in its organization')
  return bodyOf(getEvent(read, { id: row.event_id }))
}
