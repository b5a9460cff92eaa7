/** Changes a role: everybody who has it may do the new things, and no others, from now on. */
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { accessChanged } from '../../operations/access-changed.ts'
import { roleUpdated } from '../events.ts'
import { confirmLeadingPatterns } from '../reach.ts'
import { refuseTakenName, requirePermissionsWithin } from './create.ts'
import { getRole } from './read.ts'
import type { Role, RoleChange } from './schema.ts'
import { updateRole } from './store.ts'

/**
 * A field that is absent stays as it is. Nobody changes a role that is stronger than himself.
 * @throws Problem `not_found`, `exceeds_own_rights`, `step_up_required`, `duplicate_role`
 */
export function changeRole(tx: Write, { id, ...change }: RoleChange & { id: string }): Role {
  const before = getRole(tx, { id })
  const { name, summary, permissions } = { ...before, ...change }
  requirePermissionsWithin(tx, before.permissions)
  requirePermissionsWithin(tx, permissions)
  confirmLeadingPatterns(tx, permissions)
  refuseTakenName(tx, name, id)
  updateRole(tx, id, { name, summary, permissions: JSON.stringify(permissions) })
  tx.afterCommit(accessChanged)
  const role = getRole(tx, { id })
  emit(tx, roleUpdated, id, role)
  return role
}
