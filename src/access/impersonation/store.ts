/** The business's own rows of who of the operator's staff looked through a member's eyes. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { SupportVisitFilter } from './schema.ts'

export interface SupportVisitRow {
  id: string
  user_id: string
  user_name: string
  staff_id: string
  staff_name: string
  reason: string
  read_only: 0 | 1
  started_at: string
  expires_at: string
  ended_at: string | null
  ended_by: string | null
}

export const insertVisit = (
  tx: Write,
  row: Omit<SupportVisitRow, 'started_at' | 'ended_at' | 'ended_by'>,
): number =>
  tx.run(
    `INSERT INTO impersonations (id, organization_id, user_id, user_name, staff_id, staff_name,
       reason, read_only, started_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.user_id,
    row.user_name,
    row.staff_id,
    row.staff_name,
    row.reason,
    row.read_only,
    tx.now,
    row.expires_at,
  )

export const findVisit = (read: Read, id: string): SupportVisitRow | undefined =>
  read.get<SupportVisitRow>('SELECT * FROM impersonations WHERE id = ?', id)

/** @returns 0 when it was over already */
export const closeVisit = (tx: Write, id: string, ended_by: string): number =>
  tx.run(
    `UPDATE impersonations SET ended_at = ?, ended_by = ?
     WHERE id = ? AND ended_at IS NULL AND expires_at > ?`,
    tx.now,
    ended_by,
    id,
    tx.now,
  )

export const openVisits = (read: Read): SupportVisitRow[] =>
  read.all<SupportVisitRow>(
    'SELECT * FROM impersonations WHERE ended_at IS NULL AND expires_at > ? LIMIT 1000',
    read.now,
  )

export const listVisitRows = (read: Read, filter: SupportVisitFilter): Page<SupportVisitRow> =>
  listRows<SupportVisitRow>(read, filter, {
    select: '* FROM impersonations',
    where: [],
    sortable: { started_at: 'started_at' },
    default_sort: '-started_at',
    id: 'id',
  })

export interface Person {
  id: string
  name: string
  email: string
}

/** Members of an organization in one role, those who joined first in front. */
export const peopleInRole = (read: Read, organization_id: string, role: string): Person[] =>
  read.all<Person>(
    `SELECT u.id, u.name, u.email FROM memberships m JOIN users u ON u.id = m.user_id
     WHERE m.organization_id = ? AND m.role = ? ORDER BY m.created_at, u.id LIMIT 100`,
    organization_id,
    role,
  )
