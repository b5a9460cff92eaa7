/** Queues every event for the endpoints that asked for it. */
import type { Read, Write } from '../../db/session.ts'
import { matchesType } from '../../events/patterns.ts'
import type { InsideReader } from '../../events/read-outbox.ts'
import { listeningTypes } from '../endpoints/store.ts'
import { insertDelivery } from './store.ts'

/** An event of the outbox, as far as this needs it. */
interface Told {
  seq: number
  id: string
  type: string
  organization_id: string
  subject_id: string
}

interface Listener {
  id: string
  organization_id: string
  types: string[]
  after_seq: number
}

const listenersOf = (read: Read): Listener[] =>
  listeningTypes(read).map((row) => ({ ...row, types: JSON.parse(row.types) as string[] }))

/** An endpoint hears nothing about itself: a failing one would feed its own queue. */
export const wants = (listener: Listener, event: Told): boolean =>
  event.organization_id === listener.organization_id &&
  event.seq > listener.after_seq &&
  event.subject_id !== listener.id &&
  matchesType(listener.types, event.type)

export const queueFor = (tx: Write, listener: Listener, event: Told): number =>
  insertDelivery(tx, {
    id: tx.id('whd'),
    organization_id: event.organization_id,
    endpoint_id: listener.id,
    event_id: event.id,
    event_type: event.type,
    test_body: null,
  })

/** The reader of the outbox: its deliveries are durable together with its position. */
export const fanOut: InsideReader = {
  name: 'webhooks',
  concerns(read, events) {
    const listeners = listenersOf(read)
    return (
      listeners.length > 0 &&
      events.some((event) => listeners.some((listener) => wants(listener, event)))
    )
  },
  handle(tx, events) {
    const listeners = listenersOf(tx)
    for (const event of events) {
      for (const listener of listeners) if (wants(listener, event)) queueFor(tx, listener, event)
    }
  },
}
