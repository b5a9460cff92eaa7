/** The rows of shipments and their parcels. */
import { listRows, type Condition, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { LabelType } from '../carriers/contract.ts'
import { shipment_stages, type ShipmentFilter, type ShipmentStatus } from './schema.ts'

export interface ShipmentRow {
  id: string
  organization_id: string
  order_id: string | null
  status: ShipmentStatus
  shipper: string
  recipient: string
  recipient_name: string
  options: string
  customs: string | null
  payment: string | null
  label_type: LabelType
  rates: string
  messages: string
  selected_rate: string | null
  connection_id: string | null
  carrier_id: string | null
  service: string | null
  shipment_identifier: string | null
  tracking_number: string | null
  tracking_url: string | null
  charge_amount: number | null
  charge_currency: string | null
  is_return: 0 | 1
  purchase_sent_at: string | null
  purchased_at: string | null
  cancelled_at: string | null
  delivered_at: string | null
  metadata: string
  version: number
  created_at: string
  updated_at: string
}

export interface ParcelRow {
  shipment_id: string
  position: number
  parcel: string
  order_parcel_id: string | null
  tracking_number: string | null
  label_key: string | null
  label_format: LabelType | null
}

export const findShipment = (read: Read, id: string): ShipmentRow | undefined =>
  read.get<ShipmentRow>(
    'SELECT * FROM shipments WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const parcelsOf = (read: Read, shipment_id: string): ParcelRow[] =>
  read.all<ParcelRow>(
    'SELECT * FROM shipment_parcels WHERE shipment_id = ? ORDER BY position',
    shipment_id,
  )

export const findParcel = (
  read: Read,
  shipment_id: string,
  position: number,
): ParcelRow | undefined =>
  read.get<ParcelRow>(
    `SELECT p.* FROM shipment_parcels p JOIN shipments s ON s.id = p.shipment_id
     WHERE p.shipment_id = ? AND p.position = ? AND s.organization_id = ?`,
    shipment_id,
    position,
    read.scope.organization_id,
  )

const inStage = (stage: keyof typeof shipment_stages): Condition => {
  const statuses = shipment_stages[stage]
  return [`status IN (${statuses.map(() => '?').join(', ')})`, ...statuses]
}

export const listShipmentRows = (read: Read, filter: ShipmentFilter): Page<ShipmentRow> =>
  listRows<ShipmentRow>(read, filter, {
    select: '* FROM shipments',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['status = ?', filter.status],
      ...(filter.stage ? [inStage(filter.stage)] : []),
      ['order_id = ?', filter.order_id],
      ['tracking_number = ?', filter.tracking_number],
      ['carrier_id = ?', filter.carrier_id],
      ['created_at >= ?', filter.created_from],
      ['created_at < ?', filter.created_to && `${filter.created_to}T24`],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

export const shipmentsOfOrder = (read: Read, order_id: string): ShipmentRow[] =>
  read.all<ShipmentRow>(
    `SELECT * FROM shipments WHERE order_id = ? AND organization_id = ? ORDER BY id LIMIT 100`,
    order_id,
    read.scope.organization_id,
  )

/** The shipment that carries a packed parcel of an order, unless it was cancelled. */
export const openShipmentOfParcel = (read: Read, order_parcel_id: string): string | undefined =>
  read.get<{ id: string }>(
    `SELECT s.id FROM shipment_parcels p JOIN shipments s ON s.id = p.shipment_id
     WHERE p.order_parcel_id = ? AND s.status <> 'cancelled' AND s.organization_id = ?`,
    order_parcel_id,
    read.scope.organization_id,
  )?.id

/** Purchases whose answer never came, of every organization: for the one who settles them. */
export const shipmentsInDoubt = (
  read: Read,
  sent_before: string,
  limit: number,
): Pick<ShipmentRow, 'id' | 'organization_id'>[] =>
  read.all(
    `SELECT id, organization_id FROM shipments
     WHERE status IN ('purchasing', 'uncertain') AND purchase_sent_at < ?
     ORDER BY purchase_sent_at LIMIT ?`,
    sent_before,
    limit,
  )

/** Purchases that are on their way, of every organization: they may yet be bought. */
export const countInDoubt = (read: Read): { shipments: number; labels: number } =>
  read.get(
    `SELECT count(DISTINCT s.id) AS shipments, count(p.position) AS labels
     FROM shipments s INDEXED BY shipments_in_doubt
     LEFT JOIN shipment_parcels p ON p.shipment_id = s.id
     WHERE s.status IN ('purchasing', 'uncertain')`,
  )!

type NewRow = Pick<
  ShipmentRow,
  | 'id'
  | 'order_id'
  | 'shipper'
  | 'recipient'
  | 'recipient_name'
  | 'options'
  | 'customs'
  | 'payment'
  | 'label_type'
  | 'is_return'
  | 'metadata'
>

export const insertShipment = (tx: Write, row: NewRow): number =>
  tx.run(
    `INSERT INTO shipments (id, organization_id, order_id, status, shipper, recipient,
       recipient_name, options, customs, payment, label_type, is_return, metadata,
       created_at, updated_at) VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.order_id,
    row.shipper,
    row.recipient,
    row.recipient_name,
    row.options,
    row.customs,
    row.payment,
    row.label_type,
    row.is_return,
    row.metadata,
    tx.now,
    tx.now,
  )

/** What may change after a shipment was drafted; only these columns are ever written. */
const changeable = [
  'status',
  'shipper',
  'recipient',
  'recipient_name',
  'options',
  'customs',
  'payment',
  'label_type',
  'rates',
  'messages',
  'selected_rate',
  'connection_id',
  'carrier_id',
  'service',
  'shipment_identifier',
  'tracking_number',
  'tracking_url',
  'charge_amount',
  'charge_currency',
  'purchase_sent_at',
  'purchased_at',
  'cancelled_at',
  'delivered_at',
  'metadata',
] as const

export type ShipmentChanges = Partial<Pick<ShipmentRow, (typeof changeable)[number]>>

export function updateShipment(tx: Write, id: string, changes: ShipmentChanges): number {
  const names = changeable.filter((name) => changes[name] !== undefined)
  return tx.run(
    `UPDATE shipments SET ${names.map((name) => `${name} = ?, `).join('')}
       version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    ...names.map((name) => changes[name]!),
    tx.now,
    id,
    tx.scope.organization_id,
  )
}

export const insertParcel = (
  tx: Write,
  row: Pick<ParcelRow, 'shipment_id' | 'position' | 'parcel' | 'order_parcel_id'>,
): number =>
  tx.run(
    `INSERT INTO shipment_parcels (shipment_id, position, parcel, order_parcel_id)
     VALUES (?, ?, ?, ?)`,
    row.shipment_id,
    row.position,
    row.parcel,
    row.order_parcel_id,
  )

export const deleteParcels = (tx: Write, shipment_id: string): number =>
  tx.run('DELETE FROM shipment_parcels WHERE shipment_id = ?', shipment_id)

export const labelParcel = (
  tx: Write,
  row: Pick<
    ParcelRow,
    'shipment_id' | 'position' | 'tracking_number' | 'label_key' | 'label_format'
  >,
): number =>
  tx.run(
    `UPDATE shipment_parcels SET tracking_number = ?, label_key = ?, label_format = ?
     WHERE shipment_id = ? AND position = ?`,
    row.tracking_number,
    row.label_key,
    row.label_format,
    row.shipment_id,
    row.position,
  )
