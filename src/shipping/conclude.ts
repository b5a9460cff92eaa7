/** The last act of a purchase: what the carrier answered is posted, taken back, or left in doubt. */
import { Problem } from '../kit/problem.ts'
import type { Answer } from '../carriers/call.ts'
import type { PurchasedShipment, ShipmentRequest } from '../carriers/contract.ts'
import type { CarrierMessage } from '../carriers/message.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import type { Outward } from '../operations/outward.ts'
import { shipmentUncertain } from './events.ts'
import { postPurchase, storeLabels } from './post-purchase.ts'
import { toRateRequest } from './rate.ts'
import { getShipment } from './read.ts'
import type { Shipment } from './schema.ts'
import { isConcluded } from './state.ts'
import { updateShipment } from './store.ts'

export async function concludePurchase(
  outward: Outward,
  shipment: Shipment,
  answer: Answer<PurchasedShipment>,
): Promise<Shipment> {
  if (answer.outcome === 'done') {
    const labels = await storeLabels(outward, answer.result)
    return postPurchase(outward, shipment.id, answer.result, labels, answer.messages)
  }
  if (answer.outcome === 'uncertain') {
    return outward.write((tx) => leaveInDoubt(tx, shipment.id, answer.messages))
  }
  await outward.write((tx) => takeBack(tx, shipment.id, answer.messages))
  throw refusal(answer.outcome, answer.messages)
}

export function leaveInDoubt(tx: Write, id: string, messages: CarrierMessage[]): Shipment {
  const before = getShipment(tx, { id })
  if (isConcluded(before)) return before
  updateShipment(tx, id, { status: 'uncertain', messages: JSON.stringify(messages) })
  const shipment = getShipment(tx, { id })
  emit(tx, shipmentUncertain, id, shipment)
  return shipment
}

/** Nothing was bought: the shipment stands where it stood before, with the carrier's words. */
export function takeBack(tx: Write, id: string, messages: CarrierMessage[]): Shipment {
  const before = getShipment(tx, { id })
  if (isConcluded(before)) return before
  const { rates } = before
  updateShipment(tx, id, {
    status: rates.length > 0 ? 'rated' : 'draft',
    messages: JSON.stringify(messages),
    purchase_sent_at: null,
  })
  return getShipment(tx, { id })
}

export function refusal(outcome: 'refused' | 'failed', messages: CarrierMessage[]): Problem {
  const [first] = messages
  const words = first ? `${first.detail} ${first.remedy}` : 'The carrier gave no reason.'
  return new Problem(outcome === 'refused' ? 'carrier_refused' : 'carrier_unreachable', words, {
    messages,
    errors: messages.map(({ field, detail }) => ({ pointer: field ?? '', detail })),
  })
}

export const toShipmentRequest = (shipment: Shipment): ShipmentRequest => ({
  ...toRateRequest(shipment),
  service: shipment.service!,
  reference: shipment.id,
  label_type: shipment.label_type,
})
