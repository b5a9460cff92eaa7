/** Removes a second factor: one's own, or that of somebody who lost the telephone and the codes. */
import { Problem } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { queueMail } from '../../mail/queue.ts'
import { requireAccount } from '../reach.ts'
import { getMember } from '../read-members.ts'
import { deleteSessionsOfUser } from '../session-store.ts'
import { factorRemoved } from './events.ts'
import { ownUser } from './own-user.ts'
import type { FactorOwner } from './schema.ts'
import { deleteFactor } from './store.ts'

/** @throws Problem `forbidden`, `second_factor_missing` */
export function removeOwnFactor(tx: Write): FactorOwner {
  const { id, email } = ownUser(tx)
  return removeFactor(tx, { id, email }, 'You removed your second factor.')
}

/**
 * The person is signed out everywhere and told by mail. Somebody who belongs to other organizations
 * too is helped only by those who lead the business.
 * @throws Problem `not_found`, `exceeds_own_rights`, `forbidden`, `second_factor_missing`
 */
export function removeMembersFactor(tx: Write, { id }: { id: string }): FactorOwner {
  const { email } = getMember(tx, { id })
  requireAccount(tx, id)
  const removed = removeFactor(
    tx,
    { id, email },
    `${tx.scope.actor.name} removed your second factor.`,
  )
  deleteSessionsOfUser(tx, id)
  return removed
}

function removeFactor(tx: Write, owner: FactorOwner, what: string): FactorOwner {
  if (deleteFactor(tx, owner.id) !== 1) {
    throw new Problem('second_factor_missing', 'There is no second factor to remove.')
  }
  queueMail(tx, {
    kind: 'second_factor_removed',
    recipient: owner.email,
    subject: 'Your second factor was removed',
    lines: [
      `${what} From now on your password alone lets you in.`,
      'If this surprises you, change your password and talk to whoever looks after your team.',
    ],
  })
  emit(tx, factorRemoved, owner.id, owner)
  return owner
}
