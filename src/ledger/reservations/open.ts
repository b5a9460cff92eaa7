/** Whether a reservation still holds: decided inside the write, whether or not it was swept. */
import type { Read } from '../../db/session.ts'
import { notFound, Problem } from '../../kit/problem.ts'
import type { Reservation } from '../schema.ts'
import { findReservation } from './store.ts'

/** @throws Problem `reservation_closed`, `reservation_expired` */
export function checkOpen(read: Read, reservation: Reservation): void {
  const { id, state, expires_at } = reservation
  if (state === 'open' && (expires_at === null || expires_at > read.now)) return
  if (state === 'open' || state === 'expired') {
    const detail = `The reservation ${id} ran out at ${expires_at}.`
    throw new Problem('reservation_expired', detail, { reservation_id: id, expires_at })
  }
  throw new Problem('reservation_closed', `The reservation ${id} was ${state} already.`, {
    reservation_id: id,
    state,
  })
}

/** @throws Problem `not_found`, `reservation_closed`, `reservation_expired` */
export function getOpenReservation(read: Read, id: string): Reservation {
  const reservation = getReservation(read, id)
  checkOpen(read, reservation)
  return reservation
}

/** @throws Problem `not_found` */
export function getReservation(read: Read, id: string): Reservation {
  const reservation = findReservation(read, id)
  if (!reservation) throw notFound('reservation', id)
  return reservation
}

export { listReservationRows as listReservations, type ReservationFilter } from './store.ts'
