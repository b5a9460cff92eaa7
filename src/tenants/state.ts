/** Whether a business may work now: active, read-only with a reason, or not there at all. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { TenantAtGate } from '../access/token-guard.ts'
import { findTenant } from './store.ts'

const scope = systemScope('tenants')

export function tenantState(
  data: DataFolder,
  tenant_id: string,
): Omit<TenantAtGate, 'terms'> | undefined {
  const { tenant, parent } = data.platform.read(scope, (read) => {
    const tenant = findTenant(read, tenant_id)
    return { tenant, parent: tenant?.parent_id && findTenant(read, tenant.parent_id) }
  })
  if (!tenant || tenant.status === 'pending' || tenant.status === 'deleted') return undefined
  const { id, name, environment, kind, status, status_reason } = tenant
  const beside = parent && kind !== 'primary' ? { kind, name: parent.name } : undefined
  const read_only =
    status === 'suspended'
      ? suspended(status_reason)
      : status === 'closing'
        ? closing(tenant.closes_at!)
        : undefined
  return { id, name, environment, beside, read_only }
}

const suspended = (reason: string): string =>
  `This business is suspended and can only be read${reason && `: ${reason.replace(/\.$/, '')}`}.`

const closing = (closes_at: string): string =>
  `This business is closing: it can be read and exported until ${closes_at.slice(0, 10)}, and is erased then.`
