/** Looks up the businesses on this installation. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { addressesOf } from '../domains/read.ts'
import type { Tenant, TenantFilter } from './schema.ts'
import { findTenant, listTenantRows, type TenantRow } from './store.ts'

/** @throws Problem `not_found` */
export function getTenant(read: Read, { id }: { id: string }): Tenant {
  const row = findTenant(read, id)
  if (!row) throw notFound('tenant', id)
  return toTenants(read, [row])[0]!
}

export function listTenants(read: Read, filter: TenantFilter) {
  const { rows, ...rest } = listTenantRows(read, filter)
  return { data: toTenants(read, rows), ...rest }
}

/** Whether it works with real carriers and real money. */
export const environmentOf = (read: Read, tenant_id: string): Tenant['environment'] | undefined =>
  findTenant(read, tenant_id)?.environment

/** `test-tenant` → `test_tenant`: the same name, as databases write it. */
const schemaName = (slug: string): string => slug.replaceAll('-', '_')

/** What stands in other tables is asked for once for all of them. */
function toTenants(read: Read, rows: readonly TenantRow[]): Tenant[] {
  const addresses = addressesOf(
    read,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    slug: row.slug,
    schema_name: schemaName(row.slug),
    ...addresses.get(row.id)!,
    plan: row.plan,
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
  }))
}
