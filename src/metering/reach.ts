/** How far the one who asks about the business sees. */
import { Problem } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { homeOf } from './store.ts'

/**
 * The default organization is the business itself. Who has chosen another one sees that alone.
 * @returns the one organization, undefined for all of the business
 */
export function confinedTo(read: Read): string | undefined {
  const { organization_id } = read.scope
  return organization_id === homeOf(read) ? undefined : organization_id
}

/** @throws Problem `forbidden` */
export function requireWhole(read: Read): void {
  if (confinedTo(read) === undefined) return
  throw new Problem('forbidden', 'This is of the whole business: choose no organization.')
}
