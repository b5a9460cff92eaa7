/** Which steps a shipment allows where it stands. */
import { second_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
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

/** A purchase that has waited this long has lost its process: its answer will not come any more. */
export const abandoned_after_ms = 120 * second_ms

/** The carrier's answer may come any moment. @throws Problem `purchase_in_progress` */
export function refuseInProgress(
  read: Read,
  { id, status, updated_at }: Pick<Shipment, 'id' | 'status' | 'updated_at'>,
): void {
  const abandoned = updated_at < timestamp(read.now_ms - abandoned_after_ms)
  if (status !== 'purchasing' || abandoned) return
  throw new Problem(
    'purchase_in_progress',
    `A label for ${id} is being bought right now.`,
    {},
    { 'retry-after': '2' },
  )
}

/** Somebody else has concluded the purchase already: his word stands. */
export const isConcluded = ({ status }: Pick<Shipment, 'status'>): boolean =>
  status !== 'purchasing' && status !== 'uncertain'
