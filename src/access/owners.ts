/** Who owns an organization, whichever the caller works in. */
import type { Read } from '../db/session.ts'
import { countWithRole, findMembership } from './user-store.ts'

export const countOwners = (read: Read, organization_id: string): number =>
  countWithRole(read, 'owner', organization_id)

export const isOwnerOf = (read: Read, user_id: string, organization_id: string): boolean =>
  findMembership(read, user_id, organization_id)?.role === 'owner'
