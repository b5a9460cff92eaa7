/** Settles a purchase whose answer was lost: the carrier is asked what it knows under our reference. */
import { lookupPurchase } from '../carriers/call.ts'
import { message } from '../carriers/message.ts'
import { timestamp } from '../kit/clock.ts'
import type { Outward } from '../operations/outward.ts'
import { openConnection } from './connections.ts'
import { concludePurchase, leaveInDoubt, takeBack, toShipmentRequest } from './conclude.ts'
import { getShipment } from './read.ts'
import type { Shipment } from './schema.ts'
import { abandoned_after_ms, refuseInProgress, requireStatus } from './state.ts'
import { findShipment, shipmentsInDoubt } from './store.ts'

/**
 * @returns the shipment as bought, as not bought, or still `uncertain` with what the carrier said
 * @throws Problem `shipment_state`, `purchase_in_progress`
 */
export async function settlePurchase(outward: Outward, { id }: { id: string }): Promise<Shipment> {
  const { shipment, sent_at } = outward.read((read) => {
    const shipment = getShipment(read, { id })
    requireStatus(shipment, ['purchasing', 'uncertain'])
    refuseInProgress(read, shipment)
    return { shipment, sent_at: findShipment(read, id)?.purchase_sent_at ?? read.now }
  })
  const connection = openConnection(outward, shipment.connection_id!)
  const answer = await lookupPurchase(
    connection,
    { shipment: toShipmentRequest(shipment), sent_at },
    { clock: outward.data.clock },
  )
  if (answer.outcome === 'done' && answer.result.found) {
    return concludePurchase(outward, shipment, { ...answer, result: answer.result.shipment })
  }
  if (answer.outcome === 'done') {
    const detail = 'The carrier knows no purchase under this reference: nothing was bought.'
    const word = message(connection.carrier_id, 'not_found', detail, { severity: 'warning' })
    return outward.write((tx) => takeBack(tx, id, [word]))
  }
  return outward.write((tx) => leaveInDoubt(tx, id, answer.messages))
}

/** Settles what has waited too long in one business; one that fails does not stop the rest. */
export async function settleAll(
  outwardOf: (organization_id: string) => Outward,
  onFailure: (shipment_id: string, error: unknown) => void,
  limit = 50,
): Promise<number> {
  const outward = outwardOf('')
  const before = timestamp(outward.data.clock.now() - abandoned_after_ms)
  const waiting = outward.read((read) => shipmentsInDoubt(read, before, limit))
  for (const { id, organization_id } of waiting) {
    try {
      await settlePurchase(outwardOf(organization_id), { id })
    } catch (error) {
      onFailure(id, error)
    }
  }
  return waiting.length
}
