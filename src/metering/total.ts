/** Adds up what was used between two moments: whole hours from their sums, edges from the lines. */
import { hour_ms, timestamp } from '../kit/clock.ts'
import { meters } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'
import type { Period } from './period.ts'
import { lastReading, sumHours, sumRecords, type Asked } from './store.ts'

const hourName = (at_ms: number): string => timestamp(at_ms).slice(0, 13)

/** A counter's sum between two moments, the second one excluded. */
export function totalOf(read: Read, asked: Asked, { starts_at_ms, ends_at_ms }: Period): number {
  const first_hour = Math.ceil(starts_at_ms / hour_ms) * hour_ms
  const end_hour = Math.floor(ends_at_ms / hour_ms) * hour_ms
  // A zone that is half an hour off has its midnight inside an hour of UTC.
  const edge = (from_ms: number, until_ms: number) =>
    from_ms < until_ms ? sumRecords(read, asked, timestamp(from_ms), timestamp(until_ms)) : 0
  if (first_hour > end_hour) return edge(starts_at_ms, ends_at_ms)
  const total = sumHours(read, asked, hourName(first_hour), hourName(end_hour))
  return edge(starts_at_ms, first_hour) + total + edge(end_hour, ends_at_ms)
}

/** What a meter stands at in a period: a counter its sum, a gauge its latest reading. */
export function usedIn(read: Read, asked: Asked, period: Period): number {
  if (meters[asked.meter].kind === 'counter') return totalOf(read, asked, period)
  const [from, until] = [timestamp(period.starts_at_ms), timestamp(period.ends_at_ms)]
  return lastReading(read, asked.meter, from, until) ?? 0
}
