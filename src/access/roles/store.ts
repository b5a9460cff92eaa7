/** The rows of an organization's own roles. Staff have none: theirs are built in. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { RoleFilter } from './schema.ts'

export interface RoleRow {
  id: string
  name: string
  summary: string
  permissions: string
  version: number
  created_at: string
  updated_at: string
}

export const findRole = (read: Read, organization_id: string, id: string): RoleRow | undefined =>
  read.get<RoleRow>('SELECT * FROM roles WHERE organization_id = ? AND id = ?', organization_id, id)

export const findRoleByName = (read: Read, name: string): RoleRow | undefined =>
  read.get<RoleRow>(
    'SELECT * FROM roles WHERE organization_id = ? AND name = ?',
    read.scope.organization_id,
    name,
  )

export const listRoleRows = (read: Read, filter: RoleFilter): Page<RoleRow> =>
  listRows<RoleRow>(read, filter, {
    select: '* FROM roles',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['instr(lower(name), lower(?))', filter.search],
    ],
    sortable: { name: 'name' },
    default_sort: 'name',
    id: 'id',
  })

export const insertRole = (
  tx: Write,
  row: Pick<RoleRow, 'id' | 'name' | 'summary' | 'permissions'>,
): number =>
  tx.run(
    `INSERT INTO roles (id, organization_id, name, summary, permissions, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.name,
    row.summary,
    row.permissions,
    tx.now,
    tx.now,
  )

export const updateRole = (
  tx: Write,
  id: string,
  row: Pick<RoleRow, 'name' | 'summary' | 'permissions'>,
): number =>
  tx.run(
    `UPDATE roles SET name = ?, summary = ?, permissions = ?,
       version = version + 1, updated_at = ? WHERE id = ?`,
    row.name,
    row.summary,
    row.permissions,
    tx.now,
    id,
  )

export const deleteRole = (tx: Write, id: string): number =>
  tx.run('DELETE FROM roles WHERE id = ?', id)
