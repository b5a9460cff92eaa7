/** Looks up mails, without their text: that is opened, by those who may, and written down. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { KeptMails, Mail, MailFilter } from './schema.ts'
import { countKept, findMail, listMailRows, type MailRow } from './store.ts'

/** @throws Problem `not_found` */
export function getMailRow(read: Read, id: string): MailRow {
  const row = findMail(read, id)
  if (!row) throw notFound('mail', id)
  return row
}

/** @throws Problem `not_found` */
export const getMail = (read: Read, { id }: { id: string }): Mail =>
  toMail(getMailRow(read, id), read.now)

export function listMails(read: Read, filter: MailFilter) {
  const { rows, ...rest } = listMailRows(read, filter)
  return { data: rows.map((row) => toMail(row, read.now)), ...rest }
}

const count_kept_to = 1_000

/** Of those that could be sent, now that somebody carries mail. */
export const getKept = (read: Read): KeptMails => ({ count: countKept(read, count_kept_to) })

export const hasText = ({ content, expires_at }: MailRow, now: string): boolean =>
  content !== '{}' && expires_at > now

const toMail = (row: MailRow, now: string): Mail => ({
  id: row.id,
  kind: row.kind,
  recipient: row.recipient,
  subject: row.subject,
  state: row.state,
  has_text: hasText(row, now),
  attempt_count: row.attempt_count,
  next_at: row.next_at,
  last_error: row.last_error,
  sent_at: row.sent_at,
  expires_at: row.expires_at,
  version: row.version,
  created_at: row.created_at,
})
