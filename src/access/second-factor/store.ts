/** The rows of second factors, their recovery codes, and of those who are half-way in. */
import type { Read, Write } from '../../db/session.ts'

export interface FactorRow {
  sealed_secret: Uint8Array
  confirmed_at: string | null
  last_step: number
}

export const findFactor = (read: Read, user_id: string): FactorRow | undefined =>
  read.get<FactorRow>(
    'SELECT sealed_secret, confirmed_at, last_step FROM second_factors WHERE user_id = ?',
    user_id,
  )

/** True when this person has to prove himself twice. */
export const hasSecondFactor = (read: Read, user_id: string): boolean =>
  read.get(
    'SELECT 1 FROM second_factors WHERE user_id = ? AND confirmed_at IS NOT NULL',
    user_id,
  ) !== undefined

/** Takes the place of one that was begun and never confirmed. */
export const beginFactor = (tx: Write, user_id: string, sealed_secret: Uint8Array): number =>
  tx.run(
    `INSERT INTO second_factors (user_id, sealed_secret, created_at) VALUES (?, ?, ?)
     ON CONFLICT (user_id) DO UPDATE SET sealed_secret = excluded.sealed_secret, last_step = 0,
       created_at = excluded.created_at WHERE confirmed_at IS NULL`,
    user_id,
    sealed_secret,
    tx.now,
  )

/** @returns 0 when another confirmation came first */
export const confirmFactor = (tx: Write, user_id: string, step: number): number =>
  tx.run(
    `UPDATE second_factors SET confirmed_at = ?, last_step = ?
     WHERE user_id = ? AND confirmed_at IS NULL`,
    tx.now,
    step,
    user_id,
  )

/** @returns 0 when a code of this half minute, or of a later one, was accepted before */
export const spendStep = (tx: Write, user_id: string, step: number): number =>
  tx.run(
    `UPDATE second_factors SET last_step = ?
     WHERE user_id = ? AND confirmed_at IS NOT NULL AND last_step < ?`,
    step,
    user_id,
    step,
  )

export const deleteFactor = (tx: Write, user_id: string): number =>
  tx.run('DELETE FROM second_factors WHERE user_id = ?', user_id)

export const replaceRecoveryCodes = (
  tx: Write,
  user_id: string,
  hashes: readonly Uint8Array[],
): void => {
  tx.run('DELETE FROM recovery_codes WHERE user_id = ?', user_id)
  for (const hash of hashes) {
    tx.run('INSERT INTO recovery_codes (user_id, code_hash) VALUES (?, ?)', user_id, hash)
  }
}

/** @returns 0 when the code is unknown or was used */
export const spendRecoveryCode = (tx: Write, user_id: string, code_hash: Uint8Array): number =>
  tx.run(
    `UPDATE recovery_codes SET used_at = ?
     WHERE user_id = ? AND code_hash = ? AND used_at IS NULL`,
    tx.now,
    user_id,
    code_hash,
  )

export const countRecoveryCodes = (read: Read, user_id: string): number =>
  read.get<{ n: number }>(
    'SELECT count(*) AS n FROM recovery_codes WHERE user_id = ? AND used_at IS NULL',
    user_id,
  )!.n

export interface ChallengeRow {
  user_id: string
  organization_id: string
  method: string
  expires_at: string
}

export const insertChallenge = (tx: Write, secret_hash: Uint8Array, row: ChallengeRow): number =>
  tx.run(
    `INSERT INTO sign_in_challenges (secret_hash, user_id, organization_id, method, expires_at)
     VALUES (?, ?, ?, ?, ?)`,
    secret_hash,
    row.user_id,
    row.organization_id,
    row.method,
    row.expires_at,
  )

export const findChallenge = (read: Read, secret_hash: Uint8Array): ChallengeRow | undefined =>
  read.get<ChallengeRow>(
    'SELECT * FROM sign_in_challenges WHERE secret_hash = ? AND expires_at > ?',
    secret_hash,
    read.now,
  )

/** @returns 0 when it was answered before */
export const deleteChallenge = (tx: Write, secret_hash: Uint8Array): number =>
  tx.run('DELETE FROM sign_in_challenges WHERE secret_hash = ?', secret_hash)

export const deleteExpiredChallenges = (tx: Write): number =>
  tx.run(
    `DELETE FROM sign_in_challenges WHERE secret_hash IN
       (SELECT secret_hash FROM sign_in_challenges WHERE expires_at <= ? LIMIT 20)`,
    tx.now,
  )
