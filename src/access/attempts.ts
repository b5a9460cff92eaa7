/** Counts wrong guesses, and closes the door for a while when there were too many. */
import { day_ms, minute_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { deleteAttemptsBefore, findAttempts, upsertAttempts } from './user-store.ts'

const most_failures = 10
const lock_ms = 15 * minute_ms
const forget_failures_ms = day_ms

/** Writes down that something was tried, which closes nothing. */
export function noteAttempt(tx: Write, key: Uint8Array): void {
  deleteAttemptsBefore(tx, timestamp(tx.now_ms - forget_failures_ms))
  upsertAttempts(tx, key, { failures: 1, locked_until: null })
}

/**
 * Counted before it is tried, in a transaction of its own, so that many guesses at once are no way
 * around. Who guessed right forgets the failures with `deleteAttempts`.
 * @param key SHA-256 of what is guessed at
 * @param what is wrong, for the message: `passwords`, `codes`
 * @param most that may be wrong in a row before the door closes
 * @throws Problem `locked_out`
 */
export function countAttempt(
  tx: Write,
  key: Uint8Array,
  what = 'passwords',
  most = most_failures,
): void {
  deleteAttemptsBefore(tx, timestamp(tx.now_ms - forget_failures_ms))
  const known = findAttempts(tx, key)
  if (known?.locked_until && known.locked_until > tx.now) {
    const wait_s = Math.ceil((Date.parse(known.locked_until) - tx.now_ms) / 1_000)
    throw new Problem(
      'locked_out',
      `Too many wrong ${what}: try again in ${Math.ceil(wait_s / 60)} minutes.`,
      { locked_until: known.locked_until },
      { 'retry-after': String(wait_s) },
    )
  }
  const failures = (known?.locked_until ? 0 : (known?.failures ?? 0)) + 1
  const locked_until = failures >= most ? timestamp(tx.now_ms + lock_ms) : null
  upsertAttempts(tx, key, { failures, locked_until })
}
