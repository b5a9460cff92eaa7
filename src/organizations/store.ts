/** The rows of organizations. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { OrganizationFilter } from './schema.ts'

export interface OrganizationRow {
  id: string
  name: string
  slug: string
  is_default: 0 | 1
  archived_at: string | null
  metadata: string
  version: number
  created_at: string
  updated_at: string
}

export const findOrganization = (read: Read, id: string): OrganizationRow | undefined =>
  read.get<OrganizationRow>('SELECT * FROM organizations WHERE id = ?', id)

/** Those that are archived take no room. */
export const countOrganizations = (read: Read): number =>
  read.get<{ count: number }>(
    'SELECT count(*) AS count FROM organizations WHERE archived_at IS NULL',
  )!.count

export const insertOrganization = (
  tx: Write,
  row: Pick<OrganizationRow, 'id' | 'name' | 'slug' | 'is_default' | 'metadata'>,
): number =>
  tx.run(
    `INSERT INTO organizations (id, name, slug, is_default, metadata, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.name,
    row.slug,
    row.is_default,
    row.metadata,
    tx.now,
    tx.now,
  )

export const findDefaultOrganization = (read: Read): OrganizationRow | undefined =>
  read.get<OrganizationRow>('SELECT * FROM organizations WHERE is_default = 1')

/** There is exactly one: the old one steps down before the new one takes its place. */
export function setDefaultOrganization(tx: Write, from: string, to: string): void {
  const sql =
    'UPDATE organizations SET is_default = ?, version = version + 1, updated_at = ? WHERE id = ?'
  tx.run(sql, 0, tx.now, from)
  tx.run(sql, 1, tx.now, to)
}

export const findOrganizationBySlug = (read: Read, slug: string): OrganizationRow | undefined =>
  read.get<OrganizationRow>('SELECT * FROM organizations WHERE slug = ?', slug)

/** @param only the one organization that is visible; undefined for all */
export const listOrganizationRows = (
  read: Read,
  filter: OrganizationFilter,
  only: string | undefined,
): Page<OrganizationRow> => {
  const { search } = filter
  return listRows<OrganizationRow>(read, filter, {
    select: '* FROM organizations',
    where: [
      ['id = ?', only],
      // The one somebody works in is always shown to him.
      ['(archived_at IS NOT NULL) = ?', only ? undefined : filter.archived ? 1 : 0],
      ['(instr(lower(name), lower(?)) OR instr(slug, lower(?)))', search, search],
    ],
    sortable: { created_at: 'created_at', name: 'name' },
    default_sort: 'created_at',
    id: 'id',
  })
}

export const setArchived = (tx: Write, id: string, archived_at: string | null): number =>
  tx.run(
    `UPDATE organizations SET archived_at = ?, version = version + 1, updated_at = ? WHERE id = ?`,
    archived_at,
    tx.now,
    id,
  )

export const updateOrganization = (
  tx: Write,
  id: string,
  row: Pick<OrganizationRow, 'name' | 'slug' | 'metadata'>,
): number =>
  tx.run(
    `UPDATE organizations SET name = ?, slug = ?, metadata = ?,
       version = version + 1, updated_at = ? WHERE id = ?`,
    row.name,
    row.slug,
    row.metadata,
    tx.now,
    id,
  )
