/** Whether a business may work now: active, read-only with a reason, or not there at all. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { findTenant } from './store.ts'

const scope = systemScope('tenants')

export function tenantState(
  data: DataFolder,
  tenant_id: string,
): { read_only: string | undefined } | undefined {
  const tenant = data.platform.read(scope, (read) => findTenant(read, tenant_id))
  if (!tenant || tenant.status === 'pending') return undefined
  const read_only = tenant.status === 'suspended' ? suspended(tenant.status_reason) : undefined
  return { read_only }
}

const suspended = (reason: string): string =>
  `This business is suspended and can only be read${reason && `: ${reason}`}.`
