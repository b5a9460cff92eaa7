/** Forgets what the audit trail tells of somebody; that something was done stays, and stays proven. */
import type { Write } from '../db/session.ts'
import { forgetEntriesOf, forgetEntriesThatName, lastEntry } from './store.ts'

/** How the name of whoever was forgotten reads from then on. The id stays: it names nobody. */
export const pseudonymOf = (id: string): string => `erased-${id.slice(-8)}`

/**
 * Lets go of the details of all entries by, in the place of, or about one of these ids. The chain of
 * hashes is not touched. Of entries from before details had a digest only the names can go.
 * @param subject_ids persons, tenants, or whatever else an entry can be by or about
 * @returns how many entries had something to forget
 */
export function forgetSubject(tx: Write, subject_ids: readonly string[]): number {
  return subject_ids.reduce((sum, id) => sum + forgetEntriesOf(tx, id, pseudonymOf(id)), 0)
}

/** Entries looked through in one transaction: some ten milliseconds. */
const span = 5_000

/**
 * One stretch of the trail: entries about something else whose details name somebody, such as an
 * address in an invitation, lose them too.
 * @param words are sought whole and without regard to case
 * @returns where to go on, undefined at the end
 */
export function forgetMentions(
  tx: Write,
  words: readonly string[],
  from: number,
): { forgotten: number; next: number | undefined } {
  const forgotten = forgetEntriesThatName(tx, words, from, span)
  const next = from + span
  return { forgotten, next: next > (lastEntry(tx)?.seq ?? 0) ? undefined : next }
}
