/** Reads trackers: where each parcel is, and everything its carrier said. */
import { notFound } from '../kit/problem.ts'
import type { TrackingEvent, TrackingStatus } from '../carriers/tracking.ts'
import type { Read } from '../db/session.ts'
import type { Tracker, TrackerFilter } from './schema.ts'
import { findTracker, listTrackerRows, trackingEvents, type TrackerRow } from './store-trackers.ts'

/** @throws Problem `not_found` */
export function getTracker(read: Read, { id }: { id: string }): Tracker {
  const row = findTracker(read, id)
  if (!row) throw notFound('tracker', id)
  return toTracker(read, row)
}

export function listTrackers(read: Read, filter: TrackerFilter) {
  const { rows, ...rest } = listTrackerRows(read, filter)
  return { data: rows.map((row) => toTracker(read, row)), ...rest }
}

const toTracker = (read: Read, row: TrackerRow): Tracker => ({
  id: row.id,
  shipment_id: row.shipment_id,
  connection_id: row.connection_id,
  carrier_id: row.carrier_id,
  tracking_number: row.tracking_number,
  tracking_url: row.tracking_url,
  status: row.status as TrackingStatus,
  action_required: row.action_required === 1,
  incident_reason: row.incident_reason,
  estimated_delivery: row.estimated_delivery,
  delivered_at: row.delivered_at,
  signed_by: row.signed_by,
  events: trackingEvents(read, row.id).map((event) => JSON.parse(event) as TrackingEvent),
  last_asked_at: row.last_asked_at,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
