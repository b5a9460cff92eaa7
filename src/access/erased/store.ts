/** The rows by which somebody is forgotten, in every organization of a file at once. */
import type { Read, Write } from '../../db/session.ts'

interface Standing {
  organization_id: string
  role: string
  /** How many have this role there. */
  holders: number
}

export const standingsOf = (read: Read, user_id: string): Standing[] =>
  read.all<Standing>(
    `SELECT m.organization_id, m.role, (SELECT count(*) FROM memberships o
       WHERE o.organization_id = m.organization_id AND o.role = m.role) AS holders
     FROM memberships m WHERE m.user_id = ? LIMIT 1000`,
    user_id,
  )

export const invitationsOf = (read: Read, email: string): { id: string }[] =>
  read.all('SELECT id FROM invitations WHERE email = ? LIMIT 1000', email)

/**
 * Everything that hangs on the person goes with the row: memberships, sessions, links, factors.
 * A row without anything takes its place, for what the person made and did.
 */
export function replaceUser(tx: Write, id: string, name: string, email: string): void {
  tx.run('DELETE FROM users WHERE id = ?', id)
  tx.run(
    'INSERT INTO users (id, email, name, created_at, updated_at) VALUES (?, ?, ?, ?, ?)',
    ...[id, email, name, tx.now, tx.now],
  )
}

/** One that was open ends: nobody joins any more under this address. */
export const eraseInvitations = (tx: Write, email: string, pseudonym: string): number =>
  tx.run(
    `UPDATE invitations SET email = ?,
       revoked_at = CASE state WHEN 'pending' THEN ? ELSE revoked_at END,
       state = CASE state WHEN 'pending' THEN 'revoked' ELSE state END, version = version + 1
     WHERE email = ?`,
    ...[pseudonym, tx.now, email],
  )

export const eraseInviter = (tx: Write, id: string, pseudonym: string): number =>
  tx.run('UPDATE invitations SET invited_by_name = ? WHERE invited_by = ?', pseudonym, id)

export function eraseImpersonated(tx: Write, id: string, pseudonym: string): void {
  tx.run('UPDATE impersonations SET user_name = ? WHERE user_id = ?', pseudonym, id)
  tx.run('UPDATE impersonations SET staff_name = ? WHERE staff_id = ?', pseudonym, id)
}
