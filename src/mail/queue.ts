/** Writes a mail into the transaction that has a reason for it; it leaves after the commit. */
import { day_ms, timestamp } from '../kit/clock.ts'
import type { Write } from '../db/session.ts'
import { insertMail, ownerOfMail } from './store.ts'

export interface Mail {
  /** What it is about: `invitation`, `password_reset`, `sign_up`, `usage_alert` … */
  kind: string
  recipient: string
  /** Stands in lists that many may read: no secret belongs into it. */
  subject: string
  /** Paragraphs of plain text, in order. */
  lines: readonly string[]
  /**
   * The one thing to do, a path on this installation: `/join/…`. The public address is put before
   * it when the mail is sent or shown.
   */
  action?: { label: string; path: string }
  /** After this the link in it is worth nothing and its text is emptied; 30 days unless told. */
  expires_at?: string
}

/** What is kept of the text until it was sent. */
export type MailContent = Pick<Mail, 'lines' | 'action'>

const keep_ms = 30 * day_ms

/**
 * A mail that belongs to no organization is the business's own: its default organization sees it.
 * @param leaves_at not before this time; at once unless told
 * @returns the id of the mail
 */
export function queueMail(tx: Write, mail: Mail, leaves_at = tx.now): string {
  const { kind, recipient, subject, lines, action, expires_at } = mail
  const id = tx.id('mail')
  const row = {
    id,
    organization_id: ownerOfMail(tx),
    kind,
    recipient,
    subject,
    content: JSON.stringify({ lines, ...(action && { action }) } satisfies MailContent),
    expires_at: expires_at ?? timestamp(tx.now_ms + keep_ms),
  }
  insertMail(tx, row, leaves_at)
  return id
}
