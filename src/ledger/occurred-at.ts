/** When it happened: never in the future, not too far back, and not in a closed period. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { invalid, Problem } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import { default_backdating_days } from './schema.ts'

/** RFC 3339 with an offset, in any precision, as UTC with milliseconds. */
export function readTime(text: string, pointer: string): string {
  const at_ms = /(?:Z|[+-]\d\d:\d\d)$/i.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(at_ms)) throw invalid(pointer, `"${text}" is not an RFC 3339 time.`)
  return timestamp(at_ms)
}

export interface TimeBounds {
  closed_until: string | null
  backdating_days: number | null
}

/**
 * The time of a posting, in UTC with milliseconds.
 * @throws Problem `occurred_in_future`, `backdated_too_far`, `period_closed`, in this order
 */
export function readOccurredAt(read: Read, given: string | undefined, bounds: TimeBounds): string {
  const occurred_at = given === undefined ? read.now : readTime(given, '/occurred_at')
  if (occurred_at > read.now) {
    throw new Problem('occurred_in_future', `${occurred_at} is after ${read.now}.`, {
      latest: read.now,
    })
  }
  const days = bounds.backdating_days ?? default_backdating_days
  const earliest = timestamp(read.now_ms - days * day_ms)
  if (occurred_at < earliest) {
    const detail = `Postings may be dated back ${days} days, to ${earliest}.`
    throw new Problem('backdated_too_far', detail, { earliest })
  }
  if (bounds.closed_until !== null && occurred_at <= bounds.closed_until) {
    const detail = `The books are closed until ${bounds.closed_until}.`
    throw new Problem('period_closed', detail, { closed_until: bounds.closed_until })
  }
  return occurred_at
}

/** Refusals of a time that somebody names: for the declaration of what takes one. */
export const dating_problems = ['occurred_in_future', 'backdated_too_far', 'period_closed'] as const
