/** Voids a bought label: the carrier takes it back, and the stock is at the packing bench again. */
import { callCarrier } from '../carriers/call.ts'
import { message, type CarrierMessage } from '../carriers/message.ts'
import type { Read, Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { Problem } from '../kit/problem.ts'
import type { Outward } from '../operations/outward.ts'
import { refusal } from './conclude.ts'
import { openConnection } from './connections.ts'
import { shipmentCancelled } from './events.ts'
import { unfollow } from './follow.ts'
import { bringBack, requireReturnable } from './of-order.ts'
import { getShipment } from './read.ts'
import type { Shipment } from './schema.ts'
import { requireStatus } from './state.ts'
import { findShipment, updateShipment } from './store.ts'

/**
 * Voiding twice is harmless at the carrier, so a lost answer is asked for again by voiding again.
 * @throws Problem `shipment_state`, `order_state`, `order_closed` (what arrived or is over does not
 *   come back), `carrier_refused`, `carrier_unreachable`
 */
export async function voidShipment(outward: Outward, { id }: { id: string }): Promise<Shipment> {
  const { shipment, shipment_identifier } = outward.read((read) => requireVoidable(read, id))
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
  if (answer.outcome === 'done') return recordVoid(outward, shipment)
  throw refusal(answer.outcome === 'refused' ? 'refused' : 'failed', answer.messages)
}

function requireVoidable(read: Read, id: string) {
  const shipment = getShipment(read, { id })
  requireStatus(shipment, ['purchased'])
  if (shipment.order_id) requireReturnable(read, shipment.order_id, id)
  return { shipment, shipment_identifier: findShipment(read, id)?.shipment_identifier ?? '' }
}

/**
 * The label is void, so this must not fail: when the order was closed while the carrier was asked,
 * the shipment is cancelled all the same and says so.
 */
async function recordVoid(outward: Outward, { id, carrier_id }: Shipment): Promise<Shipment> {
  try {
    return await outward.write((tx) => {
      const { order_id, status } = getShipment(tx, { id })
      if (order_id && status !== 'cancelled') bringBack(tx, order_id, id)
      return cancel(tx, id, [])
    })
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const detail = `The label is void, but its goods could not come back: ${error.detail}`
    const warning = message(carrier_id!, 'unknown', detail, { severity: 'warning' })
    return outward.write((tx) => cancel(tx, id, [warning]))
  }
}

function cancel(tx: Write, id: string, messages: CarrierMessage[]): Shipment {
  const before = getShipment(tx, { id })
  // Two at once: the carrier heard both, the house cancels once.
  if (before.status === 'cancelled') return before
  const words = messages.length > 0 ? { messages: JSON.stringify(messages) } : {}
  updateShipment(tx, id, { status: 'cancelled', cancelled_at: tx.now, ...words })
  unfollow(tx, id)
  const shipment = getShipment(tx, { id })
  emit(tx, shipmentCancelled, id, shipment)
  return shipment
}
