/** Changes what is known about a business. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { emit } from '../events/emit.ts'
import { tenantUpdated } from './events.ts'
import { getTenant } from './read.ts'
import type { Tenant, TenantChange } from './schema.ts'
import { updateTenant } from './store.ts'
import { requireTimeZone } from './time-zone.ts'

/** A field that is absent stays as it is. @throws Problem `not_found`, `conflict`, `invalid` */
export function changeTenant(tx: Write, { id, ...change }: TenantChange & { id: string }): Tenant {
  const before = getTenant(tx, { id })
  if (before.status === 'deleted') throw new Problem('conflict', 'This business was erased.')
  const { name, admin_email, time_zone, metadata } = { ...before, ...change }
  requireTimeZone(time_zone)
  updateTenant(tx, id, { name, admin_email, time_zone, metadata: JSON.stringify(metadata) })
  const tenant = getTenant(tx, { id })
  emit(tx, tenantUpdated, id, tenant)
  tx.afterCommit(accessChanged)
  return tenant
}
