/** Records how an attempt went, and when there is another one. */
import { hour_ms, minute_ms, timestamp } from '../kit/clock.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { mailFailed, mailSent } from './events.ts'
import type { Outcome } from './send.ts'
import { settleSent, settleUnsent, type MailRow } from './store.ts'

/** What is waited after the first attempt, the second …; after the last one it has failed. */
const waits_ms = [minute_ms, 5 * minute_ms, 30 * minute_ms, 2 * hour_ms, 6 * hour_ms]

export function settle(tx: Write, row: MailRow, { sent, final, words }: Outcome): void {
  const { id, kind } = row
  const attempt_count = row.attempt_count + 1
  if (sent) {
    if (settleSent(tx, id)) emit(tx, mailSent, id, { id, kind, attempt_count, last_error: '' })
    return
  }
  const wait_ms = final ? undefined : waits_ms[row.attempt_count]
  const next_at = wait_ms === undefined ? null : timestamp(tx.now_ms + wait_ms)
  const over = next_at === null || next_at >= row.expires_at
  const settled = settleUnsent(tx, row, {
    state: over ? 'failed' : 'queued',
    next_at: over ? null : next_at,
    last_error: words,
  })
  if (over && settled) emit(tx, mailFailed, id, { id, kind, attempt_count, last_error: words })
}
