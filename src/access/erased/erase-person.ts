/** Forgets a person: the account goes, a pseudonym stays where the person made or did something. */
import { notFound, Problem } from '../../kit/problem.ts'
import { rescopedRead, type Read, type Write } from '../../db/session.ts'
import { accessChanged } from '../../operations/access-changed.ts'
import { leadingRole, reachOf, requireAssignable } from '../reach.ts'
import { findUser } from '../user-store.ts'
import {
  eraseImpersonated,
  eraseInvitations,
  eraseInviter,
  invitationsOf,
  replaceUser,
  standingsOf,
} from './store.ts'

/** An address that nobody has: the domain is kept free for this (RFC 2606). */
const nowhere = '@erased.invalid'

export interface Erasable {
  email: string
  /** The invitations that went to this address. */
  invitation_ids: string[]
}

/**
 * The person, when the one who asks may let him be forgotten.
 * @throws Problem `not_found` also for one who was erased before, `erases_oneself`,
 *   `exceeds_own_rights`, `last_owner`
 */
export function requireErasable(read: Read, id: string): Erasable {
  const user = findUser(read, id)
  if (!user || user.email.endsWith(nowhere)) throw notFound('person', id)
  if (read.scope.actor.id === id) {
    throw new Problem('erases_oneself', 'The entry about it would name you again.')
  }
  const reach = reachOf(read)
  for (const { organization_id, role, holders } of standingsOf(read, id)) {
    const there = rescopedRead(read, { ...read.scope, organization_id })
    requireAssignable(there, role, reach)
    if (role !== leadingRole(read) || holders > 1) continue
    throw new Problem('last_owner', `This is the last ${role}.`, { role, organization_id })
  }
  return {
    email: user.email,
    invitation_ids: invitationsOf(read, user.email).map(({ id }) => id),
  }
}

/** @returns the address that stands in the place of the person's own */
export function erasePerson(
  tx: Write,
  id: string,
  { email }: Erasable,
  pseudonym: string,
): { email: string } {
  const address = pseudonym + nowhere
  replaceUser(tx, id, pseudonym, address)
  eraseInvitations(tx, email, address)
  eraseInviter(tx, id, pseudonym)
  eraseImpersonated(tx, id, pseudonym)
  tx.afterCommit(accessChanged)
  return { email: address }
}
