/** Looks up who was invited to an organization, or to the operator's staff. */
import { notFound } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import { nameOfRole } from '../roles/patterns-of.ts'
import type { Invitation, InvitationFilter } from './schema.ts'
import { findInvitation, listInvitationRows, type InvitationRow } from './store.ts'

/** @throws Problem `not_found` */
export function getInvitation(read: Read, { id }: { id: string }): Invitation {
  const row = findInvitation(read, id)
  if (!row) throw notFound('invitation', id)
  return toInvitation(read, row)
}

export function listInvitations(read: Read, filter: InvitationFilter) {
  const { rows, ...rest } = listInvitationRows(read, filter)
  return { data: rows.map((row) => toInvitation(read, row)), ...rest }
}

const toInvitation = (read: Read, row: InvitationRow): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  role_name: nameOfRole(read, row.organization_id, row.role),
  state: row.state === 'pending' && row.expires_at <= read.now ? 'expired' : row.state,
  invited_by_name: row.invited_by_name,
  send_count: row.send_count,
  sent_at: row.sent_at,
  expires_at: row.expires_at,
  accepted_at: row.accepted_at,
  accepted_by: row.accepted_by,
  revoked_at: row.revoked_at,
  version: row.version,
  created_at: row.created_at,
})
