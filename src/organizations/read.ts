/** Looks up the organizations of a business. */
import { notFound, Problem } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { reachOf } from '../access/reach.ts'
import type { Organization, OrganizationFilter } from './schema.ts'
import { findOrganization, listOrganizationRows, type OrganizationRow } from './store.ts'

/** @throws Problem `not_found` also for an organization beyond the caller's reach */
export function getOrganization(read: Read, { id }: { id: string }): Organization {
  const row = findOrganization(read, id)
  const visible = row && (id === read.scope.organization_id || reachOf(read).wide)
  if (!visible) throw notFound('organization', id)
  return toOrganization(row)
}

/** Those who lead the business see all organizations, others their own. */
export function listOrganizations(read: Read, filter: OrganizationFilter) {
  const only = reachOf(read).wide ? undefined : read.scope.organization_id
  const { rows, ...rest } = listOrganizationRows(read, filter, only)
  return { data: rows.map(toOrganization), ...rest }
}

/** @throws Problem `not_found`, `organization_archived` */
export function getOpenOrganization(read: Read, { id }: { id: string }): Organization {
  const organization = getOrganization(read, { id })
  if (!organization.archived_at) return organization
  throw new Problem('organization_archived', `${organization.name} is archived.`)
}

export const toOrganization = (row: OrganizationRow): Organization => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  is_default: row.is_default === 1,
  archived_at: row.archived_at,
  metadata: JSON.parse(row.metadata) as Record<string, string>,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
