/** Looks up the businesses on this installation. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { Tenant, TenantFilter } from './schema.ts'
import { findTenant, listTenantRows, type TenantRow } from './store.ts'

/** @throws Problem `not_found` */
export function getTenant(read: Read, { id }: { id: string }): Tenant {
  const row = findTenant(read, id)
  if (!row) throw notFound('tenant', id)
  return toTenant(row)
}

export function listTenants(read: Read, filter: TenantFilter) {
  const { rows, ...rest } = listTenantRows(read, filter)
  return { data: rows.map(toTenant), ...rest }
}

const toTenant = (row: TenantRow): Tenant => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  admin_email: row.admin_email,
  environment: row.environment,
  status: row.status,
  status_reason: row.status_reason,
  kind: row.kind,
  parent_id: row.parent_id,
  time_zone: row.time_zone,
  closes_at: row.closes_at,
  deleted_at: row.deleted_at,
  metadata: JSON.parse(row.metadata) as Record<string, string>,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
