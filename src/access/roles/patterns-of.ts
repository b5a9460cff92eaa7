/** What a role grants now, looked up in the very transaction that depends on it. */
import type { Read } from '../../db/session.ts'
import { roles, staff_roles, type Role, type StaffRole } from '../permissions.ts'
import { findMembership } from '../user-store.ts'
import { findRole } from './store.ts'

/**
 * @param organization_id whose role it is; empty for the operator's staff
 * @param role the name of a built-in role, or the id of one of the organization's own
 * @returns nothing for a role that is not there
 */
export function patternsOf(read: Read, organization_id: string, role: string): readonly string[] {
  if (!organization_id) return staff_roles[role as StaffRole] ?? []
  if (Object.hasOwn(roles, role)) return roles[role as Role]
  const row = findRole(read, organization_id, role)
  return row ? (JSON.parse(row.permissions) as string[]) : []
}

/** True when somebody can be given it. */
export function isRole(read: Read, organization_id: string, role: string): boolean {
  if (!organization_id) return Object.hasOwn(staff_roles, role)
  return Object.hasOwn(roles, role) || findRole(read, organization_id, role) !== undefined
}

/** What people call it: its own name where it is not built in. */
export function nameOfRole(read: Read, organization_id: string, role: string): string {
  if (!organization_id || Object.hasOwn(roles, role)) return role
  return findRole(read, organization_id, role)?.name ?? role
}

/** What somebody is in an organization, or among the staff. */
export interface Standing {
  /** As people call it. */
  role: string
  patterns: readonly string[]
}

/** Undefined for those who do not belong there. */
export function standingOf(
  read: Read,
  user_id: string,
  organization_id: string,
): Standing | undefined {
  const membership = findMembership(read, user_id, organization_id)
  if (!membership) return undefined
  const { role } = membership
  return {
    role: nameOfRole(read, organization_id, role),
    patterns: patternsOf(read, organization_id, role),
  }
}
