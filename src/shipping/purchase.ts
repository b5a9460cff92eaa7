/** Buys a label exactly once: the intent is written down, the carrier is asked, the answer is posted. */
import { Problem } from '../kit/problem.ts'
import { callCarrier } from '../carriers/call.ts'
import { getCarrier } from '../carriers/registry.ts'
import type { Write } from '../db/session.ts'
import { requireQuota } from '../metering/require-quota.ts'
import type { Outward } from '../operations/outward.ts'
import { getConnection, openConnection } from './connections.ts'
import { concludePurchase, toShipmentRequest } from './conclude.ts'
import { requireDispatchable } from './of-order.ts'
import { getShipment } from './read.ts'
import type { Purchase, Shipment, ShipmentRate } from './schema.ts'
import { settlePurchase } from './settle.ts'
import { isConcluded, refuseInProgress, requireStatus } from './state.ts'
import { countInDoubt, updateShipment } from './store.ts'

/**
 * Three acts (docs/decisions/0003-purchases-in-three-acts.md). A lost answer leaves the shipment
 * `uncertain`; it is settled by asking the carrier for our reference, never by buying again.
 * @throws Problem `purchase_in_progress`, `shipment_state`, `quota_exceeded`, `carrier_refused`,
 *   `carrier_unreachable`
 */
export async function purchaseShipment(
  outward: Outward,
  { id, ...choice }: Purchase & { id: string },
): Promise<Shipment> {
  const begun = await outward.write((tx) => beginPurchase(tx, id, choice))
  if (begun === 'settle') return settlePurchase(outward, { id })
  const shipment = outward.read((read) => getShipment(read, { id }))
  const connection = openConnection(outward, shipment.connection_id!)
  const kind = shipment.is_return && hasReturns(connection.carrier_id) ? 'return' : 'ship'
  const answer = await callCarrier(kind, connection, toShipmentRequest(shipment), {
    clock: outward.data.clock,
  })
  return concludePurchase(outward, shipment, answer)
}

/** A carrier without labels of its own for returns carries them like every other parcel. */
const hasReturns = (carrier_id: string): boolean =>
  getCarrier(carrier_id).operations.return !== undefined

/** First act: refuses, or writes down that the request is about to go out. */
function beginPurchase(tx: Write, id: string, choice: Purchase): 'ask' | 'settle' {
  const shipment = getShipment(tx, { id })
  if (!isConcluded(shipment)) {
    // Two at once: the second waits. One whose process died: the carrier is asked what it knows.
    refuseInProgress(tx, shipment)
    return 'settle'
  }
  requireStatus(shipment, ['draft', 'rated'])
  const { rate, connection_id, carrier_id, service } = choose(tx, shipment, choice)
  if (shipment.order_id) requireDispatchable(tx, shipment.order_id, orderParcelsOf(shipment))
  requireIncluded(tx, shipment)
  updateShipment(tx, id, {
    status: 'purchasing',
    selected_rate: rate ? JSON.stringify(rate) : null,
    connection_id,
    carrier_id,
    service,
    messages: '[]',
    purchase_sent_at: tx.now,
  })
  return 'ask'
}

/** Purchases that are on their way count as bought, so that two at once cannot share the last one. */
function requireIncluded(tx: Write, { parcels }: Shipment): void {
  const { quotas } = tx.scope.terms ?? {}
  if (!quotas?.shipments?.hard && !quotas?.labels?.hard) return
  const on_their_way = countInDoubt(tx)
  requireQuota(tx, 'shipments', on_their_way.shipments + 1)
  requireQuota(tx, 'labels', on_their_way.labels + parcels.length)
}

interface Choice {
  rate: ShipmentRate | null
  connection_id: string
  carrier_id: string
  service: string
}

function choose(tx: Write, shipment: Shipment, choice: Purchase): Choice {
  const { rate_id, connection_id, service } = choice
  if (rate_id) {
    const rate = shipment.rates.find((each) => each.id === rate_id)
    if (!rate) {
      throw new Problem('invalid', 'This rate is not among the latest of this shipment.', {
        errors: [{ pointer: '/rate_id', detail: 'Not among the latest rates: rate again.' }],
      })
    }
    return { rate, ...rate }
  }
  if (!connection_id || !service) {
    throw new Problem('invalid', 'Choose a rate_id, or a connection_id and a service.', {
      errors: [{ pointer: '/rate_id', detail: 'Or connection_id and service.' }],
    })
  }
  const { carrier_id } = getConnection(tx, { id: connection_id })
  return { rate: null, connection_id, carrier_id, service }
}

const orderParcelsOf = (shipment: Shipment): string[] =>
  shipment.parcels.flatMap((parcel) => parcel.order_parcel_id ?? [])
