/** Looks up the roles of an organization: those that are built in, and its own. */
import { notFound } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import { role_names, role_summaries, roles, type Role as BuiltIn } from '../permissions.ts'
import { countWithRole } from '../user-store.ts'
import type { Role, RoleFilter } from './schema.ts'
import { findRole, listRoleRows, type RoleRow } from './store.ts'

/** @throws Problem `not_found` */
export function getRole(read: Read, { id }: { id: string }): Role {
  const row = findRole(read, read.scope.organization_id, id)
  if (!row) throw notFound('role', id)
  return toRole(read, row)
}

/** The built-in roles stand on the first page, before the organization's own. */
export function listRoles(read: Read, filter: RoleFilter) {
  const { rows, ...rest } = listRoleRows(read, filter)
  const wanted = filter.search?.toLowerCase() ?? ''
  const built_in = filter.cursor ? [] : role_names.filter((name) => name.includes(wanted))
  const data = [
    ...built_in.map((name) => builtIn(read, name)),
    ...rows.map((row) => toRole(read, row)),
  ]
  return { data, ...rest }
}

const builtIn = (read: Read, name: BuiltIn): Role => ({
  id: name,
  name,
  summary: role_summaries[name],
  permissions: [...roles[name]],
  is_built_in: true,
  member_count: countWithRole(read, name),
  version: 1,
  created_at: null,
  updated_at: null,
})

const toRole = (read: Read, row: RoleRow): Role => ({
  id: row.id,
  name: row.name,
  summary: row.summary,
  permissions: JSON.parse(row.permissions) as string[],
  is_built_in: false,
  member_count: countWithRole(read, row.id),
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
