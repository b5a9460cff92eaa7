/** Writes a mail into the transaction that has a reason for it; it leaves after the commit. */
import { day_ms, timestamp } from '../kit/clock.ts'
import type { Write } from '../db/session.ts'
import { insertMail } from './store.ts'

export interface Mail {
  /** What it is about: `invitation`, `password_reset`, `sign_up`, `usage_alert` … */
  kind: string
  recipient: string
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

const keep_ms = 30 * day_ms

/** @returns the id of the mail */
export function queueMail(tx: Write, mail: Mail): string {
  const { kind, recipient, subject, lines, action, expires_at } = mail
  const id = tx.id('mail')
  insertMail(tx, {
    id,
    organization_id: tx.scope.organization_id,
    kind,
    recipient,
    subject,
    content: JSON.stringify({ lines, action }),
    expires_at: expires_at ?? timestamp(tx.now_ms + keep_ms),
  })
  return id
}
