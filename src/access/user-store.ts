/** The rows of people: users, memberships, and the attempts and links by which they come in. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { MemberFilter } from './schema.ts'

export interface UserRow {
  id: string
  email: string
  name: string
  password_hash: string | null
  last_seen_at: string | null
  version: number
  created_at: string
}

export interface MemberRow extends UserRow {
  role: string
}

export interface Membership {
  organization_id: string
  role: string
}

export const findUser = (read: Read, id: string): UserRow | undefined =>
  read.get<UserRow>('SELECT * FROM users WHERE id = ?', id)

export const findUserByEmail = (read: Read, email: string): UserRow | undefined =>
  read.get<UserRow>('SELECT * FROM users WHERE email = ?', email)

export const insertUser = (
  tx: Write,
  user: Pick<UserRow, 'id' | 'email' | 'name' | 'password_hash'>,
): number =>
  tx.run(
    `INSERT INTO users (id, email, name, password_hash, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    user.id,
    user.email,
    user.name,
    user.password_hash,
    tx.now,
    tx.now,
  )

export const setPassword = (tx: Write, id: string, password_hash: string): number =>
  tx.run(
    'UPDATE users SET password_hash = ?, version = version + 1, updated_at = ? WHERE id = ?',
    password_hash,
    tx.now,
    id,
  )

export const setLastSeen = (tx: Write, id: string): number =>
  tx.run('UPDATE users SET last_seen_at = ? WHERE id = ?', tx.now, id)

export const hasUsers = (read: Read): boolean =>
  read.get('SELECT 1 FROM users LIMIT 1') !== undefined

/** Everybody who belongs somewhere, once. */
export const countPeople = (read: Read): number =>
  read.get<{ n: number }>('SELECT count(DISTINCT user_id) AS n FROM memberships')!.n

export const setName = (tx: Write, id: string, name: string): number =>
  tx.run(
    'UPDATE users SET name = ?, version = version + 1, updated_at = ? WHERE id = ?',
    name,
    tx.now,
    id,
  )

export const findMembership = (
  read: Read,
  user_id: string,
  organization_id: string,
): Membership | undefined =>
  read.get<Membership>(
    'SELECT organization_id, role FROM memberships WHERE user_id = ? AND organization_id = ?',
    user_id,
    organization_id,
  )

export const membershipsOf = (read: Read, user_id: string): Membership[] =>
  read.all<Membership>(
    `SELECT organization_id, role FROM memberships WHERE user_id = ?
     ORDER BY created_at, organization_id LIMIT 1000`,
    user_id,
  )

export const insertMembership = (
  tx: Write,
  user_id: string,
  organization_id: string,
  role: string,
): number =>
  tx.run(
    'INSERT INTO memberships (user_id, organization_id, role, created_at) VALUES (?, ?, ?, ?)',
    user_id,
    organization_id,
    role,
    tx.now,
  )

export const setRole = (tx: Write, user_id: string, role: string): number =>
  tx.run(
    'UPDATE memberships SET role = ? WHERE user_id = ? AND organization_id = ?',
    role,
    user_id,
    tx.scope.organization_id,
  )

export const deleteMembership = (tx: Write, user_id: string): number =>
  tx.run(
    'DELETE FROM memberships WHERE user_id = ? AND organization_id = ?',
    user_id,
    tx.scope.organization_id,
  )

export const countWithRole = (
  read: Read,
  role: string,
  organization_id = read.scope.organization_id,
): number =>
  read.get<{ n: number }>(
    'SELECT count(*) AS n FROM memberships WHERE organization_id = ? AND role = ?',
    organization_id,
    role,
  )!.n

const member_columns = 'u.*, m.role FROM memberships m JOIN users u ON u.id = m.user_id'

export const findMember = (read: Read, id: string): MemberRow | undefined =>
  read.get<MemberRow>(
    `SELECT ${member_columns} WHERE m.user_id = ? AND m.organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const listMemberRows = (read: Read, filter: MemberFilter): Page<MemberRow> =>
  listRows<MemberRow>(read, filter, {
    select: member_columns,
    where: [
      ['m.organization_id = ?', read.scope.organization_id],
      [
        '(instr(lower(u.name), lower(?)) OR instr(lower(u.email), lower(?)))',
        ...both(filter.search),
      ],
      ['m.role = ?', filter.role],
    ],
    sortable: { created_at: 'u.created_at', email: 'u.email' },
    default_sort: 'created_at',
    id: 'u.id',
  })

const both = (text: string | undefined) => [text, text]

export interface AttemptRow {
  failures: number
  locked_until: string | null
}

export const findAttempts = (read: Read, email_hash: Uint8Array): AttemptRow | undefined =>
  read.get<AttemptRow>(
    'SELECT failures, locked_until FROM sign_in_attempts WHERE email_hash = ?',
    email_hash,
  )

export const upsertAttempts = (tx: Write, email_hash: Uint8Array, row: AttemptRow): number =>
  tx.run(
    `INSERT INTO sign_in_attempts (email_hash, failures, locked_until, updated_at)
     VALUES (?, ?, ?, ?)
     ON CONFLICT (email_hash) DO UPDATE SET failures = excluded.failures,
       locked_until = excluded.locked_until, updated_at = excluded.updated_at`,
    email_hash,
    row.failures,
    row.locked_until,
    tx.now,
  )

export const deleteAttempts = (tx: Write, email_hash: Uint8Array): number =>
  tx.run('DELETE FROM sign_in_attempts WHERE email_hash = ?', email_hash)

export const deleteAttemptsBefore = (tx: Write, before: string): number =>
  tx.run(
    `DELETE FROM sign_in_attempts WHERE email_hash IN
       (SELECT email_hash FROM sign_in_attempts WHERE updated_at < ? LIMIT 20)`,
    before,
  )

/** @returns when somebody last signed in with it */
export const findBrowser = (read: Read, secret_hash: Uint8Array): string | undefined =>
  read.get<{ seen_at: string }>(
    'SELECT seen_at FROM known_browsers WHERE secret_hash = ?',
    secret_hash,
  )?.seen_at

export const upsertBrowser = (tx: Write, secret_hash: Uint8Array, user_id: string): number =>
  tx.run(
    `INSERT INTO known_browsers (secret_hash, user_id, seen_at) VALUES (?, ?, ?)
     ON CONFLICT (secret_hash) DO UPDATE SET seen_at = excluded.seen_at`,
    secret_hash,
    user_id,
    tx.now,
  )

export const deleteBrowsers = (tx: Write, user_id: string): number =>
  tx.run('DELETE FROM known_browsers WHERE user_id = ?', user_id)

/** Keeps the newest ones of a person. */
export const deleteOldestBrowsers = (tx: Write, user_id: string, most: number): number =>
  tx.run(
    `DELETE FROM known_browsers WHERE secret_hash IN
       (SELECT secret_hash FROM known_browsers WHERE user_id = ?
        ORDER BY seen_at DESC LIMIT -1 OFFSET ?)`,
    user_id,
    most,
  )

export const deleteBrowsersBefore = (tx: Write, before: string): number =>
  tx.run(
    `DELETE FROM known_browsers WHERE secret_hash IN
       (SELECT secret_hash FROM known_browsers WHERE seen_at < ? LIMIT 20)`,
    before,
  )

export interface SetupLinkRow {
  user_id: string | null
  expires_at: string
  used_at: string | null
}

export const findSetupLink = (read: Read, secret_hash: Uint8Array): SetupLinkRow | undefined =>
  read.get<SetupLinkRow>(
    'SELECT user_id, expires_at, used_at FROM setup_links WHERE secret_hash = ?',
    secret_hash,
  )

/** A new link takes the place of those for the same person that were not used. */
export const deleteOpenLinks = (tx: Write, user_id: string | null): number =>
  tx.run('DELETE FROM setup_links WHERE user_id IS ? AND used_at IS NULL', user_id)

export const insertSetupLink = (
  tx: Write,
  secret_hash: Uint8Array,
  user_id: string | null,
  expires_at: string,
): number =>
  tx.run(
    'INSERT INTO setup_links (secret_hash, user_id, created_at, expires_at) VALUES (?, ?, ?, ?)',
    secret_hash,
    user_id,
    tx.now,
    expires_at,
  )

/** @returns 0 when the link is spent, expired or unknown */
export const spendSetupLink = (tx: Write, secret_hash: Uint8Array): number =>
  tx.run(
    `UPDATE setup_links SET used_at = ?
     WHERE secret_hash = ? AND used_at IS NULL AND expires_at > ?`,
    tx.now,
    secret_hash,
    tx.now,
  )
