/** What an order gives to a shipment: where it goes, the packed parcels that wait, and their goods. */
import { Problem } from '../kit/problem.ts'
import type { Address } from '../carriers/address.ts'
import type { Commodity, Parcel } from '../carriers/parcel.ts'
import { getItem } from '../catalog/read.ts'
import type { Read, Write } from '../db/session.ts'
import { getLocation } from '../locations/read.ts'
import { dispatch, noteArrival, requireRecallable, undispatch } from '../orders/dispatch.ts'
import { getFulfilment, listParcels } from '../orders/fulfilment.ts'
import type { Fulfilment } from '../orders/fulfilment-schema.ts'
import { getWorkable } from '../orders/read.ts'
import { openShipmentOfParcel } from './store.ts'

export interface PackedOrder {
  ship_from: Address | undefined
  ship_to: Address
  parcels: { id: string; parcel: Parcel }[]
}

type OrderParcel = Fulfilment['parcels'][number]

/** Parcels that left, or that another shipment carries already, are not offered again. */
export function packedOrder(read: Read, order_id: string): PackedOrder {
  const fulfilment = getFulfilment(read, { id: order_id })
  const { order, parcels } = fulfilment
  const waiting = parcels.filter(
    (parcel) => !parcel.dispatched_at && !openShipmentOfParcel(read, parcel.id),
  )
  return {
    ship_from: getLocation(read, { id: order.site_id }).address ?? undefined,
    ship_to: order.ship_to,
    parcels: waiting.map((parcel) => ({
      id: parcel.id,
      parcel: toCarrierParcel(read, fulfilment, parcel),
    })),
  }
}

/**
 * Before a label is paid for: the order can be worked on and its parcels are still here.
 * @throws Problem `order_held`, `order_state`, `parcel_dispatched` …
 */
export function requireDispatchable(tx: Write, order_id: string, parcel_ids: string[]): void {
  getWorkable(tx, order_id)
  const parcels = listParcels(tx, order_id)
  for (const id of parcel_ids) {
    const parcel = parcels.find((each) => each.id === id)
    if (!parcel) throw new Problem('not_packed', `Parcel ${id} was unpacked: draft anew.`)
    if (parcel.dispatched_at) {
      throw new Problem('parcel_dispatched', `Parcel ${parcel.number} has left already.`)
    }
  }
}

/** The label is bought: the goods of its parcels leave for the customer. */
export const dispatchParcels = (
  tx: Write,
  order_id: string,
  parcel_ids: string[],
  shipment_id: string,
): Fulfilment => dispatch(tx, { order_id, parcel_ids, shipment_id })

/** The label is void: what left under it is on the bench again. */
export function bringBack(tx: Write, order_id: string, shipment_id: string): void {
  if (carries(tx, order_id, shipment_id)) undispatch(tx, { order_id, shipment_id })
}

/**
 * Before a label is voided: its goods can come back to the bench.
 * @throws Problem `order_state`, `order_closed`
 */
export function requireReturnable(read: Read, order_id: string, shipment_id: string): void {
  if (carries(read, order_id, shipment_id)) requireRecallable(read, order_id)
}

/** The parcels are at the door. */
export const arrive = (tx: Write, order_id: string, shipment_id: string): void =>
  noteArrival(tx, order_id, shipment_id)

/** A purchase whose goods could not leave carries nothing. */
const carries = (read: Read, order_id: string, shipment_id: string): boolean =>
  listParcels(read, order_id).some((parcel) => parcel.shipment_id === shipment_id)

function toCarrierParcel(read: Read, { order }: Fulfilment, parcel: OrderParcel): Parcel {
  const { weight_g, length_mm, width_mm, height_mm } = parcel
  const items = parcel.contents.map((goods): Commodity => {
    const item = getItem(read, { id: goods.item_id })
    const price = order.lines.find(({ line }) => line === goods.line)?.unit_price
    const value = price && price.amount > 0 ? price : item.value
    return {
      title: goods.name,
      sku: goods.sku,
      // Customs count whole pieces: a part of one is one.
      quantity: Math.ceil(Number(goods.quantity)),
      ...(value && { value_amount: value.amount, value_currency: value.currency }),
      ...(item.weight_g !== null && { weight_g: item.weight_g }),
      ...(item.hs_code !== null && { hs_code: item.hs_code }),
      ...(item.country_of_origin !== null && { origin_country: item.country_of_origin }),
    }
  })
  return {
    weight_g: weight_g ?? weightOf(items, parcel),
    ...(length_mm && { length_mm }),
    ...(width_mm && { width_mm }),
    ...(height_mm && { height_mm }),
    items,
  }
}

/** @throws Problem `invalid` when neither the parcel nor all of its goods have a weight */
function weightOf(items: Commodity[], { number }: OrderParcel): number {
  if (items.every((item) => item.weight_g)) {
    return items.reduce((sum, { weight_g = 0, quantity }) => sum + weight_g * quantity, 0)
  }
  throw new Problem('invalid', `Parcel ${number} has no weight: weigh it and pack it again.`)
}
