/** Calls a business active: its owner has come in, and what it needs is there. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { tenantActivated } from './events.ts'
import { getTenant } from './read.ts'
import { setStatus } from './store.ts'

/** @returns 1 when it was onboarding until now, else 0 */
export function activateTenant(tx: Write, id: string): number {
  if (getTenant(tx, { id }).status !== 'onboarding') return 0
  setStatus(tx, id, 'active')
  emit(tx, tenantActivated, id, getTenant(tx, { id }))
  tx.afterCommit(accessChanged)
  return 1
}
