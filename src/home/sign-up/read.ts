/** Looks up those who want to found a business. */
import { notFound } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import type { SignUp, SignUpFilter } from './schema.ts'
import { findSignUp, listSignUpRows, type SignUpRow } from './store.ts'

/** @throws Problem `not_found` */
export function getSignUp(read: Read, { id }: { id: string }): SignUp {
  const row = findSignUp(read, id)
  if (!row) throw notFound('sign-up', id)
  return toSignUp(row, read.now)
}

export function listSignUps(read: Read, filter: SignUpFilter) {
  const { rows, ...rest } = listSignUpRows(read, filter)
  return { data: rows.map((row) => toSignUp(row, read.now)), ...rest }
}

const toSignUp = (row: SignUpRow, now: string): SignUp => ({
  id: row.id,
  business_name: row.business_name,
  person_name: row.person_name,
  email: row.email,
  domain_preference: row.domain_preference,
  state: row.state === 'pending' && row.expires_at <= now ? 'expired' : row.state,
  tenant_id: row.tenant_id,
  ip: row.ip,
  expires_at: row.expires_at,
  created_at: row.created_at,
})
