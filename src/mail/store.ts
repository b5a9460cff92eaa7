/** The rows of mail on its way out; the same in the platform's file and in a tenant's. */
import type { Write } from '../db/session.ts'

export interface MailRow {
  id: string
  organization_id: string
  kind: string
  recipient: string
  subject: string
  /** JSON {lines, action}; `{}` once it was emptied. */
  content: string
  state: 'queued' | 'sent' | 'failed' | 'kept'
  attempt_count: number
  next_at: string | null
  last_error: string
  sent_at: string | null
  expires_at: string
  version: number
  created_at: string
}

export const insertMail = (
  tx: Write,
  row: Pick<
    MailRow,
    'id' | 'organization_id' | 'kind' | 'recipient' | 'subject' | 'content' | 'expires_at'
  >,
): number =>
  tx.run(
    `INSERT INTO mails (id, organization_id, kind, recipient, subject, content,
       state, next_at, expires_at, created_at) VALUES (?, ?, ?, ?, ?, ?, 'queued', ?, ?, ?)`,
    row.id,
    row.organization_id,
    row.kind,
    row.recipient,
    row.subject,
    row.content,
    tx.now,
    row.expires_at,
    tx.now,
  )
