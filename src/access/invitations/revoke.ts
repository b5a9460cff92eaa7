/** Takes an invitation back: its link opens nothing any more. */
import { Problem } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { invitationRevoked } from '../events.ts'
import { requireAssignable } from '../reach.ts'
import { getInvitation } from './read.ts'
import type { Invitation } from './schema.ts'
import { setInvitationRevoked } from './store.ts'

/**
 * Revoking twice changes nothing more.
 * @throws Problem `not_found`, `invitation_closed` when it was accepted, `exceeds_own_rights`
 */
export function revokeInvitation(tx: Write, { id }: { id: string }): Invitation {
  const before = getInvitation(tx, { id })
  if (before.state === 'revoked') return before
  if (before.state === 'accepted') {
    throw new Problem('invitation_closed', 'It was accepted: remove the member instead.', {
      invitation_state: before.state,
    })
  }
  requireAssignable(tx, before.role)
  setInvitationRevoked(tx, id)
  const invitation = getInvitation(tx, { id })
  emit(tx, invitationRevoked, id, invitation)
  return invitation
}
