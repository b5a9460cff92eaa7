/** Moves a business between active and restricted: by what is past due, and by nothing else. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { getTenant } from '../tenants/read.ts'
import type { Tenant } from '../tenants/schema.ts'
import { tenantRestricted, tenantUnrestricted } from './events.ts'
import { hasPastDue } from './requirements/store.ts'
import { setLife } from './store.ts'

/** What a business becomes that would otherwise work as it did. */
export const standingOf = (
  tx: Write,
  tenant_id: string,
  normal: 'onboarding' | 'active',
): 'onboarding' | 'active' | 'restricted' =>
  normal === 'active' && hasPastDue(tx, tenant_id) ? 'restricted' : normal

/**
 * Call it after every change of what is required. A business that is being set up, suspended or
 * closing stays in that state; what it may not use is refused all the same.
 */
export function settleStanding(tx: Write, tenant_id: string): Tenant {
  tx.afterCommit(accessChanged)
  const tenant = getTenant(tx, { id: tenant_id })
  if (tenant.status !== 'active' && tenant.status !== 'restricted') return tenant
  const status = standingOf(tx, tenant_id, 'active')
  if (status === tenant.status) return tenant
  const status_reason = status === 'restricted' ? 'Something that is required is past due.' : ''
  setLife(tx, tenant_id, { status, status_reason })
  const settled = getTenant(tx, { id: tenant_id })
  emit(tx, status === 'restricted' ? tenantRestricted : tenantUnrestricted, tenant_id, settled)
  return settled
}
