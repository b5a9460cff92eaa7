/** What reservations tell the outside. */
import type { EventType } from '../../events/emit.ts'
import { Confirmed, Reservation } from './schema.ts'

export const reservationCreated: EventType = {
  type: 'reservation.created',
  summary: 'Goods were reserved.',
  data: Reservation,
}
export const reservationConfirmed: EventType = {
  type: 'reservation.confirmed',
  summary: 'Reserved goods, or a part of them, were handed over.',
  data: Confirmed,
}
export const reservationExtended: EventType = {
  type: 'reservation.extended',
  summary: 'A reservation got another end.',
  data: Reservation,
}
export const reservationReleased: EventType = {
  type: 'reservation.released',
  summary: 'Reserved goods, or a part of them, were let go.',
  data: Reservation,
}

export const reservationEvents = [
  reservationCreated,
  reservationConfirmed,
  reservationExtended,
  reservationReleased,
]
