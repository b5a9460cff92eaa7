/** Lets the operator look into, or work in, the file of one business through the same verbs. */
import { isId } from '../kit/id.ts'
import { notFound } from '../kit/problem.ts'
import type { Scope } from '../db/scope.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import type { Door } from './door.ts'
import { findHomeOrganization } from './store.ts'

/**
 * The business's file, and a scope in which the operator's people and tokens stand as staff, in its
 * default organization, and so reach all of it, under the terms of the business.
 * @throws Problem `not_found`
 */
export function insideTenant(
  door: Door,
  scope: Scope,
  tenant_id: unknown,
): { file: TenantFile; scope: Scope } {
  if (!isId('ten', tenant_id as string) || !door.data.tenants.exists(tenant_id as string)) {
    throw notFound('tenant', String(tenant_id))
  }
  const file = door.data.tenants.at(tenant_id as string)
  const organization_id = file.read(scope, findHomeOrganization)
  const actor = { ...scope.actor, kind: 'staff' as const }
  const terms = door.services.terms?.(file.tenant_id)
  return { file, scope: { ...scope, tenant_id: file.tenant_id, organization_id, actor, terms } }
}
