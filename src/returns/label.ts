/** Buys the label a customer sends goods back with: from his door to ours. */
import { parcelFromWire } from '../carriers/parcel.ts'
import { emit } from '../events/emit.ts'
import { invalid } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { getLocation } from '../locations/read.ts'
import type { Outward } from '../operations/outward.ts'
import { getSalesOrder } from '../orders/read.ts'
import { draft } from '../shipping/create.ts'
import { purchaseShipment } from '../shipping/purchase.ts'
import { getShipment } from '../shipping/read.ts'
import { returnLabelled } from './events.ts'
import { getReturn, getReturnIn } from './read.ts'
import type { Return, ReturnLabel } from './schema.ts'
import { setShipment } from './store.ts'

/**
 * The shipment belongs to the return, so a second call buys no second label: it goes on with the first.
 * @throws Problem `return_state`, `invalid`, and those of a purchase
 */
export async function labelReturn(
  outward: Outward,
  { id, connection_id, service, ...load }: ReturnLabel & { id: string },
): Promise<Return> {
  const shipment_id = await outward.write((tx) => shipmentOf(tx, id, load))
  const { status } = outward.read((read) => getShipment(read, { id: shipment_id }))
  if (status !== 'purchased') {
    await purchaseShipment(outward, { id: shipment_id, connection_id, service })
  }
  return outward.write((tx) => {
    const labelled = getReturn(tx, { id })
    if (status !== 'purchased') emit(tx, returnLabelled, id, labelled)
    return labelled
  })
}

/** The draft that a first call made, or a new one. */
function shipmentOf(
  tx: Write,
  id: string,
  { parcels, label_type }: Pick<ReturnLabel, 'parcels' | 'label_type'>,
): string {
  const row = getReturnIn(tx, id, ['authorized'])
  if (row.shipment_id) {
    const { status } = getShipment(tx, { id: row.shipment_id })
    if (status !== 'cancelled') return row.shipment_id
  }
  const recipient = getLocation(tx, { id: row.site_id }).address
  if (!recipient) throw invalid('/recipient', 'The site has no address for parcels to come to.')
  const { ship_to: shipper } = getSalesOrder(tx, { id: row.sales_order_id })
  const loads = parcels.map((parcel, index) => ({
    parcel: parcelFromWire(parcel, `/parcels/${index}`),
    order_parcel_id: null,
  }))
  const { id: shipment_id } = draft(
    tx,
    { shipper, recipient, metadata: { return_id: id }, ...(label_type && { label_type }) },
    loads,
    true,
  )
  setShipment(tx, id, shipment_id)
  return shipment_id
}
