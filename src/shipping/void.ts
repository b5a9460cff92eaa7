/** Voids a bought label: the carrier takes it back, and the stock is at the packing bench again. */
import { callCarrier } from '../carriers/call.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import type { Outward } from '../operations/outward.ts'
import { refusal } from './conclude.ts'
import { openConnection } from './connections.ts'
import { shipmentCancelled } from './events.ts'
import { unfollow } from './follow.ts'
import { bringBack } from './of-order.ts'
import { getShipment } from './read.ts'
import type { Shipment } from './schema.ts'
import { requireStatus } from './state.ts'
import { findShipment, updateShipment } from './store.ts'

/**
 * Voiding twice is harmless at the carrier, so a lost answer is asked for again by voiding again.
 * @throws Problem `shipment_state`, `carrier_refused`, `carrier_unreachable`
 */
export async function voidShipment(outward: Outward, { id }: { id: string }): Promise<Shipment> {
  const { shipment, shipment_identifier } = outward.read((read) => ({
    shipment: getShipment(read, { id }),
    shipment_identifier: findShipment(read, id)?.shipment_identifier ?? '',
  }))
  requireStatus(shipment, ['purchased'])
  const connection = openConnection(outward, shipment.connection_id!)
  const answer = await callCarrier(
    'void',
    connection,
    {
      shipment_identifier,
      tracking_numbers: shipment.parcels.flatMap((parcel) => parcel.tracking_number ?? []),
      service: shipment.service!,
    },
    { clock: outward.data.clock },
  )
  if (answer.outcome === 'done') return outward.write((tx) => cancel(tx, id))
  throw refusal(answer.outcome === 'refused' ? 'refused' : 'failed', answer.messages)
}

function cancel(tx: Write, id: string): Shipment {
  const before = getShipment(tx, { id })
  // Two at once: the carrier heard both, the house cancels once.
  if (before.status === 'cancelled') return before
  updateShipment(tx, id, { status: 'cancelled', cancelled_at: tx.now })
  unfollow(tx, id)
  if (before.order_id) bringBack(tx, before.order_id, id)
  const shipment = getShipment(tx, { id })
  emit(tx, shipmentCancelled, id, shipment)
  return shipment
}
