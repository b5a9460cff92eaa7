/** The rows of links that a person asked for who forgot the password. */
import type { Read, Write } from '../../db/session.ts'

export interface ResetRow {
  user_id: string
  expires_at: string
  used_at: string | null
}

export const findReset = (read: Read, secret_hash: Uint8Array): ResetRow | undefined =>
  read.get<ResetRow>(
    'SELECT user_id, expires_at, used_at FROM password_resets WHERE secret_hash = ?',
    secret_hash,
  )

export const countResetsSince = (read: Read, user_id: string, since: string): number =>
  read.get<{ n: number }>(
    'SELECT count(*) AS n FROM password_resets WHERE user_id = ? AND created_at > ?',
    user_id,
    since,
  )!.n

export const insertReset = (
  tx: Write,
  row: { secret_hash: Uint8Array; user_id: string; expires_at: string },
): number =>
  tx.run(
    `INSERT INTO password_resets (secret_hash, user_id, created_at, expires_at)
     VALUES (?, ?, ?, ?)`,
    row.secret_hash,
    row.user_id,
    tx.now,
    row.expires_at,
  )

/** @returns 0 when the link is spent, expired or unknown */
export const spendReset = (tx: Write, secret_hash: Uint8Array): number =>
  tx.run(
    `UPDATE password_resets SET used_at = ?
     WHERE secret_hash = ? AND used_at IS NULL AND expires_at > ?`,
    tx.now,
    secret_hash,
    tx.now,
  )

export const deleteResets = (tx: Write, user_id: string): number =>
  tx.run('DELETE FROM password_resets WHERE user_id = ?', user_id)

export const deleteResetsBefore = (tx: Write, before: string): number =>
  tx.run(
    `DELETE FROM password_resets WHERE secret_hash IN
       (SELECT secret_hash FROM password_resets WHERE created_at < ? LIMIT 20)`,
    before,
  )
