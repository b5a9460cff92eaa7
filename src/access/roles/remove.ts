/** Removes a role that nobody has and nobody was invited to. */
import { Problem } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { roleRemoved } from '../events.ts'
import { countOpenWithRole } from '../invitations/store.ts'
import { requirePermissionsWithin } from './create.ts'
import { getRole } from './read.ts'
import type { Role } from './schema.ts'
import { deleteRole } from './store.ts'

/** @throws Problem `not_found`, `exceeds_own_rights`, `role_in_use` */
export function removeRole(tx: Write, { id }: { id: string }): Role {
  const role = getRole(tx, { id })
  requirePermissionsWithin(tx, role.permissions)
  const invited = countOpenWithRole(tx, id)
  if (role.member_count + invited > 0) {
    throw new Problem(
      'role_in_use',
      `${role.member_count} people have this role and ${invited} are invited to it.`,
      { members: role.member_count, invited },
    )
  }
  deleteRole(tx, id)
  emit(tx, roleRemoved, id, role)
  return role
}
