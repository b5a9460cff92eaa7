/** The rows of tenants in `platform.db`. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { Tenant, TenantFilter } from './schema.ts'

export interface TenantRow {
  id: string
  name: string
  slug: string
  admin_email: string
  environment: 'sandbox' | 'live'
  status: Tenant['status']
  status_reason: string
  kind: Tenant['kind']
  parent_id: string | null
  time_zone: string
  closes_at: string | null
  deleted_at: string | null
  metadata: string
  version: number
  created_at: string
  updated_at: string
}

export const findTenant = (read: Read, id: string): TenantRow | undefined =>
  read.get<TenantRow>('SELECT * FROM tenants WHERE id = ?', id)

export const insertTenant = (
  tx: Write,
  row: Pick<TenantRow, 'id' | 'name' | 'slug' | 'admin_email' | 'environment' | 'metadata'>,
): number =>
  tx.run(
    `INSERT INTO tenants (id, name, slug, admin_email, environment, status, metadata,
       created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
    row.id,
    row.name,
    row.slug,
    row.admin_email,
    row.environment,
    row.metadata,
    tx.now,
    tx.now,
  )

export const setStatus = (
  tx: Write,
  id: string,
  status: TenantRow['status'],
  reason = '',
): number =>
  tx.run(
    `UPDATE tenants SET status = ?, status_reason = ?, version = version + 1, updated_at = ?
     WHERE id = ?`,
    status,
    reason,
    tx.now,
    id,
  )

export const findTenantBySlug = (read: Read, slug: string): TenantRow | undefined =>
  read.get<TenantRow>('SELECT * FROM tenants WHERE slug = ?', slug)

export const listTenantRows = (read: Read, filter: TenantFilter): Page<TenantRow> => {
  const { search } = filter
  return listRows<TenantRow>(read, filter, {
    select: '* FROM tenants',
    where: [
      ['status = ?', filter.status],
      ['environment = ?', filter.environment],
      [
        `(instr(lower(name), lower(?)) OR instr(slug, lower(?))
          OR instr(lower(admin_email), lower(?)))`,
        search,
        search,
        search,
      ],
    ],
    sortable: { created_at: 'created_at', name: 'name' },
    default_sort: '-created_at',
    id: 'id',
  })
}

export const updateTenant = (
  tx: Write,
  id: string,
  row: Pick<TenantRow, 'name' | 'admin_email' | 'metadata'>,
): number =>
  tx.run(
    `UPDATE tenants SET name = ?, admin_email = ?, metadata = ?,
       version = version + 1, updated_at = ? WHERE id = ?`,
    row.name,
    row.admin_email,
    row.metadata,
    tx.now,
    id,
  )

export const listPendingIds = (read: Read): string[] =>
  read
    .all<{ id: string }>("SELECT id FROM tenants WHERE status = 'pending' ORDER BY id")
    .map(({ id }) => id)

export const deletePending = (tx: Write, id: string): number =>
  tx.run("DELETE FROM tenants WHERE id = ? AND status = 'pending'", id)

/** Ids of businesses that have a file, in order, after one of them. */
export const listIdsAfter = (read: Read, after: string, limit: number): string[] =>
  read
    .all<{ id: string }>(
      "SELECT id FROM tenants WHERE id > ? AND status NOT IN ('pending', 'deleted') ORDER BY id LIMIT ?",
      after,
      limit,
    )
    .map(({ id }) => id)
