/** Tells the outside what happened, as part of the command that made it happen. */
import type { TObject } from '@sinclair/typebox'
import { assert } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { matches, requireShape } from '../operations/validate.ts'
import { insertEvent, lastSeq } from './store.ts'

/** One kind of event: declared by the room that emits it, published in the catalogue. */
export interface EventType {
  /** `purchase_order.received` */
  readonly type: string
  readonly summary: string
  /** What `data` holds; a subscriber can rely on it. */
  readonly data: TObject
}

/**
 * Appends an event to the outbox.
 * @param subject_id the record it is about
 * @param data what subscribers get; checked against the declared shape
 */
export function emit(tx: Write, event: EventType, subject_id: string, data: object): void {
  const plain = JSON.stringify(data)
  // What fits as it stands fits as text too; only what does not is looked at again as it will be sent.
  if (!matches(event.data, data)) requireEventShape(event, plain)
  const seq = lastSeq(tx) + 1
  insertEvent(tx, {
    seq,
    id: tx.id('evt'),
    type: event.type,
    organization_id: tx.scope.organization_id,
    subject_id,
    occurred_at: tx.now,
    request_id: tx.scope.request_id,
    data: plain,
  })
}

/** A wrong event is our own mistake: it fails the command instead of misleading every subscriber. */
function requireEventShape(event: EventType, plain: string): void {
  try {
    requireShape(event.data, JSON.parse(plain))
  } catch (error) {
    assert(false, `${event.type} is emitted as declared: ${(error as Error).message}`)
  }
}
