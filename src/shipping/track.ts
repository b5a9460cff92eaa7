/** Asks the carrier where a parcel is, keeps what is new, and tells the order when it has arrived. */
import { sha256Hex } from '../kit/secrets.ts'
import { callCarrier } from '../carriers/call.ts'
import type { TrackingDetails, TrackingEvent } from '../carriers/tracking.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import type { Outward } from '../operations/outward.ts'
import { refusal } from './conclude.ts'
import { openConnection } from './connections.ts'
import { shipmentDelivered, trackerUpdated } from './events.ts'
import { nextAsk, statusOfAll } from './follow.ts'
import { arrive } from './of-order.ts'
import { getShipment } from './read.ts'
import type { Tracker } from './schema.ts'
import { updateShipment } from './store.ts'
import {
  addTrackingEvent,
  findTracker,
  touchTracker,
  trackersDue,
  trackersOf,
  updateTracker,
} from './store-trackers.ts'
import { getTracker } from './trackers.ts'

/** @throws Problem `carrier_refused` (a number it does not know), `carrier_unreachable` */
export async function refreshTracker(outward: Outward, { id }: { id: string }): Promise<Tracker> {
  const tracker = outward.read((read) => getTracker(read, { id }))
  const { tracking_number, connection_id } = tracker
  const answer = await callCarrier(
    'track',
    openConnection(outward, connection_id),
    { tracking_numbers: [tracking_number] },
    { clock: outward.data.clock },
  )
  const details =
    answer.outcome === 'done'
      ? answer.result.find((each) => each.tracking_number === tracking_number)
      : undefined
  if (details) return outward.write((tx) => keep(tx, id, details))
  await outward.write((tx) => touchTracker(tx, id, nextAsk(tracker.status, tx.now_ms)))
  throw refusal(answer.outcome === 'refused' ? 'refused' : 'failed', answer.messages)
}

/** Asks about every tracker of one tenant that is due; one that fails does not stop the rest. */
export async function trackDue(
  outwardOf: (organization_id: string) => Outward,
  onFailure: (tracker_id: string, error: unknown) => void,
  limit = 100,
): Promise<number> {
  const outward = outwardOf('')
  const due = outward.read((read) => trackersDue(read, read.now, limit))
  for (const { id, organization_id } of due) {
    try {
      await refreshTracker(outwardOf(organization_id), { id })
    } catch (error) {
      onFailure(id, error)
    }
  }
  return due.length
}

function keep(tx: Write, id: string, details: TrackingDetails): Tracker {
  const before = findTracker(tx, id)!
  const added = details.events.reduce((count, event) => count + addEvent(tx, id, event), 0)
  const next_ask_at = nextAsk(details.status, tx.now_ms)
  if (added === 0 && before.status === details.status) {
    touchTracker(tx, id, next_ask_at)
    return getTracker(tx, { id })
  }
  updateTracker(tx, {
    id,
    status: details.status,
    action_required: details.action_required ? 1 : 0,
    incident_reason: details.incident_reason ?? null,
    estimated_delivery: details.estimated_delivery ?? before.estimated_delivery,
    delivered_at: details.delivered_at ?? before.delivered_at,
    signed_by: details.signed_by ?? before.signed_by,
    next_ask_at,
  })
  const tracker = getTracker(tx, { id })
  emit(tx, trackerUpdated, id, tracker)
  if (before.shipment_id) moveShipment(tx, before.shipment_id)
  return tracker
}

/** A report has no id of its own, so its content is its name. */
function addEvent(tx: Write, tracker_id: string, event: TrackingEvent): number {
  const { code, occurred_at, local_time, location = '', description = '' } = event
  const when = occurred_at ?? local_time ?? ''
  return addTrackingEvent(tx, {
    tracker_id,
    fingerprint: sha256Hex([when, code, location, description].join('\n')),
    occurred_at: when,
    event: JSON.stringify(event),
  })
}

function moveShipment(tx: Write, shipment_id: string): void {
  const { status: before, order_id } = getShipment(tx, { id: shipment_id })
  const status = statusOfAll(trackersOf(tx, shipment_id))
  if (status === before || before === 'cancelled') return
  const delivered = status === 'delivered'
  updateShipment(tx, shipment_id, { status, ...(delivered && { delivered_at: tx.now }) })
  if (!delivered) return
  if (order_id) arrive(tx, order_id, shipment_id)
  emit(tx, shipmentDelivered, shipment_id, getShipment(tx, { id: shipment_id }))
}
