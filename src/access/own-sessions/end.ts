/** Signs a person out: somewhere, everywhere else, or as somebody who looks after the team. */
import type { Write } from '../../db/session.ts'
import { requireAssignable } from '../reach.ts'
import { getMember } from '../read-members.ts'
import { findOwnSession, getOwnSession, ownId, placeOf } from './read.ts'
import type { OpenSession, SessionsEnded } from './schema.ts'
import { deleteOtherSessions, deleteSessionOf, deleteSessionsOf } from './store.ts'

/** @throws Problem `not_found`, `forbidden` */
export function endOwnSession(tx: Write, { id }: { id: string }): OpenSession {
  const session = getOwnSession(tx, { id })
  deleteSessionOf(tx, ownId(tx), findOwnSession(tx, id).id)
  return session
}

/** All but the one that asks. @throws Problem `forbidden` */
export const endOtherSessions = (tx: Write): SessionsEnded => ({
  ended: deleteOtherSessions(tx, ownId(tx), tx.scope.session?.id ?? ''),
})

/** Nobody signs out who is stronger than himself. @throws Problem `not_found`, `exceeds_own_rights` */
export function endMemberSessions(tx: Write, { id }: { id: string }): SessionsEnded {
  requireAssignable(tx, getMember(tx, { id }).role)
  return { ended: deleteSessionsOf(tx, id, placeOf(tx)) }
}
