/** Drafts a shipment: from a packed order, or from addresses and parcels alone. */
import { invalid, Problem } from '../kit/problem.ts'
import { type Address, partyName } from '../carriers/address.ts'
import { parcelFromWire, type Parcel } from '../carriers/parcel.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { shipmentCreated, shipmentUpdated } from './events.ts'
import { packedOrder } from './of-order.ts'
import { getShipment } from './read.ts'
import type { NewShipment, Shipment, ShipmentChange } from './schema.ts'
import { requireStatus } from './state.ts'
import { deleteParcels, insertParcel, insertShipment, updateShipment } from './store.ts'

interface Load {
  parcel: Parcel
  order_parcel_id: string | null
}

/** @throws Problem `invalid` for what is neither given nor known from the order */
export function createShipment(tx: Write, wanted: NewShipment): Shipment {
  const packed = wanted.order_id ? packedOrder(tx, wanted.order_id) : undefined
  const shipper = required('shipper', wanted.shipper ?? packed?.ship_from)
  const recipient = required('recipient', wanted.recipient ?? packed?.ship_to)
  const loads = loadsOf(wanted, packed?.parcels)
  return draft(tx, { ...wanted, shipper, recipient }, loads)
}

/** Also for the room that drafts returns: addresses and parcels in hand, nothing from an order. */
export function draft(
  tx: Write,
  wanted: NewShipment & { shipper: Address; recipient: Address },
  loads: Load[],
  is_return = false,
): Shipment {
  const { shipper, recipient, options = {}, customs, payment, label_type = 'PDF' } = wanted
  const id = tx.id('shp')
  insertShipment(tx, {
    id,
    order_id: wanted.order_id ?? null,
    shipper: JSON.stringify(shipper),
    recipient: JSON.stringify(recipient),
    recipient_name: partyName(recipient),
    options: JSON.stringify(options),
    customs: customs ? JSON.stringify(customs) : null,
    payment: payment ? JSON.stringify(payment) : null,
    label_type,
    is_return: is_return ? 1 : 0,
    metadata: JSON.stringify(wanted.metadata ?? {}),
  })
  putParcels(tx, id, loads)
  const shipment = getShipment(tx, { id })
  emit(tx, shipmentCreated, id, shipment)
  return shipment
}

/** Changes what was drafted; offers of before no longer hold, so they are forgotten. */
export function changeShipment(
  tx: Write,
  { id, ...change }: ShipmentChange & { id: string },
): Shipment {
  const before = getShipment(tx, { id })
  requireStatus(before, ['draft', 'rated'])
  const { shipper, recipient, parcels, options, customs, payment, label_type, metadata } = change
  updateShipment(tx, id, {
    status: 'draft',
    rates: '[]',
    messages: '[]',
    ...(shipper && { shipper: JSON.stringify(shipper) }),
    ...(recipient && {
      recipient: JSON.stringify(recipient),
      recipient_name: partyName(recipient),
    }),
    ...(options && { options: JSON.stringify(options) }),
    ...(customs !== undefined && { customs: customs && JSON.stringify(customs) }),
    ...(payment !== undefined && { payment: payment && JSON.stringify(payment) }),
    ...(label_type && { label_type }),
    ...(metadata && { metadata: JSON.stringify(metadata) }),
  })
  if (parcels) {
    if (before.order_id) throw packedAlready()
    deleteParcels(tx, id)
    putParcels(tx, id, loadsOf({ parcels }))
  }
  const shipment = getShipment(tx, { id })
  emit(tx, shipmentUpdated, id, shipment)
  return shipment
}

/** A draft that is not wanted any more. A bought label is voided instead. */
export function discardShipment(tx: Write, { id }: { id: string }): Shipment {
  requireStatus(getShipment(tx, { id }), ['draft', 'rated'])
  updateShipment(tx, id, { status: 'cancelled', cancelled_at: tx.now })
  const shipment = getShipment(tx, { id })
  emit(tx, shipmentUpdated, id, shipment)
  return shipment
}

function putParcels(tx: Write, shipment_id: string, loads: Load[]): void {
  for (const [position, { parcel, order_parcel_id }] of loads.entries()) {
    insertParcel(tx, { shipment_id, position, parcel: JSON.stringify(parcel), order_parcel_id })
  }
}

function loadsOf(
  { parcels, order_id }: Pick<NewShipment, 'parcels' | 'order_id'>,
  packed: { id: string; parcel: Parcel }[] = [],
): Load[] {
  if (parcels && packed.length > 0) {
    throw packedAlready()
  }
  if (parcels) {
    return parcels.map((parcel, index) => ({
      parcel: parcelFromWire(parcel, `/parcels/${index}`),
      order_parcel_id: null,
    }))
  }
  if (packed.length > 0) return packed.map(({ id, parcel }) => ({ parcel, order_parcel_id: id }))
  if (!order_id) throw invalid('/parcels', 'Name at least one parcel.')
  throw new Problem(
    'not_packed',
    `Order ${order_id} has no packed parcel that waits to be shipped.`,
  )
}

const packedAlready = (): Problem =>
  invalid('/parcels', 'The parcels of an order are those that were packed: leave this out.')

function required(name: string, address: Address | undefined): Address {
  if (address) return address
  throw invalid(`/${name}`, `The ${name} is not known from an order: name it.`)
}
