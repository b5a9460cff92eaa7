/** Lets parcels leave the house: their goods go to the customer; and takes that back. */
import type { Read, Write } from '../db/session.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { counterpart } from '../ledger/accounts/open.ts'
import { post } from '../ledger/post.ts'
import { reverse } from '../ledger/reverse.ts'
import { getPlace, getSite } from '../locations/read.ts'
import { inUnits } from '../stock/in-units.ts'
import { dispatchVoided, orderDelivered, orderShipped } from './events.ts'
import { getFulfilment } from './fulfilment.ts'
import type { Fulfilment, Ship } from './fulfilment-schema.ts'
import { getOrderIn, getSalesOrder, getWorkable, open_statuses } from './read.ts'
import type { SalesOrderStatus } from './schema.ts'
import { settleStatus, tell } from './settle.ts'
import {
  clearDispatched,
  contentsOfParcel,
  parcelsOfOrder,
  setDelivered,
  setDispatched,
  type ParcelRow,
} from './store-fulfilment.ts'
import { linesOfOrder, type OrderRow } from './store.ts'

export interface DispatchInput {
  order_id: string
  /** All that are packed and still here, when left out. */
  parcel_ids?: readonly string[] | undefined
  /** The shipment that carries them; none when the customer fetches them. */
  shipment_id?: string | undefined
}

/**
 * Each parcel leaves by a posting of its own, so that each can be taken back alone.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `order_held`, `invalid` (a parcel of
 *   another order), `parcel_dispatched`, `not_packed`
 */
export function dispatch(tx: Write, input: DispatchInput): Fulfilment {
  const { order_id: id, shipment_id } = input
  const order = getWorkable(tx, id)
  const parcels = readParcels(tx, id, input.parcel_ids).filter(
    (parcel) => input.parcel_ids || !parcel.dispatched_at,
  )
  const gone = parcels.find((parcel) => parcel.dispatched_at)
  if (gone) {
    throw new Problem('parcel_dispatched', `Parcel ${gone.number} has left already.`, {
      parcel_id: gone.id,
    })
  }
  if (parcels.length === 0) throw new Problem('not_packed', `${order.number} has no parcel here.`)
  for (const parcel of parcels) {
    setDispatched(tx, parcel.id, shipment_id ?? null, leave(tx, order, parcel, shipment_id))
  }
  settleStatus(tx, id)
  tell(tx, id, orderShipped)
  return getFulfilment(tx, { id })
}

function leave(tx: Write, order: OrderRow, parcel: ParcelRow, shipment_id = ''): string {
  const { packing_id } = getSite(tx, order.site_id)
  const source = getPlace(tx, packing_id).account_id
  const target = counterpart(tx, 'customer').id
  const items = new Map(linesOfOrder(tx, order.id).map(({ line, item_id }) => [line, item_id]))
  const { posting } = inUnits(tx, () =>
    post(tx, {
      reason: 'sale',
      reference: { type: 'sales_order', id: order.id },
      note: shipment_id,
      movements: contentsOfParcel(tx, parcel.id).map(({ line, lot_id, serial_id, quantity }) => {
        return { item_id: items.get(line)!, lot_id, serial_id, source, target, quantity }
      }),
    }),
  )
  return posting.id
}

export interface UndispatchInput {
  order_id: string
  /** Every parcel of this shipment … */
  shipment_id?: string | undefined
  /** … or these; all that left and did not arrive, when both are left out. */
  parcel_ids?: readonly string[] | undefined
}

/** Before a carrier is asked to void a label. @throws Problem `order_state`, `order_closed` */
export function requireRecallable(read: Read, order_id: string): void {
  getOrderIn(read, order_id, with_parcels_out)
}

const with_parcels_out: readonly SalesOrderStatus[] = [...open_statuses, 'shipped']

/**
 * A label was voided, or parcels never left: their goods are on the bench again, packed.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `invalid`, `not_dispatched`
 */
export function undispatch(tx: Write, input: UndispatchInput): Fulfilment {
  const { order_id: id, shipment_id } = input
  getOrderIn(tx, id, with_parcels_out)
  const parcels = readParcels(tx, id, input.parcel_ids).filter(
    (parcel) =>
      parcel.dispatched_at !== null &&
      parcel.delivered_at === null &&
      (shipment_id === undefined || parcel.shipment_id === shipment_id),
  )
  if (parcels.length === 0 || (input.parcel_ids && parcels.length < input.parcel_ids.length)) {
    throw new Problem('not_dispatched', 'Not all of these parcels are under way.')
  }
  for (const parcel of parcels) {
    inUnits(tx, () => reverse(tx, parcel.dispatch_posting_id!))
    clearDispatched(tx, parcel.id)
  }
  settleStatus(tx, id)
  tell(tx, id, dispatchVoided)
  return getFulfilment(tx, { id })
}

/**
 * Parcels have arrived; the order is delivered when all of it has.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `not_dispatched`
 */
export function deliver(tx: Write, input: UndispatchInput): Fulfilment {
  const { order_id: id, shipment_id } = input
  getOrderIn(tx, id, with_parcels_out)
  const parcels = readParcels(tx, id, input.parcel_ids).filter(
    (parcel) => shipment_id === undefined || parcel.shipment_id === shipment_id,
  )
  const out = parcels.filter((parcel) => parcel.dispatched_at !== null)
  if (out.length === 0 || (input.parcel_ids && out.length < parcels.length)) {
    throw new Problem('not_dispatched', 'Not all of these parcels are under way.')
  }
  for (const parcel of out) setDelivered(tx, parcel.id)
  if (settleStatus(tx, id) === 'delivered') tell(tx, id, orderDelivered)
  return getFulfilment(tx, { id })
}

/**
 * A carrier says that the parcels of a shipment are at the door. That is so whatever has become of
 * the order meanwhile, so nothing is refused; an order that was closed stays closed.
 */
export function noteArrival(tx: Write, order_id: string, shipment_id: string): void {
  const arrived = parcelsOfOrder(tx, order_id).filter(
    (parcel) => parcel.shipment_id === shipment_id && parcel.delivered_at === null,
  )
  if (arrived.length === 0) return
  for (const parcel of arrived) setDelivered(tx, parcel.id)
  if (getSalesOrder(tx, { id: order_id }).status === 'closed') return
  if (settleStatus(tx, order_id) === 'delivered') tell(tx, order_id, orderDelivered)
}

function readParcels(tx: Write, id: string, parcel_ids?: readonly string[]): ParcelRow[] {
  const all = parcelsOfOrder(tx, id)
  if (!parcel_ids) return all
  return parcel_ids.map((parcel_id, index) => {
    const found = all.find((parcel) => parcel.id === parcel_id)
    if (found) return found
    throw invalid(`/parcel_ids/${index}`, `This order has no parcel ${parcel_id}.`)
  })
}

/** Parcels leave without a shipment of ours: the customer fetches them. */
export const shipSalesOrder = (tx: Write, { id, parcel_ids }: Ship & { id: string }): Fulfilment =>
  dispatch(tx, { order_id: id, parcel_ids })

/** @throws Problem `document_posting` for parcels of a shipment: they come back by voiding it */
export function voidDispatch(tx: Write, { id, parcel_ids }: Ship & { id: string }): Fulfilment {
  const shipped = readParcels(tx, id, parcel_ids).find((parcel) => parcel.shipment_id !== null)
  if (shipped) {
    const detail = `Parcel ${shipped.number} belongs to ${shipped.shipment_id}: void that.`
    throw new Problem('document_posting', detail, {
      reference_type: 'shipment',
      reference_id: shipped.shipment_id,
    })
  }
  return undispatch(tx, { order_id: id, parcel_ids })
}

export const deliverSalesOrder = (
  tx: Write,
  { id, parcel_ids }: Ship & { id: string },
): Fulfilment => deliver(tx, { order_id: id, parcel_ids })
