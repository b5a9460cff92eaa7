/** Which steps a shipment allows where it stands. */
import { Problem } from '../kit/problem.ts'
import type { Shipment, ShipmentStatus } from './schema.ts'

/** @throws Problem `shipment_state` with the status it has and those it would need */
export function requireStatus(
  { id, status }: Pick<Shipment, 'id' | 'status'>,
  allowed: readonly ShipmentStatus[],
): void {
  if (allowed.includes(status)) return
  throw new Problem('shipment_state', `${id} is ${status}; this needs ${allowed.join(' or ')}.`, {
    shipment_status: status,
    allowed,
  })
}
