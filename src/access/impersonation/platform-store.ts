/** The platform's rows of who looked through whose eyes, and why. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { ImpersonationFilter } from './schema.ts'

export interface ImpersonationRow {
  id: string
  tenant_id: string
  tenant_name: string
  user_id: string
  user_name: string
  reason: string
  read_only: 0 | 1
  minutes: number
  created_by: string
  created_by_kind: string
  staff_id: string | null
  staff_name: string
  link_expires_at: string
  started_at: string | null
  expires_at: string | null
  ended_at: string | null
  created_at: string
}

const columns = `id, tenant_id, tenant_name, user_id, user_name, reason, read_only, minutes,
  created_by, created_by_kind, staff_id, staff_name, link_expires_at, started_at, expires_at,
  ended_at, created_at`

export const insertOffer = (
  tx: Write,
  row: Pick<
    ImpersonationRow,
    | 'id'
    | 'tenant_id'
    | 'tenant_name'
    | 'user_id'
    | 'user_name'
    | 'reason'
    | 'read_only'
    | 'minutes'
    | 'link_expires_at'
  > & { secret_hash: Uint8Array },
): number =>
  tx.run(
    `INSERT INTO impersonations (id, tenant_id, tenant_name, user_id, user_name, reason, read_only,
       minutes, created_by, created_by_kind, secret_hash, link_expires_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.tenant_id,
    row.tenant_name,
    row.user_id,
    row.user_name,
    row.reason,
    row.read_only,
    row.minutes,
    tx.scope.actor.id,
    tx.scope.actor.kind,
    row.secret_hash,
    row.link_expires_at,
    tx.now,
  )

export const findOffer = (read: Read, secret_hash: Uint8Array): ImpersonationRow | undefined =>
  read.get<ImpersonationRow>(
    `SELECT ${columns} FROM impersonations
     WHERE secret_hash = ? AND started_at IS NULL AND link_expires_at > ?`,
    secret_hash,
    read.now,
  )

export const findOwnRecord = (read: Read, id: string): ImpersonationRow | undefined =>
  read.get<ImpersonationRow>(`SELECT ${columns} FROM impersonations WHERE id = ?`, id)

/** @returns 0 when somebody else opened it first, or it was too late */
export const openOffer = (
  tx: Write,
  id: string,
  by: { id: string; name: string },
  expires_at: string,
): number =>
  tx.run(
    `UPDATE impersonations SET staff_id = ?, staff_name = ?, started_at = ?, expires_at = ?
     WHERE id = ? AND started_at IS NULL AND link_expires_at > ?`,
    by.id,
    by.name,
    tx.now,
    expires_at,
    id,
    tx.now,
  )

export const closeOwnRecord = (tx: Write, id: string): number =>
  tx.run('UPDATE impersonations SET ended_at = ? WHERE id = ? AND ended_at IS NULL', tx.now, id)

export const listOwnRecords = (read: Read, filter: ImpersonationFilter): Page<ImpersonationRow> =>
  listRows<ImpersonationRow>(read, filter, {
    select: `${columns} FROM impersonations`,
    where: [['tenant_id = ?', filter.tenant_id]],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })
