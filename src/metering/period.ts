/** The period that a quota is for: from its day at midnight to the same day of the next month. */
import { timestamp } from '../kit/clock.ts'
import type { Terms } from '../kit/terms.ts'
import { localDay, startOfDay, type LocalDay } from './local-time.ts'

/** From `starts_at_ms` on, and before `ends_at_ms`. */
export interface Period {
  readonly starts_at_ms: number
  readonly ends_at_ms: number
}

export type PeriodTerms = Pick<Terms, 'time_zone' | 'period_day'>

/** The last one that was asked for, by zone and day: nearly always the one that is asked for next. */
const latest = new Map<string, Period>()

/**
 * The period a moment is in. It begins on `period_day`, or on the last day of a month that is
 * shorter, at midnight in `time_zone`; see `startOfDay` for midnights that clocks jump over.
 */
export function periodAt(at_ms: number, { time_zone, period_day }: PeriodTerms): Period {
  const name = `${period_day} ${time_zone}`
  const known = latest.get(name)
  if (known && at_ms >= known.starts_at_ms && at_ms < known.ends_at_ms) return known
  const { year, month } = localDay(at_ms, time_zone)
  const starts = [-1, 0, 1, 2].map((further) =>
    startOfDay(dayOfMonth(year, month + further, period_day), time_zone),
  )
  const index = starts.findLastIndex((start) => start <= at_ms)
  const period = { starts_at_ms: starts[index]!, ends_at_ms: starts[index + 1]! }
  latest.set(name, period)
  return period
}

/** The period that ended when this one began. */
export const periodBefore = (period: Period, terms: PeriodTerms): Period =>
  periodAt(period.starts_at_ms - 1, terms)

/** A month beyond 12 is one of the next year. */
function dayOfMonth(year: number, month: number, wanted: number): LocalDay {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const then = new Date(Date.UTC(year, month - 1, Math.min(wanted, last)))
  return { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() }
}

export const toTimes = ({ starts_at_ms, ends_at_ms }: Period) => ({
  starts_at: timestamp(starts_at_ms),
  ends_at: timestamp(ends_at_ms),
})
