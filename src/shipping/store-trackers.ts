/** The rows of trackers and of what carriers reported. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { TrackerFilter } from './schema.ts'

export interface TrackerRow {
  id: string
  organization_id: string
  shipment_id: string | null
  connection_id: string
  carrier_id: string
  tracking_number: string
  tracking_url: string | null
  status: string
  action_required: 0 | 1
  incident_reason: string | null
  estimated_delivery: string | null
  delivered_at: string | null
  signed_by: string | null
  last_asked_at: string | null
  next_ask_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export const findTracker = (read: Read, id: string): TrackerRow | undefined =>
  read.get<TrackerRow>(
    'SELECT * FROM trackers WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

/** For somebody who holds its id and nothing else: its organization is not asked for. */
export const findTrackerOfAnybody = (read: Read, id: string): TrackerRow | undefined =>
  read.get<TrackerRow>('SELECT * FROM trackers WHERE id = ?', id)

export const findTrackerByNumber = (
  read: Read,
  connection_id: string,
  tracking_number: string,
): TrackerRow | undefined =>
  read.get<TrackerRow>(
    `SELECT * FROM trackers
     WHERE organization_id = ? AND connection_id = ? AND tracking_number = ?`,
    read.scope.organization_id,
    connection_id,
    tracking_number,
  )

export const trackerIdOf = (read: Read, shipment_id: string): string | undefined =>
  read.get<{ id: string }>(
    'SELECT id FROM trackers WHERE shipment_id = ? ORDER BY id LIMIT 1',
    shipment_id,
  )?.id

export const trackersOf = (read: Read, shipment_id: string): TrackerRow[] =>
  read.all<TrackerRow>(
    'SELECT * FROM trackers WHERE shipment_id = ? ORDER BY id LIMIT 200',
    shipment_id,
  )

export const listTrackerRows = (read: Read, filter: TrackerFilter): Page<TrackerRow> =>
  listRows<TrackerRow>(read, filter, {
    select: '* FROM trackers',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['status = ?', filter.status],
      [
        'action_required = ?',
        filter.action_required === undefined ? undefined : Number(filter.action_required),
      ],
      ['tracking_number = ?', filter.tracking_number],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

/** Trackers that want to be asked again, of every organization, longest waiting first. */
export const trackersDue = (
  read: Read,
  until: string,
  limit: number,
): Pick<TrackerRow, 'id' | 'organization_id'>[] =>
  read.all(
    `SELECT id, organization_id FROM trackers WHERE next_ask_at <= ?
     ORDER BY next_ask_at LIMIT ?`,
    until,
    limit,
  )

export const insertTracker = (
  tx: Write,
  row: Pick<
    TrackerRow,
    | 'id'
    | 'shipment_id'
    | 'connection_id'
    | 'carrier_id'
    | 'tracking_number'
    | 'tracking_url'
    | 'next_ask_at'
  >,
): number =>
  tx.run(
    `INSERT INTO trackers (id, organization_id, shipment_id, connection_id, carrier_id,
       tracking_number, tracking_url, status, next_ask_at, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.shipment_id,
    row.connection_id,
    row.carrier_id,
    row.tracking_number,
    row.tracking_url,
    row.next_ask_at,
    tx.now,
    tx.now,
  )

export const updateTracker = (
  tx: Write,
  row: Pick<
    TrackerRow,
    | 'id'
    | 'status'
    | 'action_required'
    | 'incident_reason'
    | 'estimated_delivery'
    | 'delivered_at'
    | 'signed_by'
    | 'next_ask_at'
  >,
): number =>
  tx.run(
    `UPDATE trackers SET status = ?, action_required = ?, incident_reason = ?,
       estimated_delivery = ?, delivered_at = ?, signed_by = ?, next_ask_at = ?,
       last_asked_at = ?, version = version + 1, updated_at = ?
     WHERE id = ? AND organization_id = ?`,
    row.status,
    row.action_required,
    row.incident_reason,
    row.estimated_delivery,
    row.delivered_at,
    row.signed_by,
    row.next_ask_at,
    tx.now,
    tx.now,
    row.id,
    tx.scope.organization_id,
  )

/** Asked, and nothing new: only the times move. */
export const touchTracker = (tx: Write, id: string, next_ask_at: string | null): number =>
  tx.run(
    'UPDATE trackers SET last_asked_at = ?, next_ask_at = ? WHERE id = ? AND organization_id = ?',
    tx.now,
    next_ask_at,
    id,
    tx.scope.organization_id,
  )

export const trackingEvents = (read: Read, tracker_id: string): string[] =>
  read
    .all<{ event: string }>(
      `SELECT event FROM tracking_events WHERE tracker_id = ?
       ORDER BY occurred_at DESC, fingerprint LIMIT 500`,
      tracker_id,
    )
    .map((row) => row.event)

/** Keeps a report unless it is known already; tells how many were new. */
export const addTrackingEvent = (
  tx: Write,
  row: { tracker_id: string; fingerprint: string; occurred_at: string; event: string },
): number =>
  tx.run(
    `INSERT INTO tracking_events (tracker_id, fingerprint, occurred_at, event)
     VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    row.tracker_id,
    row.fingerprint,
    row.occurred_at,
    row.event,
  )
