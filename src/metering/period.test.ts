/** Periods beside another way to reckon: ECMAScript's own Temporal, which the room does not use. */
import { describe, expect, test } from 'bun:test'
import { day_ms, hour_ms, minute_ms } from '../kit/clock.ts'
import { addDays, localDay, startOfDay } from './local-time.ts'
import { periodAt, periodBefore } from './period.ts'
import { temporal } from './testing/temporal.ts'

const { PlainDate, Instant } = temporal

/** When a day begins, as Temporal says. */
const dawn = (date: string, zone: string): number =>
  PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds

const at = (text: string): number => Date.parse(text)

describe('a day begins at the first moment that shows its midnight', () => {
  // Place, day, when it begins.
  const days: [string, string, string][] = [
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['Europe/Berlin', '2026-10-26', '2026-10-25T23:00:00Z'],
    ['Asia/Kathmandu', '2026-11-21', '2026-11-20T18:15:00Z'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z'],
    ['Australia/Lord_Howe', '2026-04-06', '2026-04-05T13:30:00Z'],
    // There was no 30 December: the calendar jumped over it.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00Z'],
    ['Pacific/Apia', '2011-12-31', '2011-12-30T10:00:00Z'],
    // Midnight does not exist: the clocks go from 23:59 to 01:00.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00Z'],
    ['America/Santiago', '2026-09-06', '2026-09-06T04:00:00Z'],
    // Midnight comes twice: the first one counts.
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00Z'],
  ]
  test.each(days)('%s %s', (zone, date, expected) => {
    const [year, month, day] = date.split('-').map(Number) as [number, number, number]
    expect(startOfDay({ year, month, day }, zone)).toBe(at(expected))
    expect(dawn(date, zone)).toBe(at(expected))
  })

  test('every day of three years in twelve zones', () => {
    const zones = [
      ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'],
      ...['Asia/Kathmandu', 'America/St_Johns', 'Africa/Cairo', 'America/Havana'],
      ...['Africa/Casablanca', 'Pacific/Chatham', 'America/Santiago', 'Asia/Beirut'],
    ]
    const wrong: string[] = []
    for (const zone of zones) {
      let date = { year: 2024, month: 1, day: 1 }
      for (; date.year < 2027; date = addDays(date, 1)) {
        const starts = startOfDay(date, zone)
        const expected = PlainDate.from(date).toZonedDateTime({ timeZone: zone }).epochMilliseconds
        const before = localDay(starts - 1, zone)
        if (starts !== expected || before.day === date.day) wrong.push(`${zone} ${date.day}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('a period begins on its day', () => {
  // Moment, day of the period, begin and end.
  const periods: [string, number, string, string][] = [
    ['2026-11-21T12:00:00Z', 1, '2026-11-01', '2026-12-01'],
    ['2026-11-21T12:00:00Z', 21, '2026-11-21', '2026-12-21'],
    ['2026-11-21T12:00:00Z', 22, '2026-10-22', '2026-11-22'],
    ['2027-02-28T12:00:00Z', 29, '2027-02-28', '2027-03-29'],
    ['2028-02-28T12:00:00Z', 29, '2028-01-29', '2028-02-29'],
    ['2028-02-29T12:00:00Z', 29, '2028-02-29', '2028-03-29'],
    ['2028-02-29T12:00:00Z', 31, '2028-02-29', '2028-03-31'],
    ['2026-04-29T12:00:00Z', 31, '2026-03-31', '2026-04-30'],
    ['2026-12-31T12:00:00Z', 31, '2026-12-31', '2027-01-31'],
    ['2027-01-15T12:00:00Z', 31, '2026-12-31', '2027-01-31'],
  ]
  test.each(periods)('%s, day %d', (moment, period_day, begin, end) => {
    const terms = { time_zone: 'Europe/Berlin', period_day }
    expect(periodAt(at(moment), terms)).toEqual({
      starts_at_ms: dawn(begin, 'Europe/Berlin'),
      ends_at_ms: dawn(end, 'Europe/Berlin'),
    })
  })

  test('one follows the other without a gap, whatever the zone and the day', () => {
    for (const time_zone of ['Pacific/Apia', 'Australia/Lord_Howe', 'America/Santiago']) {
      for (const period_day of [1, 6, 28, 29, 30, 31]) {
        const terms = { time_zone, period_day }
        let next = at('2011-01-01T00:00:00Z')
        for (let month = 0; month < 60; month++) {
          const period = periodAt(next, terms)
          expect(period.starts_at_ms).toBeLessThanOrEqual(next)
          expect(periodAt(period.ends_at_ms - 1, terms)).toEqual(period)
          expect(periodBefore(periodAt(period.ends_at_ms, terms), terms)).toEqual(period)
          const days = (period.ends_at_ms - period.starts_at_ms) / day_ms
          expect(Math.abs(days - 30)).toBeLessThan(4)
          next = period.ends_at_ms
        }
      }
    }
  })

  test('the last minute belongs to the old one, the first to the new one', () => {
    const terms = { time_zone: 'Asia/Kathmandu', period_day: 1 }
    const turn = dawn('2026-12-01', 'Asia/Kathmandu')
    expect(new Date(turn).getUTCMinutes()).toBe(15)
    expect(periodAt(turn - minute_ms, terms).ends_at_ms).toBe(turn)
    expect(periodAt(turn, terms).starts_at_ms).toBe(turn)
    const noon = Instant.fromEpochMilliseconds(turn + 12 * hour_ms)
    expect(noon.toZonedDateTimeISO('Asia/Kathmandu').day).toBe(1)
  })
})
