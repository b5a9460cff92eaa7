/** Begins and ends the tracking of a parcel. */
import { hour_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { getCarrier } from '../carriers/registry.ts'
import { needsAttention, type TrackingStatus } from '../carriers/tracking.ts'
import type { Write } from '../db/session.ts'
import { getConnection } from './connections.ts'
import type { NewTracker, Shipment, Tracker } from './schema.ts'
import {
  findTrackerByNumber,
  insertTracker,
  trackersOf,
  updateTracker,
  type TrackerRow,
} from './store-trackers.ts'
import { getTracker } from './trackers.ts'

const over: readonly TrackingStatus[] = ['delivered', 'return_to_sender', 'cancelled']

/** Hot near the door, cold before pick-up: hours until the carrier is asked again. */
const ask_after_h: Partial<Record<TrackingStatus, number>> = {
  pending: 6,
  out_for_delivery: 1,
  delivery_failed: 4,
}
const ask_usually_after_h = 3

/** When to ask again; null when nothing more is expected. */
export const nextAsk = (status: TrackingStatus, now_ms: number): string | null =>
  over.includes(status)
    ? null
    : timestamp(now_ms + (ask_after_h[status] ?? ask_usually_after_h) * hour_ms)

/** A carrier that tells nothing of its parcels is never asked: people say when they have arrived. */
const firstAsk = (carrier_id: string, at: string | null): string | null =>
  getCarrier(carrier_id).operations.track ? at : null

/** Each parcel of a bought shipment gets a tracker of its own. */
export function follow(
  tx: Write,
  shipment: Shipment,
  tracking_number: string,
  tracking_url: string | null,
): void {
  const connection_id = shipment.connection_id!
  if (findTrackerByNumber(tx, connection_id, tracking_number)) return
  insertTracker(tx, {
    id: tx.id('trk'),
    shipment_id: shipment.id,
    connection_id,
    carrier_id: shipment.carrier_id!,
    tracking_number,
    tracking_url,
    next_ask_at: firstAsk(shipment.carrier_id!, nextAsk('pending', tx.now_ms)),
  })
}

/** Follows a parcel that was not shipped from here. @throws Problem `duplicate_tracker` */
export function createTracker(tx: Write, wanted: NewTracker): Tracker {
  const { connection_id, tracking_number } = wanted
  const { carrier_id } = getConnection(tx, { id: connection_id })
  const known = findTrackerByNumber(tx, connection_id, tracking_number)
  if (known) {
    throw new Problem('duplicate_tracker', `${tracking_number} is followed already.`, {
      tracker_id: known.id,
    })
  }
  const id = tx.id('trk')
  insertTracker(tx, {
    id,
    shipment_id: null,
    connection_id,
    carrier_id,
    tracking_number,
    tracking_url: getCarrier(carrier_id).tracking_url?.(tracking_number) ?? null,
    next_ask_at: firstAsk(carrier_id, tx.now),
  })
  return getTracker(tx, { id })
}

/** A voided label goes nowhere. */
export function unfollow(tx: Write, shipment_id: string): void {
  for (const tracker of trackersOf(tx, shipment_id)) {
    updateTracker(tx, { ...tracker, status: 'cancelled', action_required: 0, next_ask_at: null })
  }
}

/** The status of a shipment is that of its slowest parcel; one that needs a person comes first. */
export function statusOfAll(trackers: readonly TrackerRow[]): Shipment['status'] {
  const statuses = trackers.map((tracker) => tracker.status as TrackingStatus)
  if (statuses.includes('delivery_failed')) return 'delivery_failed'
  if (statuses.some(needsAttention)) return 'needs_attention'
  if (statuses.every((status) => status === 'delivered')) return 'delivered'
  const not_yet: TrackingStatus[] = ['pending', 'unknown']
  return statuses.every((status) => not_yet.includes(status)) ? 'purchased' : 'in_transit'
}
