/** What was where at any time: replayed from the last closed period before it. */
import type { Read } from '../../db/session.ts'
import { readTime } from '../occurred-at.ts'
import { findCheckpoint, replayTo, type AsOfFilter, type OnHand } from './store.ts'

export type { AsOfFilter, OnHand } from './store.ts'

/**
 * Levels that were not zero at `at`: every posting with `occurred_at ≤ at`, whenever it was
 * recorded. Sorted by item, lot, serial and account. With an item or an account the cost is that of
 * their movements since the period before; without, of all movements since then.
 * @param input.at RFC 3339
 */
export function levelsAsOf(read: Read, input: AsOfFilter & { at: string }): OnHand[] {
  const at = readTime(input.at, '/at')
  return replayTo(read, at, findCheckpoint(read, at), input)
}
