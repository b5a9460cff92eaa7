/** Posts a bought label: numbers and labels are kept, the parcel is tracked, the stock leaves. */
import { Problem } from '../kit/problem.ts'
import type { PurchasedShipment } from '../carriers/contract.ts'
import { message, type CarrierMessage } from '../carriers/message.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { meter } from '../metering/meter.ts'
import type { StoredObject } from '../objects/object-store.ts'
import type { Outward } from '../operations/outward.ts'
import { shipmentPurchased } from './events.ts'
import { dispatchParcels } from './of-order.ts'
import { getShipment } from './read.ts'
import type { Shipment } from './schema.ts'
import { labelParcel, updateShipment } from './store.ts'
import { follow } from './follow.ts'

const content_types = { PDF: 'application/pdf', PNG: 'image/png', ZPL: 'application/zpl' } as const

/** Puts the labels into the object store before anything says that they exist. */
export function storeLabels(
  outward: Outward,
  bought: PurchasedShipment,
): Promise<(StoredObject | undefined)[]> {
  const store = outward.services.objects(outward.tenant_id)
  return Promise.all(
    bought.parcels.map(async ({ label, tracking_number }) => {
      if (!label) return undefined
      return store.put(Buffer.from(label.data, 'base64'), {
        content_type: content_types[label.format],
        name: `${tracking_number}.${label.format.toLowerCase()}`,
        collection: 'labels',
      })
    }),
  )
}

/**
 * The label is paid for, so this must not fail: when the stock of the order cannot leave any more,
 * the purchase is posted all the same and says so.
 */
export async function postPurchase(
  outward: Outward,
  id: string,
  bought: PurchasedShipment,
  labels: (StoredObject | undefined)[],
  messages: CarrierMessage[],
): Promise<Shipment> {
  try {
    return await outward.write((tx) => {
      const before = getShipment(tx, { id })
      if (isBought(before)) return before
      post(tx, id, bought, labels, messages)
      const { order_id, parcels } = getShipment(tx, { id })
      if (order_id) {
        const parcel_ids = parcels.flatMap((parcel) => parcel.order_parcel_id ?? [])
        dispatchParcels(tx, order_id, parcel_ids, id)
      }
      return tell(tx, id)
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const detail = `The label is bought, but the stock of the order could not leave: ${error.detail}`
    const warning = message(bought.carrier_id, 'unknown', detail, { severity: 'warning' })
    return outward.write((tx) => {
      post(tx, id, bought, labels, [...messages, warning])
      return tell(tx, id)
    })
  }
}

/** Two that settle the same purchase hear the same answer: it is posted once. */
const isBought = ({ status }: Shipment): boolean =>
  !['purchasing', 'uncertain', 'draft', 'rated'].includes(status)

function post(
  tx: Write,
  id: string,
  bought: PurchasedShipment,
  labels: (StoredObject | undefined)[],
  messages: CarrierMessage[],
): void {
  const shipment = getShipment(tx, { id })
  const charge = bought.total ?? shipment.selected_rate?.total
  updateShipment(tx, id, {
    status: 'purchased',
    service: bought.service,
    shipment_identifier: bought.shipment_identifier,
    tracking_number: bought.tracking_number,
    tracking_url: bought.tracking_url ?? null,
    charge_amount: charge?.amount ?? null,
    charge_currency: charge?.currency ?? null,
    purchased_at: tx.now,
    messages: JSON.stringify(messages),
  })
  for (const [position, parcel] of bought.parcels.entries()) {
    labelParcel(tx, {
      shipment_id: id,
      position,
      tracking_number: parcel.tracking_number,
      label_key: labels[position]?.key ?? null,
      label_format: parcel.label?.format ?? null,
    })
    follow(tx, shipment, parcel.tracking_number, bought.tracking_url ?? null)
  }
  meter(tx, 'shipments', `shipments:${id}`, 1, { subject_id: id })
  meter(tx, 'labels', `labels:${id}`, bought.parcels.length, { subject_id: id })
}

function tell(tx: Write, id: string): Shipment {
  const shipment = getShipment(tx, { id })
  emit(tx, shipmentPurchased, id, shipment)
  return shipment
}
