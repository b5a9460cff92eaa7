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
  plan: string
  closes_at: string | null
  deleted_at: string | null
  metadata: string
  version: number
  created_at: string
  updated_at: string
}

const payer = 'coalesce(t.parent_id, t.id)'

/** A sandbox or a branch has the plan of its business, looked up in the index of those that are open. */
const columns = `t.*, coalesce((SELECT p.code FROM subscriptions s JOIN plans p ON p.id = s.plan_id
    WHERE s.tenant_id = ${payer} AND s.until_at IS NULL), 'unlimited') AS plan
  FROM tenants t`

const on_plan = `SELECT s.tenant_id FROM subscriptions s JOIN plans p ON p.id = s.plan_id
  WHERE s.until_at IS NULL`

export const findTenant = (read: Read, id: string): TenantRow | undefined =>
  read.get<TenantRow>(`SELECT ${columns} WHERE t.id = ?`, id)

export const insertTenant = (
  tx: Write,
  row: Pick<
    TenantRow,
    | 'id'
    | 'name'
    | 'slug'
    | 'admin_email'
    | 'environment'
    | 'kind'
    | 'parent_id'
    | 'time_zone'
    | 'metadata'
  >,
): number =>
  tx.run(
    `INSERT INTO tenants (id, name, slug, admin_email, environment, kind, parent_id, time_zone,
       status, metadata, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
    row.id,
    row.name,
    row.slug,
    row.admin_email,
    row.environment,
    row.kind,
    row.parent_id,
    row.time_zone,
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

export const isSlugTaken = (read: Read, slug: string): boolean =>
  read.get('SELECT 1 FROM tenants WHERE slug = ?', slug) !== undefined

export const listTenantRows = (read: Read, filter: TenantFilter): Page<TenantRow> => {
  const { search, plan } = filter
  const without = plan === 'unlimited'
  return listRows<TenantRow>(read, filter, {
    select: columns,
    where: [
      ['t.status = ?', filter.status],
      ['t.environment = ?', filter.environment],
      ['t.kind = ?', filter.kind],
      [`${payer} NOT IN (${on_plan}) AND ?`, without ? 1 : undefined],
      [`${payer} IN (${on_plan} AND p.code = ?)`, without ? undefined : plan],
      [
        `(instr(lower(t.name), lower(?)) OR instr(t.slug, lower(?))
          OR instr(lower(t.admin_email), lower(?)))`,
        search,
        search,
        search,
      ],
    ],
    sortable: { created_at: 't.created_at', name: 't.name' },
    default_sort: '-created_at',
    id: 't.id',
  })
}

export const updateTenant = (
  tx: Write,
  id: string,
  row: Pick<TenantRow, 'name' | 'admin_email' | 'time_zone' | 'metadata'>,
): number =>
  tx.run(
    `UPDATE tenants SET name = ?, admin_email = ?, time_zone = ?, metadata = ?,
       version = version + 1, updated_at = ? WHERE id = ?`,
    row.name,
    row.admin_email,
    row.time_zone,
    row.metadata,
    tx.now,
    id,
  )

export const listPendingIds = (read: Read): string[] =>
  read
    .all<{ id: string }>("SELECT id FROM tenants WHERE status = 'pending' ORDER BY id")
    .map(({ id }) => id)

/** A sign-up that led to it can be confirmed again. */
export const reopenSignUp = (tx: Write, id: string): number =>
  tx.run("UPDATE sign_ups SET state = 'pending' WHERE tenant_id = ? AND state = 'founded'", id)

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

export const findFounding = (read: Read, attempt_id: string, since: string): string | undefined =>
  read.get<{ tenant_id: string }>(
    'SELECT tenant_id FROM foundings WHERE attempt_id = ? AND created_at > ?',
    attempt_id,
    since,
  )?.tenant_id

export const insertFounding = (tx: Write, attempt_id: string, tenant_id: string): number =>
  tx.run(
    'INSERT INTO foundings (attempt_id, tenant_id, created_at) VALUES (?, ?, ?)',
    attempt_id,
    tenant_id,
    tx.now,
  )

/** A retry comes soon or never; a few old ones go with every new one. */
export const deleteFoundingsBefore = (tx: Write, before: string): number =>
  tx.run(
    `DELETE FROM foundings WHERE attempt_id IN
       (SELECT attempt_id FROM foundings WHERE created_at <= ? LIMIT 20)`,
    before,
  )

export const insertWish = (
  tx: Write,
  organization_id: string,
  kind: 'carrier' | 'feature',
  name: string,
): number =>
  tx.run(
    'INSERT INTO set_up_wishes (organization_id, kind, name) VALUES (?, ?, ?)',
    organization_id,
    kind,
    name,
  )

/** The first owner of a business, in the business's own file. */
export const findOwner = (read: Read): { user_id: string; organization_id: string } | undefined =>
  read.get(
    `SELECT m.user_id, m.organization_id FROM memberships m
     JOIN organizations o ON o.id = m.organization_id
     WHERE o.is_default = 1 AND m.role = 'owner' ORDER BY m.created_at, m.user_id LIMIT 1`,
  )

/** Businesses whose people are still setting up, in order, after one of them. */
export const listOnboarding = (read: Read, after: string, limit: number): string[] =>
  read
    .all<{ id: string }>(
      "SELECT id FROM tenants WHERE status = 'onboarding' AND id > ? ORDER BY id LIMIT ?",
      after,
      limit,
    )
    .map(({ id }) => id)
