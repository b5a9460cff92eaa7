/** Ends reservations whose time is over, so that their goods are free again. */
import type { Write } from '../../db/session.ts'
import type { LevelKey, Reservation } from '../schema.ts'
import { overdueAnywhere, overdueOnLevel, overdueOnSite, updateReleased } from './store.ts'

export interface Freed {
  quantity: number
  /** How many reservations ended: each changed the level's version. */
  count: number
}

function expire(tx: Write, overdue: readonly { id: string; open_quantity: number }[]): Freed {
  let quantity = 0
  for (const { id, open_quantity } of overdue) {
    updateReleased(tx, id, open_quantity, 'expired')
    quantity += open_quantity
  }
  return { quantity, count: overdue.length }
}

/** Used by a write that needs the goods: it does not wait for the sweep. */
export const expireOnLevel = (tx: Write, key: LevelKey): Freed =>
  expire(tx, overdueOnLevel(tx, key))

export const expireOnSite = (tx: Write, item_id: string, site_id: string): Freed =>
  expire(tx, overdueOnSite(tx, item_id, site_id))

/**
 * The sweep: ends what ran out, oldest first, in every organization of the tenant.
 * @returns the reservations that ended, as they were; fewer than `limit` means that none is left
 */
export function sweepReservations(tx: Write, limit = 500): Reservation[] {
  const overdue = overdueAnywhere(tx, limit)
  expire(tx, overdue)
  return overdue
}
