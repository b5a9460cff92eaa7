/** Gives a reservation more time, as long as its time is not over. */
import type { Write } from '../../db/session.ts'
import { invalid } from '../../kit/problem.ts'
import { readTime } from '../occurred-at.ts'
import type { Reservation } from '../schema.ts'
import { getOpenReservation, getReservation } from './open.ts'
import { updateExpiry } from './store.ts'

/**
 * @param expires_at RFC 3339, later than now; null: until it is confirmed or released
 * @throws Problem `not_found`, `reservation_closed`, `reservation_expired`, `invalid`
 */
export function extend(tx: Write, id: string, expires_at: string | null): Reservation {
  getOpenReservation(tx, id)
  const until = expires_at === null ? null : readTime(expires_at, '/expires_at')
  if (until !== null && until <= tx.now) {
    throw invalid('/expires_at', 'A reservation ends in the future.')
  }
  updateExpiry(tx, id, until)
  return getReservation(tx, id)
}
