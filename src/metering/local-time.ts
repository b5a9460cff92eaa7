/** Days and their beginnings on the clocks of a place, summer time included. */
import { day_ms, minute_ms } from '../kit/clock.ts'

/** A day of the calendar. */
export interface LocalDay {
  year: number
  /** 1 to 12. */
  month: number
  day: number
}

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(time_zone: string): Intl.DateTimeFormat {
  let formatter = formatters.get(time_zone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: time_zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
    formatters.set(time_zone, formatter)
  }
  return formatter
}

/** What the clocks show, as if they showed UTC: milliseconds, whole seconds. */
function wallTime(at_ms: number, time_zone: string): number {
  const shown = formatterOf(time_zone).formatToParts(at_ms)
  const part = (type: string) => Number(shown.find((each) => each.type === type)?.value)
  const day_of = Date.UTC(part('year'), part('month') - 1, part('day'))
  return day_of + (part('hour') * 3_600 + part('minute') * 60 + part('second')) * 1_000
}

const offsetAt = (at_ms: number, time_zone: string): number => wallTime(at_ms, time_zone) - at_ms

/** The day that the calendar shows. */
export function localDay(at_ms: number, time_zone: string): LocalDay {
  const wall = new Date(wallTime(Math.floor(at_ms / 1_000) * 1_000, time_zone))
  return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() }
}

/**
 * When a day begins: the first moment at which the clocks show its midnight. Where they jump over
 * midnight, or over the whole day, it is the moment of the jump; where midnight comes twice, it is
 * the first one. (As `startOfDay` of ECMAScript Temporal.)
 */
export function startOfDay({ year, month, day }: LocalDay, time_zone: string): number {
  const midnight = Date.UTC(year, month - 1, day)
  // No offset is longer than 14 hours, so a change around midnight lies between these two.
  const [before, after] = [-day_ms, day_ms].map((far) => offsetAt(midnight + far, time_zone)) as [
    number,
    number,
  ]
  const candidates = [midnight - Math.max(before, after), midnight - Math.min(before, after)]
  const found = candidates.find((at_ms) => wallTime(at_ms, time_zone) === midnight)
  return found ?? jumpOver(midnight, before, after, time_zone)
}

/** Clocks change at whole minutes of UTC: the first one at which they show midnight or later. */
function jumpOver(midnight: number, before: number, after: number, time_zone: string): number {
  let low = midnight - after
  let high = midnight - before
  while (high - low > minute_ms) {
    const middle = low + Math.floor((high - low) / 2 / minute_ms) * minute_ms
    if (wallTime(middle, time_zone) >= midnight) high = middle
    else low = middle
  }
  return high
}

/** The day so many days later; earlier below zero. */
export function addDays({ year, month, day }: LocalDay, days: number): LocalDay {
  const then = new Date(Date.UTC(year, month - 1, day + days))
  return { year: then.getUTCFullYear(), month: then.getUTCMonth() + 1, day: then.getUTCDate() }
}

/** `2026-11-21` */
export const dayName = ({ year, month, day }: LocalDay): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)

/** Reads `2026-11-21`; its shape has been checked. */
export function readDay(name: string): LocalDay {
  const [year, month, day] = name.split('-').map(Number) as [number, number, number]
  return { year, month, day }
}
