/** Sends again what was given up, one delivery or many, and what an endpoint missed. */
import { Problem } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { feedAfter, lastEventSeq } from '../../events/read.ts'
import { bodyOf } from './body.ts'
import { requireEndpoint } from '../endpoints/read.ts'
import type { EndpointRow } from '../endpoints/store.ts'
import type { Delivery, Replayed, ReplayRequest } from '../schema.ts'
import { queueFor, wants } from './fan-out.ts'
import { requireDelivery, toDelivery } from './read.ts'
import { insertDelivery, replayable, requeue } from './store.ts'

/** Deliveries or events that one request deals with. */
const most_at_once = 1_000

/** A delivery that waits for its next attempt goes out at once. @throws Problem `webhook_endpoint_disabled` */
export function replayDelivery(tx: Write, { id }: { id: string }): Delivery {
  requireEnabled(tx, requireDelivery(tx, id).endpoint_id)
  requeue(tx, id)
  return toDelivery(requireDelivery(tx, id))
}

/** @throws Problem `webhook_endpoint_disabled` */
export function replayMany(tx: Write, { id, ...filter }: ReplayRequest & { id: string }): Replayed {
  requireEnabled(tx, id)
  const ids = replayable(tx, id, filter, most_at_once + 1)
  const has_more = ids.length > most_at_once
  for (const delivery_id of ids.slice(0, most_at_once)) requeue(tx, delivery_id)
  return { queued: Math.min(ids.length, most_at_once), has_more }
}

/** Queues events that this endpoint never got: from before it was there, or while it was disabled. */
export function recover(tx: Write, { id, after_seq }: { id: string; after_seq: number }) {
  const row = requireEnabled(tx, id)
  const listener = { ...row, types: JSON.parse(row.types) as string[], after_seq }
  const events = feedAfter(tx, after_seq, most_at_once)
  let queued = 0
  for (const event of events) if (wants(listener, event)) queued += queueFor(tx, listener, event)
  const next_after_seq = events.at(-1)?.seq ?? after_seq
  return { queued, has_more: next_after_seq < lastEventSeq(tx), next_after_seq }
}

/** Queues an event that did not happen, for this endpoint alone. */
export function sendTest(tx: Write, { id }: { id: string }): Delivery {
  const { organization_id } = requireEnabled(tx, id)
  const delivery_id = tx.id('whd')
  const event_id = tx.id('evt')
  const event_type = 'webhook_endpoint.test'
  insertDelivery(tx, {
    id: delivery_id,
    organization_id,
    endpoint_id: id,
    event_id,
    event_type,
    test_body: bodyOf({
      id: event_id,
      seq: 0,
      type: event_type,
      organization_id,
      subject_id: id,
      occurred_at: tx.now,
      request_id: tx.scope.request_id,
      data: { message: 'This is a test.' },
    }),
  })
  return toDelivery(requireDelivery(tx, delivery_id))
}

function requireEnabled(tx: Write, endpoint_id: string): EndpointRow {
  const row = requireEndpoint(tx, endpoint_id)
  if (!row.disabled_at) return row
  throw new Problem('webhook_endpoint_disabled', 'This endpoint is disabled and gets nothing.', {
    disabled_reason: row.disabled_reason,
  })
}
