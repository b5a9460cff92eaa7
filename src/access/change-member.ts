/** Gives a member another role, or ends the membership; somebody must stay the owner. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { memberRemoved, memberUpdated } from './events.ts'
import { confirmLeading, leadingRole, requireAssignable } from './reach.ts'
import { getMember } from './read-members.ts'
import type { Member } from './schema.ts'
import { deleteSessionsInOrganization } from './session-store.ts'
import { countWithRole, deleteMembership, setRole } from './user-store.ts'

/** @throws Problem `not_found`, `exceeds_own_rights`, `last_owner`, `step_up_required` */
export function changeMember(tx: Write, { id, role }: { id: string; role: string }): Member {
  const { role: before } = getMember(tx, { id })
  requireAssignable(tx, before)
  requireAssignable(tx, role)
  if (role !== before) refuseLastOwner(tx, before)
  confirmLeading(tx, role)
  setRole(tx, id, role)
  tx.afterCommit(accessChanged)
  const member = getMember(tx, { id })
  emit(tx, memberUpdated, id, member)
  return member
}

/** The person is signed out of this organization at once. @throws Problem as `changeMember` */
export function removeMember(tx: Write, { id }: { id: string }): Member {
  const member = getMember(tx, { id })
  requireAssignable(tx, member.role)
  return endMembership(tx, member)
}

/** Whoever decides it: others, or the person who leaves. @throws Problem `last_owner` */
export function endMembership(tx: Write, member: Member): Member {
  const { id } = member
  refuseLastOwner(tx, member.role)
  deleteSessionsInOrganization(tx, id)
  deleteMembership(tx, id)
  tx.afterCommit(accessChanged)
  emit(tx, memberRemoved, id, member)
  return member
}

function refuseLastOwner(tx: Write, role: string): void {
  if (role !== leadingRole(tx) || countWithRole(tx, role) > 1) return
  throw new Problem('last_owner', `This is the last ${role}.`, { role })
}
