/** The rows of invitations; the same in a tenant's file and in the platform's. */
import { listRows, type Condition, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { InvitationFilter } from './schema.ts'

export interface InvitationRow {
  id: string
  organization_id: string
  email: string
  role: string
  state: 'pending' | 'accepted' | 'revoked'
  invited_by: string
  invited_by_name: string
  send_count: number
  sent_at: string
  expires_at: string
  accepted_at: string | null
  accepted_by: string | null
  revoked_at: string | null
  version: number
  created_at: string
}

const columns = `id, organization_id, email, role, state, invited_by, invited_by_name, send_count,
  sent_at, expires_at, accepted_at, accepted_by, revoked_at, version, created_at`

export const findInvitation = (read: Read, id: string): InvitationRow | undefined =>
  read.get<InvitationRow>(
    `SELECT ${columns} FROM invitations WHERE organization_id = ? AND id = ?`,
    read.scope.organization_id,
    id,
  )

export const findInvitationBySecret = (
  read: Read,
  secret_hash: Uint8Array,
): InvitationRow | undefined =>
  read.get<InvitationRow>(`SELECT ${columns} FROM invitations WHERE secret_hash = ?`, secret_hash)

/** The one that is open or has expired: there is one for each address. */
export const findPending = (read: Read, email: string): InvitationRow | undefined =>
  read.get<InvitationRow>(
    `SELECT ${columns} FROM invitations
     WHERE organization_id = ? AND email = ? AND state = 'pending'`,
    read.scope.organization_id,
    email,
  )

export const listInvitationRows = (read: Read, filter: InvitationFilter): Page<InvitationRow> => {
  const { search } = filter
  return listRows<InvitationRow>(read, filter, {
    select: `${columns} FROM invitations`,
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['email BETWEEN ? AND ?', search, search && `${search}\u{10ffff}`],
      stateIs(filter.state, read.now),
    ],
    sortable: { created_at: 'created_at', email: 'email' },
    default_sort: '-created_at',
    id: 'id',
  })
}

/** Whether a pending one has expired is a matter of the time. */
function stateIs(state: InvitationFilter['state'], now: string): Condition {
  if (state === 'pending') return ["state = 'pending' AND expires_at > ?", now]
  if (state === 'expired') return ["state = 'pending' AND expires_at <= ?", now]
  return ['state = ?', state]
}

export const countOpen = (read: Read): number =>
  read.get<{ n: number }>(
    `SELECT count(*) AS n FROM invitations
     WHERE organization_id = ? AND state = 'pending' AND expires_at > ?`,
    read.scope.organization_id,
    read.now,
  )!.n

export const countOpenWithRole = (read: Read, role: string): number =>
  read.get<{ n: number }>(
    `SELECT count(*) AS n FROM invitations
     WHERE organization_id = ? AND state = 'pending' AND role = ? AND expires_at > ?`,
    read.scope.organization_id,
    role,
    read.now,
  )!.n

export const insertInvitation = (
  tx: Write,
  row: Pick<InvitationRow, 'id' | 'email' | 'role' | 'expires_at'> & { secret_hash: Uint8Array },
): number =>
  tx.run(
    `INSERT INTO invitations (id, organization_id, email, role, state, secret_hash, invited_by,
       invited_by_name, sent_at, expires_at, created_at)
     VALUES (?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.email,
    row.role,
    row.secret_hash,
    tx.scope.actor.id,
    tx.scope.actor.name,
    tx.now,
    row.expires_at,
    tx.now,
  )

/** Another secret takes the place of the old one, which opens nothing from now on. */
export const renewInvitation = (
  tx: Write,
  id: string,
  row: Pick<InvitationRow, 'role' | 'expires_at'> & { secret_hash: Uint8Array },
): number =>
  tx.run(
    `UPDATE invitations SET role = ?, secret_hash = ?, invited_by = ?, invited_by_name = ?,
       send_count = send_count + 1, sent_at = ?, expires_at = ?, version = version + 1
     WHERE id = ? AND state = 'pending'`,
    row.role,
    row.secret_hash,
    tx.scope.actor.id,
    tx.scope.actor.name,
    tx.now,
    row.expires_at,
    id,
  )

export const setInvitationRevoked = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE invitations SET state = 'revoked', revoked_at = ?, version = version + 1
     WHERE id = ? AND state = 'pending'`,
    tx.now,
    id,
  )

/** @returns 0 when it was accepted, revoked, sent again or has expired meanwhile */
export const acceptPending = (tx: Write, secret_hash: Uint8Array, user_id: string): number =>
  tx.run(
    `UPDATE invitations SET state = 'accepted', accepted_at = ?, accepted_by = ?,
       version = version + 1
     WHERE secret_hash = ? AND state = 'pending' AND expires_at > ?`,
    tx.now,
    user_id,
    secret_hash,
    tx.now,
  )
