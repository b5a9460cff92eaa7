/** The rows of sessions, by the hash of their id. */
import type { Read, Write } from '../db/session.ts'

export interface SessionRow {
  user_id: string
  organization_id: string
  method: string
  ip: string
  user_agent: string
  stepped_up_at: string | null
  /** Set while a person of the operator's staff looks through this user's eyes. */
  impersonation_id: string | null
  expires_at: string
}

export interface SessionOfUser extends SessionRow {
  created_at: string
  last_seen_at: string | null
  email: string
  name: string
}

export const findSession = (read: Read, id_hash: string): SessionOfUser | undefined =>
  read.get<SessionOfUser>(
    `SELECT s.*, u.email, u.name FROM sessions s JOIN users u ON u.id = s.user_id
     WHERE s.id_hash = ?`,
    id_hash,
  )

export const insertSession = (tx: Write, id_hash: string, row: SessionRow): number =>
  tx.run(
    `INSERT INTO sessions
       (id_hash, user_id, organization_id, method, ip, user_agent, stepped_up_at,
        impersonation_id, created_at, last_seen_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id_hash,
    row.user_id,
    row.organization_id,
    row.method,
    row.ip,
    row.user_agent,
    row.stepped_up_at,
    row.impersonation_id,
    tx.now,
    tx.now,
    row.expires_at,
  )

export const setSessionExpiry = (tx: Write, id_hash: string, expires_at: string): number =>
  tx.run('UPDATE sessions SET expires_at = ? WHERE id_hash = ?', expires_at, id_hash)

export const setSessionSeen = (tx: Write, id_hash: string): number =>
  tx.run('UPDATE sessions SET last_seen_at = ? WHERE id_hash = ?', tx.now, id_hash)

export const setSteppedUp = (tx: Write, id_hash: string): number =>
  tx.run('UPDATE sessions SET stepped_up_at = ? WHERE id_hash = ?', tx.now, id_hash)

/** Those that would last longer end then. */
export const shortenSessions = (tx: Write, until: string): number =>
  tx.run('UPDATE sessions SET expires_at = ? WHERE expires_at > ?', until, until)

/** @param id one of them; undefined for all */
export const deleteImpersonatedSessions = (tx: Write, id?: string): number =>
  tx.run('DELETE FROM sessions WHERE impersonation_id = coalesce(?, impersonation_id)', id ?? null)

export const setSessionOrganization = (
  tx: Write,
  id_hash: string,
  organization_id: string,
): number =>
  tx.run('UPDATE sessions SET organization_id = ? WHERE id_hash = ?', organization_id, id_hash)

export const deleteSession = (tx: Write, id_hash: string): number =>
  tx.run('DELETE FROM sessions WHERE id_hash = ?', id_hash)

export const deleteSessionsOfUser = (tx: Write, user_id: string): number =>
  tx.run('DELETE FROM sessions WHERE user_id = ?', user_id)

export const deleteSessionsInOrganization = (tx: Write, user_id: string): number =>
  tx.run(
    'DELETE FROM sessions WHERE user_id = ? AND organization_id = ?',
    user_id,
    tx.scope.organization_id,
  )

export const deleteExpiredSessions = (tx: Write): number =>
  tx.run(
    `DELETE FROM sessions WHERE id_hash IN
       (SELECT id_hash FROM sessions WHERE expires_at <= ? LIMIT 100)`,
    tx.now,
  )
