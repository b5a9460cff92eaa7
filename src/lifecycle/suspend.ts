/** Suspends a business, so that it can only be read, and lets it go on. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit, type EventType } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { getTenant } from '../tenants/read.ts'
import type { Tenant } from '../tenants/schema.ts'
import { tenantResumed, tenantSuspended } from './events.ts'
import type { Suspension } from './schema.ts'
import { standingOf } from './standing.ts'
import { deletePause, findPause, putPause, setLife } from './store.ts'

/**
 * From now on it can only be read, by its people and its tokens. Suspending it again changes the
 * reason.
 * @throws Problem `not_found`, `conflict` while it is being founded or closing, and when it is erased
 */
export function suspendTenant(tx: Write, { id, reason }: Suspension & { id: string }): Tenant {
  const tenant = requireLiving(tx, id)
  if (tenant.status === 'closing') throw closingAlready()
  if (tenant.status !== 'suspended') {
    const resumes_as = tenant.status === 'onboarding' ? 'onboarding' : 'active'
    putPause(tx, { tenant_id: id, resumes_as, asked_by: 'operator', told_days: null })
  }
  setLife(tx, id, { status: 'suspended', status_reason: reason ?? '' })
  return tellLife(tx, id, tenantSuspended)
}

/** @throws Problem `not_found`, `conflict` unless it is suspended */
export function resumeTenant(tx: Write, { id }: { id: string }): Tenant {
  const tenant = requireLiving(tx, id)
  if (tenant.status !== 'suspended') {
    throw new Problem('conflict', `This business is ${tenant.status}, not suspended.`)
  }
  const normal = findPause(tx, id)?.resumes_as === 'onboarding' ? 'onboarding' : 'active'
  deletePause(tx, id)
  setLife(tx, id, { status: standingOf(tx, id, normal) })
  return tellLife(tx, id, tenantResumed)
}

/** @throws Problem `not_found`, `conflict` when it is not there yet, or no more */
export function requireLiving(tx: Write, id: string): Tenant {
  const tenant = getTenant(tx, { id })
  if (tenant.status === 'pending') {
    throw new Problem('conflict', 'This business is still being founded.')
  }
  if (tenant.status === 'deleted') throw new Problem('conflict', 'This business was erased.')
  return tenant
}

export const closingAlready = (): Problem =>
  new Problem('conflict', 'This business is closing: reopen it first.')

/** Tells of a change of its life, and makes the gate look anew. */
export function tellLife(tx: Write, id: string, event: EventType): Tenant {
  const tenant = getTenant(tx, { id })
  emit(tx, event, id, tenant)
  tx.afterCommit(accessChanged)
  return tenant
}
