/** People with an account are counted: a plan may have room for so many. */
import type { Write } from '../db/session.ts'
import { requireRoom } from '../plans/require-room.ts'
import { countPeople, findUserByEmail, membershipsOf } from './user-store.ts'

/** Who belongs to an organization already takes no other seat. @throws Problem `limit_reached` */
export function requireSeat(tx: Write, email: string): void {
  const known = findUserByEmail(tx, email)
  if (known && membershipsOf(tx, known.id).length > 0) return
  requireRoom(tx, 'seats', countPeople(tx))
}
