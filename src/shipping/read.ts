/** Looks shipments up, and the labels that were bought for them. */
import { notFound } from '../kit/problem.ts'
import type { Address } from '../carriers/address.ts'
import type { Customs, Payment } from '../carriers/contract.ts'
import type { CarrierMessage } from '../carriers/message.ts'
import type { Options, Parcel } from '../carriers/parcel.ts'
import type { Read } from '../db/session.ts'
import type { FileReply } from '../operations/shapes.ts'
import type { Shipment, ShipmentFilter, ShipmentRate } from './schema.ts'
import {
  findParcel,
  findShipment,
  listShipmentRows,
  parcelsOf,
  shipmentsOfOrder,
  type ParcelRow,
  type ShipmentRow,
} from './store.ts'
import { trackerIdOf } from './store-trackers.ts'

/** @throws Problem `not_found` */
export function getShipment(read: Read, { id }: { id: string }): Shipment {
  const row = findShipment(read, id)
  if (!row) throw notFound('shipment', id)
  return toShipment(read, row)
}

export function listShipments(read: Read, filter: ShipmentFilter) {
  const { rows, ...rest } = listShipmentRows(read, filter)
  return { data: rows.map((row) => toShipment(read, row)), ...rest }
}

/** Every shipment that carries goods of an order, oldest first. */
export const listShipmentsOfOrder = (read: Read, order_id: string): Shipment[] =>
  shipmentsOfOrder(read, order_id).map((row) => toShipment(read, row))

const content_types = { PDF: 'application/pdf', PNG: 'image/png', ZPL: 'application/zpl' } as const

/** The label of one parcel, as it was bought. @throws Problem `not_found` */
export function getLabel(
  read: Read,
  { id, position }: { id: string; position: number },
): FileReply {
  const parcel = findParcel(read, id, Number(position))
  if (!parcel?.label_key || !parcel.label_format) throw notFound('label', `${id}/${position}`)
  return {
    object_key: parcel.label_key,
    content_type: content_types[parcel.label_format],
    name: `${parcel.tracking_number ?? id}.${parcel.label_format.toLowerCase()}`,
  }
}

const parse = <T>(json: string | null): T => JSON.parse(json ?? 'null') as T

export const toShipment = (read: Read, row: ShipmentRow): Shipment => ({
  id: row.id,
  order_id: row.order_id,
  status: row.status,
  shipper: parse<Address>(row.shipper),
  recipient: parse<Address>(row.recipient),
  parcels: parcelsOf(read, row.id).map(toParcel),
  options: parse<Options>(row.options),
  customs: parse<Customs | null>(row.customs),
  payment: parse<Payment | null>(row.payment),
  label_type: row.label_type,
  rates: parse<ShipmentRate[]>(row.rates),
  messages: parse<CarrierMessage[]>(row.messages),
  selected_rate: parse<ShipmentRate | null>(row.selected_rate),
  connection_id: row.connection_id,
  carrier_id: row.carrier_id,
  service: row.service,
  tracking_number: row.tracking_number,
  tracking_url: row.tracking_url,
  tracker_id: trackerIdOf(read, row.id) ?? null,
  charge:
    row.charge_amount === null
      ? null
      : { amount: row.charge_amount, currency: row.charge_currency ?? '' },
  is_return: row.is_return === 1,
  purchased_at: row.purchased_at,
  cancelled_at: row.cancelled_at,
  delivered_at: row.delivered_at,
  metadata: parse<Record<string, string>>(row.metadata),
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const toParcel = (row: ParcelRow) => ({
  position: row.position,
  ...parse<Parcel>(row.parcel),
  order_parcel_id: row.order_parcel_id,
  tracking_number: row.tracking_number,
  label_format: row.label_format,
  label_url: row.label_key && `/v1/shipments/${row.shipment_id}/parcels/${row.position}/label`,
})
