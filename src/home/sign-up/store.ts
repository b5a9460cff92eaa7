/** The rows of sign-ups in `platform.db`. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { SignUpFilter } from './schema.ts'

export interface SignUpRow {
  id: string
  business_name: string
  person_name: string
  email: string
  domain_preference: string
  password_hash: string
  state: 'pending' | 'founded' | 'revoked'
  tenant_id: string | null
  ip: string
  expires_at: string
  created_at: string
}

export const insertSignUp = (
  tx: Write,
  secret_hash: Uint8Array,
  row: Omit<SignUpRow, 'state' | 'tenant_id' | 'created_at'>,
): number =>
  tx.run(
    `INSERT INTO sign_ups (id, secret_hash, business_name, person_name, email, domain_preference,
       password_hash, state, ip, expires_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
    row.id,
    secret_hash,
    row.business_name,
    row.person_name,
    row.email,
    row.domain_preference,
    row.password_hash,
    row.ip,
    row.expires_at,
    tx.now,
  )

export const findSignUp = (read: Read, id: string): SignUpRow | undefined =>
  read.get<SignUpRow>('SELECT * FROM sign_ups WHERE id = ?', id)

export const findBySecret = (read: Read, secret_hash: Uint8Array): SignUpRow | undefined =>
  read.get<SignUpRow>('SELECT * FROM sign_ups WHERE secret_hash = ?', secret_hash)

/** How many were asked for under one address since then. */
export const countOfEmail = (read: Read, email: string, since: string): number =>
  read.get<{ n: number }>(
    'SELECT count(*) AS n FROM sign_ups WHERE email = ? AND created_at > ?',
    email,
    since,
  )!.n

/** @returns 0 when it was used, revoked, or has expired */
export const spendSignUp = (tx: Write, id: string, tenant_id: string): number =>
  tx.run(
    `UPDATE sign_ups SET state = 'founded', tenant_id = ?
     WHERE id = ? AND state = 'pending' AND expires_at > ?`,
    tenant_id,
    id,
    tx.now,
  )

export const setRevoked = (tx: Write, id: string): number =>
  tx.run("UPDATE sign_ups SET state = 'revoked', password_hash = '' WHERE id = ?", id)

export const emptyPassword = (tx: Write, id: string): number =>
  tx.run("UPDATE sign_ups SET password_hash = '' WHERE id = ?", id)

/** What nobody comes back to; whoever founded a business is known there. */
export const deleteSignUpsBefore = (tx: Write, before: string): number =>
  tx.run(
    `DELETE FROM sign_ups WHERE id IN
       (SELECT id FROM sign_ups WHERE created_at < ? ORDER BY created_at LIMIT 500)`,
    before,
  )

/** The hashes of those that are over, where a crash left one. */
export const emptyPasswordsOfEnded = (tx: Write): number =>
  tx.run(
    `UPDATE sign_ups SET password_hash = '' WHERE password_hash <> '' AND
       (expires_at <= ? OR tenant_id IN (SELECT id FROM tenants WHERE status <> 'pending'))`,
    tx.now,
  )

export const listSignUpRows = (read: Read, filter: SignUpFilter): Page<SignUpRow> => {
  const { state, email } = filter
  const stored = state === 'expired' ? 'pending' : state
  return listRows<SignUpRow>(read, filter, {
    select: '* FROM sign_ups',
    where: [
      ['state = ?', stored],
      ['email = ?', email],
      ['expires_at > ?', state === 'pending' ? read.now : undefined],
      ['expires_at <= ?', state === 'expired' ? read.now : undefined],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })
}
