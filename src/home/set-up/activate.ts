/** Calls a business active as soon as its owner has come in and the required steps are done. */
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import { homeOrganization } from '../../organizations/home.ts'
import { activateTenant } from '../../tenants/activate.ts'
import { listSteps } from './read.ts'

const scope = systemScope('set-up')

/** @returns 1 when it became active with this, else 0 */
export async function activateWhenReady(data: DataFolder, tenant_id: string): Promise<number> {
  const file = data.tenants.at(tenant_id)
  const organization_id = file.read(scope, homeOrganization)
  const steps = file.read({ ...scope, tenant_id, organization_id }, listSteps)
  if (steps.some(({ required, done }) => required && !done)) return 0
  return data.platform.write(scope, (tx) => activateTenant(tx, tenant_id))
}
