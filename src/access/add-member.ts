/** Adds a person to an organization, or to the operator's staff. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { memberAdded } from './events.ts'
import { confirmLeading, requireAssignable } from './reach.ts'
import { getMember } from './read-members.ts'
import type { AddedMember, Member, MemberWish } from './schema.ts'
import { requireSeat } from './seats.ts'
import { offerSetupLink, setupPath } from './setup-link.ts'
import { findMembership, findUserByEmail, insertMembership, insertUser } from './user-store.ts'

/**
 * A person who is new to this business gets a set-up link. One who has an account is invited instead:
 * whoever made that account may not be who reads the mailbox, and only the mailbox can tell.
 * @throws Problem `exceeds_own_rights`, `step_up_required`, `limit_reached`, `member_exists`,
 *   `person_known`
 */
export function addMember(tx: Write, wish: MemberWish): AddedMember {
  requireAssignable(tx, wish.role)
  confirmLeading(tx, wish.role)
  const known = findUserByEmail(tx, wish.email)
  if (known && !findMembership(tx, known.id, tx.scope.organization_id)) {
    const detail = `${wish.email} has an account already: send an invitation to it.`
    throw new Problem('person_known', detail)
  }
  requireSeat(tx, wish.email)
  const member = joinOrganization(tx, { ...wish, password_hash: null })
  const { secret } = offerSetupLink(tx, member.id)
  return { ...member, setup_path: setupPath(tx.scope.tenant_id, secret) }
}

/** As `enrolMember`, and tells. @throws Problem `member_exists` */
export function joinOrganization(tx: Write, wish: Enrolment): Member {
  const member = getMember(tx, { id: enrolMember(tx, wish) })
  emit(tx, memberAdded, member.id, member)
  return member
}

export interface Enrolment extends MemberWish {
  /** From `hashPassword`; null for a person who is yet to choose one. */
  password_hash: string | null
}

/**
 * Makes the user where there is none, and the membership in the scope's organization. For those who
 * decide themselves who may: the founding of a business, the demo.
 * @returns the id of the user
 * @throws Problem `member_exists`
 */
export function enrolMember(tx: Write, wish: Enrolment): string {
  const { organization_id } = tx.scope
  const known = findUserByEmail(tx, wish.email)
  if (known && findMembership(tx, known.id, organization_id)) {
    throw new Problem('member_exists', `${wish.email} is a member already.`, {
      member_id: known.id,
    })
  }
  const id = known?.id ?? tx.id('usr')
  if (!known) insertUser(tx, { ...wish, id })
  insertMembership(tx, id, organization_id, wish.role)
  return id
}

/** Whoever founds an organization owns it; a token or the system founds it for others. */
export function ownOrganization(tx: Write, organization_id: string): void {
  const { actor } = tx.scope
  if (actor.kind === 'user') insertMembership(tx, actor.id, organization_id, 'owner')
}
