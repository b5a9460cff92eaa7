/** The rows of mail on its way out; the same in the platform's file and in a tenant's. */
import { listRows, searched, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { MailFilter } from './schema.ts'

export interface MailRow {
  id: string
  organization_id: string
  kind: string
  recipient: string
  subject: string
  /** JSON {lines, action}; `{}` once it was emptied. */
  content: string
  state: 'queued' | 'sent' | 'failed' | 'kept' | 'cancelled'
  attempt_count: number
  next_at: string | null
  last_error: string
  sent_at: string | null
  expires_at: string
  version: number
  created_at: string
}

export type NewMailRow = Pick<
  MailRow,
  'id' | 'organization_id' | 'kind' | 'recipient' | 'subject' | 'content' | 'expires_at'
>

/** @param next_at when it may leave */
export const insertMail = (tx: Write, row: NewMailRow, next_at: string): number =>
  tx.run(
    `INSERT INTO mails (id, organization_id, kind, recipient, subject, content,
       state, next_at, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)`,
    row.id,
    row.organization_id,
    row.kind,
    row.recipient,
    row.subject,
    row.content,
    next_at,
    row.expires_at,
    tx.now,
  )

/**
 * Whose mail it is: of the organization that has a reason for it, or else of the one that is the
 * business itself. The file tells, whatever the scope knows: that of the platform has no organizations.
 */
export function ownerOfMail(read: Read): string {
  const has_organizations = read.get(
    "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'organizations'",
  )
  if (!has_organizations) return ''
  const home = 'SELECT id FROM organizations WHERE is_default = 1'
  return read.scope.organization_id || (read.get<{ id: string }>(home)?.id ?? '')
}

export const nameOfOrganization = (read: Read, id: string): string | undefined =>
  read.get<{ name: string }>('SELECT name FROM organizations WHERE id = ?', id)?.name

export const findMail = (read: Read, id: string): MailRow | undefined =>
  read.get<MailRow>(
    'SELECT * FROM mails WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const listMailRows = (read: Read, filter: MailFilter): Page<MailRow> =>
  listRows<MailRow>(read, filter, {
    select: '* FROM mails',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['state = ?', filter.state],
      ['kind = ?', filter.kind],
      searched(read, 'mails', filter.recipient, { begins: ['recipient'] }),
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

/** When the next one may leave; undefined when none waits. */
export const nextDue = (read: Read): string | undefined =>
  read.get<{ next_at: string }>(
    'SELECT next_at FROM mails WHERE next_at IS NOT NULL ORDER BY next_at, id LIMIT 1',
  )?.next_at

/** Those that may leave now, in the order of their time. */
export const dueMails = (read: Read, limit: number): MailRow[] =>
  read.all<MailRow>(
    `SELECT * FROM mails WHERE next_at IS NOT NULL AND next_at <= ?
     ORDER BY next_at, id LIMIT ?`,
    read.now,
    limit,
  )

/** Nobody carries them: they wait for a person who does. */
export const keepDueMails = (tx: Write, limit: number): number =>
  tx.run(
    `UPDATE mails SET state = 'kept', next_at = NULL, version = version + 1 WHERE id IN
       (SELECT id FROM mails WHERE next_at IS NOT NULL AND next_at <= ?
        ORDER BY next_at, id LIMIT ?)`,
    tx.now,
    limit,
  )

/** It left, whatever was decided about it meanwhile. */
export const settleSent = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE mails SET state = 'sent', sent_at = ?, next_at = NULL, content = '{}', last_error = '',
       attempt_count = attempt_count + 1, version = version + 1 WHERE id = ? AND state <> 'sent'`,
    tx.now,
    id,
  )

/** @returns 0 when somebody decided something else about it meanwhile: that counts */
export const settleUnsent = (
  tx: Write,
  { id, version }: Pick<MailRow, 'id' | 'version'>,
  to: Pick<MailRow, 'state' | 'next_at' | 'last_error'>,
): number =>
  tx.run(
    `UPDATE mails SET state = ?, next_at = ?, last_error = ?,
       attempt_count = attempt_count + 1, version = version + 1
     WHERE id = ? AND version = ? AND state = 'queued'`,
    to.state,
    to.next_at,
    to.last_error,
    id,
    version,
  )

export const queueAgain = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE mails SET state = 'queued', next_at = ?, attempt_count = 0, last_error = '',
       version = version + 1 WHERE id = ?`,
    tx.now,
    id,
  )

/**
 * Those that were kept because nobody carried mail, and are still good for something.
 * @param organization_id undefined for all of the file
 */
export const queueKept = (tx: Write, organization_id: string | undefined, limit: number): number =>
  tx.run(
    `UPDATE mails SET state = 'queued', next_at = ?, attempt_count = 0, last_error = '',
       version = version + 1 WHERE id IN
       (SELECT id FROM mails WHERE state = 'kept' AND content <> '{}' AND expires_at > ?
          AND coalesce(organization_id = ?, 1) ORDER BY expires_at LIMIT ?)`,
    tx.now,
    tx.now,
    organization_id ?? null,
    limit,
  )

/** In `platform.db`: businesses that have an outbox, in order, after one of them. */
export const businessesAfter = (platform: Read, after: string, limit: number): string[] =>
  platform
    .all<{ id: string }>(
      `SELECT id FROM tenants WHERE id > ? AND status NOT IN ('pending', 'deleted')
       ORDER BY id LIMIT ?`,
      after,
      limit,
    )
    .map(({ id }) => id)

/** How many could be sent by now; `most` is as far as it counts. */
export const countKept = (read: Read, most: number): number =>
  read.get<{ count: number }>(
    `SELECT count(*) AS count FROM
       (SELECT 1 FROM mails WHERE organization_id = ? AND state = 'kept' AND content <> '{}'
          AND expires_at > ? LIMIT ?)`,
    read.scope.organization_id,
    read.now,
    most,
  )!.count

export const setCancelled = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE mails SET state = 'cancelled', next_at = NULL, content = '{}', version = version + 1
     WHERE id = ?`,
    id,
  )

/** What is past its time loses its text; one that still waited has failed. */
export const emptyExpired = (tx: Write, limit: number): number =>
  tx.run(
    `UPDATE mails SET content = '{}', version = version + 1, next_at = NULL,
       last_error = CASE state WHEN 'queued' THEN 'Its time was over before it could leave.'
                    ELSE last_error END,
       state = CASE state WHEN 'queued' THEN 'failed' ELSE state END
     WHERE id IN (SELECT id FROM mails WHERE content <> '{}' AND expires_at <= ?
                  ORDER BY expires_at LIMIT ?)`,
    tx.now,
    limit,
  )

export const deleteExpiredBefore = (tx: Write, before: string, limit: number): number =>
  tx.run(
    `DELETE FROM mails WHERE id IN
       (SELECT id FROM mails WHERE expires_at < ? ORDER BY expires_at LIMIT ?)`,
    before,
    limit,
  )

/** Mails to somebody who is to be forgotten: their text goes, the address becomes a pseudonym. */
export const pseudonymiseRecipient = (tx: Write, recipient: string, pseudonym: string): number =>
  tx.run(
    `UPDATE mails SET recipient = ?, subject = '', content = '{}', last_error = '',
       next_at = NULL, version = version + 1,
       state = CASE state WHEN 'queued' THEN 'cancelled' ELSE state END
     WHERE recipient = ?`,
    pseudonym,
    recipient,
  )

const leading = "('owner', 'operator')"

/** Whether a mail is to somebody who leads anywhere: its link may let whoever reads it lead, too. */
export const isToLeader = (read: Read, { recipient }: MailRow): boolean =>
  read.get(
    `SELECT 1 FROM users u JOIN memberships m ON m.user_id = u.id
     WHERE u.email = ? AND m.role IN ${leading} LIMIT 1`,
    recipient,
  ) !== undefined

export const leadsHere = (read: Read, user_id: string): boolean =>
  read.get(
    `SELECT 1 FROM memberships
     WHERE user_id = ? AND organization_id = ? AND role IN ${leading}`,
    user_id,
    read.scope.organization_id,
  ) !== undefined

export const scopesOfToken = (read: Read, token_id: string): string[] =>
  JSON.parse(
    read.get<{ scopes: string }>('SELECT scopes FROM tokens WHERE id = ?', token_id)?.scopes ??
      '[]',
  ) as string[]
