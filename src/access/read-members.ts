/** Looks up who belongs to an organization, or to the operator's staff. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { nameOfRole } from './roles/patterns-of.ts'
import { hasSecondFactor } from './second-factor/store.ts'
import type { Member, MemberFilter } from './schema.ts'
import { findMember, listMemberRows, type MemberRow } from './user-store.ts'

/** @throws Problem `not_found` */
export function getMember(read: Read, { id }: { id: string }): Member {
  const row = findMember(read, id)
  if (!row) throw notFound('member', id)
  return toMember(read, row)
}

export function listMembers(read: Read, filter: MemberFilter) {
  const { rows, ...rest } = listMemberRows(read, filter)
  return { data: rows.map((row) => toMember(read, row)), ...rest }
}

const toMember = (read: Read, row: MemberRow): Member => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  role_name: nameOfRole(read, read.scope.organization_id, row.role),
  has_password: row.password_hash !== null,
  has_second_factor: hasSecondFactor(read, row.id),
  last_seen_at: row.last_seen_at,
  created_at: row.created_at,
})
