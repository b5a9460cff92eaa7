/** Lets go of what was held: all that is still open, or a part of it. */
import type { Write } from '../../db/session.ts'
import { Problem } from '../../kit/problem.ts'
import type { Reservation } from '../schema.ts'
import { getOpenReservation, getReservation } from './open.ts'
import { updateReleased } from './store.ts'

/**
 * Releases once: a second release of the same reservation is refused.
 * @param quantity what to let go of; all that is open, when left out
 * @throws Problem `not_found`, `reservation_closed`, `reservation_expired`, `invalid_quantity`,
 *   `reservation_exceeded`
 */
export function release(tx: Write, id: string, quantity?: number): Reservation {
  const { open_quantity } = getOpenReservation(tx, id)
  const released = quantity ?? open_quantity
  if (!Number.isSafeInteger(released) || released <= 0) {
    throw new Problem('invalid_quantity', `${quantity} cannot be released.`)
  }
  if (released > open_quantity) {
    throw new Problem('reservation_exceeded', `${open_quantity} are still reserved by ${id}.`, {
      reservation_id: id,
      open_quantity,
      requested: released,
    })
  }
  updateReleased(tx, id, released, released === open_quantity ? 'released' : 'open')
  return getReservation(tx, id)
}
