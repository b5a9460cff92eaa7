/** How many there are of what a plan gives a number of. */
import type { Limit } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'

const count = (read: Read, sql: string, ...values: string[]): number =>
  read.get<{ count: number }>(sql, ...values)!.count

/** In the tenant's file, and in the platform's where a business is known by its rows there. */
export const countsOf = (
  tenant: Read,
  platform: Read,
  tenant_id: string,
): Record<Limit, number> => ({
  seats: count(tenant, 'SELECT count(*) AS count FROM users'),
  organizations: count(
    tenant,
    'SELECT count(*) AS count FROM organizations WHERE archived_at IS NULL',
  ),
  webhook_endpoints: count(
    tenant,
    'SELECT count(*) AS count FROM webhook_endpoints WHERE removed_at IS NULL',
  ),
  custom_domains: count(
    platform,
    `SELECT count(*) AS count FROM domains
     WHERE tenant_id = ? AND kind = 'custom' AND state <> 'released'`,
    tenant_id,
  ),
  tenants: count(
    platform,
    `SELECT count(*) AS count FROM tenants t JOIN tenants me ON me.id = ?
     WHERE t.status <> 'deleted'
       AND coalesce(t.parent_id, t.id) = coalesce(me.parent_id, me.id)`,
    tenant_id,
  ),
})
