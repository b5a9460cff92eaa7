/** The organization a business works in unless it names another. */
import { assert } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { findDefaultOrganization } from './store.ts'

export function homeOrganization(read: Read): string {
  const found = findDefaultOrganization(read)
  assert(found, 'every business has a default organization')
  return found.id
}
