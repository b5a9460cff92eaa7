/** Opens the doors of a sandbox or a branch: those who lead the live business come over from there. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { tenantCreated } from './events.ts'
import { getTenant } from './read.ts'
import { setStatus } from './store.ts'

/** Nothing has to be set up there, and nobody is invited: it is at work at once. */
export function openSibling(tx: Write, id: string): void {
  setStatus(tx, id, 'active')
  emit(tx, tenantCreated, id, getTenant(tx, { id }))
  tx.afterCommit(accessChanged)
}
