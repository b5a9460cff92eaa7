/** Changes what is known about a business, suspends it, or lets it go on. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { emit, type EventType } from '../events/emit.ts'
import { tenantResumed, tenantSuspended, tenantUpdated } from './events.ts'
import { getTenant } from './read.ts'
import type { Suspension, Tenant, TenantChange } from './schema.ts'
import { setStatus, updateTenant } from './store.ts'

/** A field that is absent stays as it is. @throws Problem `not_found` */
export function changeTenant(tx: Write, { id, ...change }: TenantChange & { id: string }): Tenant {
  const { name, admin_email, metadata } = { ...getTenant(tx, { id }), ...change }
  updateTenant(tx, id, { name, admin_email, metadata: JSON.stringify(metadata) })
  return tell(tx, id, tenantUpdated)
}

/** From now on it can only be read, by its people and its tokens. @throws Problem `conflict` */
export function suspendTenant(tx: Write, { id, reason }: Suspension & { id: string }): Tenant {
  refusePending(tx, id)
  setStatus(tx, id, 'suspended', reason ?? '')
  return tell(tx, id, tenantSuspended)
}

/** @throws Problem `conflict` */
export function resumeTenant(tx: Write, { id }: { id: string }): Tenant {
  refusePending(tx, id)
  setStatus(tx, id, 'active')
  return tell(tx, id, tenantResumed)
}

function refusePending(tx: Write, id: string): void {
  if (getTenant(tx, { id }).status !== 'pending') return
  throw new Problem('conflict', 'This business is still being founded.')
}

function tell(tx: Write, id: string, event: EventType): Tenant {
  const tenant = getTenant(tx, { id })
  emit(tx, event, id, tenant)
  tx.afterCommit(accessChanged)
  return tenant
}
