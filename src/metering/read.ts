/** Answers what was used: in a period, day by day, and line by line. */
import { day_ms, hour_ms, timestamp } from '../kit/clock.ts'
import { invalid } from '../kit/problem.ts'
import { meters } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'
import { addDays, dayName, localDay, readDay, startOfDay, type LocalDay } from './local-time.ts'
import { periodAt, periodBefore, toTimes, type Period } from './period.ts'
import {
  most_points,
  type MeterUsage,
  type Series,
  type SeriesAsked,
  type Usage,
  type UsageAsked,
  type UsageFilter,
  type UsageRecord,
} from './schema.ts'
import { confinedTo } from './reach.ts'
import { standingOf, standingOfOrganization } from './standing.ts'
import { alertsOf, listUsageRows, type NamedUsageRow } from './store.ts'
import { termsOf } from './terms-of.ts'
import { usedIn } from './total.ts'

const longest_days = 400

/** Of the whole business, unless an organization was chosen. @throws Problem `invalid` */
export const getUsage = (read: Read, asked: UsageAsked): Usage =>
  confinedTo(read) ? getOwnUsage(read, asked) : usage(read, asked, standingOf)

/** Of the organization one works in. @throws Problem `invalid` */
export const getOwnUsage = (read: Read, asked: UsageAsked): Usage => ({
  ...usage(read, asked, standingOfOrganization),
  alerts: [],
})

function usage(
  read: Read,
  asked: UsageAsked,
  standing: (read: Read, period: Period) => MeterUsage[],
): Usage {
  const terms = termsOf(read)
  const current = periodAt(read.now_ms, terms)
  const period = choose(asked, terms.time_zone, current, () => periodBefore(current, terms))
  const is_current = period === current
  const { time_zone, plan_code } = terms
  const meters = standing(read, period)
  return {
    period: { ...toTimes(period), time_zone, is_current },
    plan_code,
    plan_name: read.scope.terms?.plan.name ?? '',
    // What is included is of a whole period, not of any stretch of days.
    meters: asked.from ? meters.map((each) => ({ ...each, ...of_no_period })) : meters,
    alerts: alertsOf(read, timestamp(period.starts_at_ms)),
  }
}

const of_no_period = {
  included: null,
  is_hard: false,
  share_percent: null,
  projected: null,
  projected_from_days: null,
  resets_at: null,
}

function choose(
  { period, from, to }: UsageAsked,
  time_zone: string,
  current: Period,
  previous: () => Period,
): Period {
  if (from === undefined && to === undefined) return period === 'previous' ? previous() : current
  if (period) throw invalid('/query/period', 'Choose a period, or from and to.')
  if (!from) throw invalid('/query/from', 'Say where it begins.')
  if (!to) throw invalid('/query/to', 'Say where it ends.')
  return span(readDay(from), readDay(to), time_zone, longest_days)
}

/** From the beginning of one day to the end of another. @throws Problem `invalid` */
function span(from: LocalDay, to: LocalDay, time_zone: string, most_days: number): Period {
  const [first, last] = [from, to].map((day) => Date.parse(dayName(day))) as [number, number]
  if (last < first) throw invalid('/query/to', 'It ends before it begins.')
  if ((last - first) / day_ms >= most_days)
    throw invalid('/query/to', `At most ${most_days} days at once.`)
  return {
    starts_at_ms: startOfDay(from, time_zone),
    ends_at_ms: startOfDay(addDays(to, 1), time_zone),
  }
}

/** Of the whole business, unless an organization was chosen. @throws Problem `invalid` */
export const getSeries = (read: Read, asked: SeriesAsked): Series =>
  confinedTo(read) ? getOwnSeries(read, asked) : series(read, asked, undefined)

/** Of the organization one works in. @throws Problem `invalid`, for a gauge too */
export function getOwnSeries(read: Read, asked: SeriesAsked): Series {
  if (meters[asked.meter].kind === 'gauge')
    throw invalid('/query/meter', 'This is read for the business as a whole.')
  return series(read, asked, read.scope.organization_id)
}

/** The last 30 days, or the last 2 by the hour, unless told. */
const days_unless_told = { day: 30, hour: 2 }

function series(read: Read, asked: SeriesAsked, organization_id: string | undefined): Series {
  const { meter, by = 'day' } = asked
  const { time_zone } = termsOf(read)
  const to = asked.to ? readDay(asked.to) : localDay(read.now_ms, time_zone)
  const from = asked.from ? readDay(asked.from) : addDays(to, 1 - days_unless_told[by])
  const most_days = by === 'day' ? most_points : Math.floor(most_points / 25)
  const whole = span(from, to, time_zone, most_days)
  const slots = by === 'day' ? daysIn(from, to, time_zone) : hoursIn(whole)
  const points = slots.map((slot) => ({
    starts_at: timestamp(slot.starts_at_ms),
    day: dayName(slot.day ?? localDay(slot.starts_at_ms, time_zone)),
    quantity: usedIn(read, { meter, organization_id }, slot),
  }))
  return { meter, unit: meters[meter].unit, by, time_zone, points }
}

type Slot = Period & { day?: LocalDay }

export function daysIn(from: LocalDay, to: LocalDay, time_zone: string): Slot[] {
  const slots: Slot[] = []
  let day = from
  let starts_at_ms = startOfDay(day, time_zone)
  while (dayName(day) <= dayName(to)) {
    const next = addDays(day, 1)
    const ends_at_ms = startOfDay(next, time_zone)
    slots.push({ day, starts_at_ms, ends_at_ms })
    day = next
    starts_at_ms = ends_at_ms
  }
  return slots
}

/** The hours of UTC that touch it. */
function hoursIn({ starts_at_ms, ends_at_ms }: Period): Slot[] {
  const first = Math.floor(starts_at_ms / hour_ms)
  const count = Math.ceil(ends_at_ms / hour_ms) - first
  return Array.from({ length: count }, (_, index) => ({
    starts_at_ms: (first + index) * hour_ms,
    ends_at_ms: (first + index + 1) * hour_ms,
  }))
}

/** Of the whole business, or of one of its organizations; of no other than one that was chosen. */
export function listRecords(read: Read, { organization_id, ...filter }: UsageFilter) {
  const only = confinedTo(read)
  if (only && organization_id && organization_id !== only)
    return { data: [], has_more: false, next_cursor: null }
  return records(read, filter, only ?? organization_id)
}

/** Of the organization one works in. */
export const listOwnRecords = (read: Read, filter: Omit<UsageFilter, 'organization_id'>) =>
  records(read, filter, read.scope.organization_id)

function records(read: Read, filter: UsageFilter, organization_id: string | undefined) {
  const { rows, ...rest } = listUsageRows(read, inUtc(filter), organization_id)
  return { data: rows.map(toRecord), ...rest }
}

/** Times are kept in UTC with milliseconds, and compared as text. */
export function inUtc<T extends { from?: string; to?: string }>({ from, to, ...rest }: T) {
  const utc = (at: string) => timestamp(Date.parse(at))
  return { ...rest, ...(from && { from: utc(from) }), ...(to && { to: utc(to) }) }
}

export const toRecord = ({ key: _key, is_late, ...row }: NamedUsageRow): UsageRecord => ({
  ...row,
  organization_id: row.organization_id || null,
  subject_id: row.subject_id || null,
  is_late: is_late === 1,
  reason: row.reason || null,
  corrected_by: row.corrected_by || null,
})
