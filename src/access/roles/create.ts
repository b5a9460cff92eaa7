/** Makes a role of the organization's own, which never grants more than its maker has. */
import { Problem } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { roleCreated } from '../events.ts'
import { confirmLeadingPatterns, reachOf, requireGrantable } from '../reach.ts'
import { getRole } from './read.ts'
import type { NewRole, Role } from './schema.ts'
import { findRoleByName, insertRole } from './store.ts'

/** @throws Problem `exceeds_own_rights`, `step_up_required`, `duplicate_role` */
export function createRole(tx: Write, { name, summary = '', permissions }: NewRole): Role {
  requirePermissionsWithin(tx, permissions)
  confirmLeadingPatterns(tx, permissions)
  refuseTakenName(tx, name)
  const id = tx.id('rol')
  insertRole(tx, { id, name, summary, permissions: JSON.stringify(permissions) })
  const role = getRole(tx, { id })
  emit(tx, roleCreated, id, role)
  return role
}

/** What somebody grants by a role lasts, wherever from: a token's end and addresses do not count. */
export function requirePermissionsWithin(tx: Write, scopes: readonly string[]): void {
  const reach = { ...reachOf(tx), expires_at: null, allowed_ips: [] }
  requireGrantable(reach, { scopes, expires_at: null, allowed_ips: [] })
}

export function refuseTakenName(tx: Write, name: string, but_for_id = ''): void {
  const taken = findRoleByName(tx, name)
  if (!taken || taken.id === but_for_id) return
  throw new Problem('duplicate_role', `${taken.name} is another role.`, { role_id: taken.id })
}
