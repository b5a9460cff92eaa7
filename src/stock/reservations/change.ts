/** Gives a reservation more time, or lets its goods go. */
import { getItem } from '../../catalog/read.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { parsePositive } from '../../kit/quantity.ts'
import { extend } from '../../ledger/reservations/extend.ts'
import { release } from '../../ledger/reservations/release.ts'
import { reservationExtended, reservationReleased } from './events.ts'
import { getFreeReservation, toReservation } from './read.ts'
import type { Extension, Release, Reservation } from './schema.ts'

/** @throws Problem `not_found`, `reservation_closed`, `reservation_expired`, `invalid` */
export function extendReservation(
  tx: Write,
  { id, expires_at }: Extension & { id: string },
): Reservation {
  getFreeReservation(tx, id)
  const reservation = toReservation(tx, extend(tx, id, expires_at))
  emit(tx, reservationExtended, id, reservation)
  return reservation
}

/** @throws Problem `not_found`, `reservation_closed`, `reservation_expired`, `reservation_exceeded` */
export function releaseReservation(
  tx: Write,
  { id, quantity }: Release & { id: string },
): Reservation {
  const { item_id } = getFreeReservation(tx, id)
  const { scale } = getItem(tx, { id: item_id })
  const released = quantity === undefined ? undefined : parsePositive(quantity, scale)
  const reservation = toReservation(tx, release(tx, id, released))
  emit(tx, reservationReleased, id, reservation)
  return reservation
}
