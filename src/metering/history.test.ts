/**
 * Random histories, lived through by a clock, in five zones: every total is compared with a plain
 * loop over what was told, which finds its periods in another way.
 */
import { expect, test } from 'bun:test'
import { Random } from '../../tests/random.ts'
import { day_ms, hour_ms, timestamp } from '../kit/clock.ts'
import type { Meter } from '../kit/terms.ts'
import { correctUsage } from './correct.ts'
import { meter } from './meter.ts'
import { getSeries, getUsage } from './read.ts'
import { Metered } from './testing/metered.ts'
import { temporal } from './testing/temporal.ts'

const { PlainDate, Instant } = temporal

interface Told {
  meter: Meter
  quantity: number
  occurred_ms: number
  recorded_ms: number
}

/** When a day of the calendar begins; a day that the month does not have is its last one. */
const dawn = (zone: string, year: number, month: number, day: number): number =>
  PlainDate.from({ year, month, day }).toZonedDateTime({ timeZone: zone }).epochMilliseconds

/** Goes back from the month of the moment until the period's day is not later than it. */
function beginningOf(at_ms: number, zone: string, period_day: number): number {
  let { year, month } = Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(zone)
  for (;;) {
    const begins = dawn(zone, year, month, period_day)
    if (begins <= at_ms) return begins
    month -= 1
    if (month === 0) [year, month] = [year - 1, 12]
  }
}

function plainTotal(told: Told[], name: Meter, from_ms: number, until_ms: number): number {
  let total = 0
  for (const each of told) {
    if (each.meter !== name) continue
    if (each.occurred_ms >= from_ms && each.occurred_ms < until_ms) total += each.quantity
  }
  return total
}

const names: Meter[] = ['api_calls', 'labels']

const histories: [zone: string, period_day: number, begins: string, seed: number][] = [
  ['Europe/Berlin', 1, '2026-08-30T11:00:00Z', 1],
  ['Europe/Berlin', 29, '2027-12-20T11:00:00Z', 2],
  ['America/New_York', 31, '2026-01-10T04:30:00Z', 3],
  ['Australia/Lord_Howe', 5, '2026-02-20T14:45:00Z', 4],
  ['Pacific/Apia', 30, '2011-10-15T09:00:00Z', 5],
  ['Asia/Kathmandu', 15, '2026-05-01T18:20:00Z', 6],
]

test.each(histories)('%s, day %d, from %s', async (time_zone, period_day, begins, seed) => {
  const metered = await Metered.open({ time_zone, period_day })
  try {
    const { clock } = metered.shop
    clock.set(begins)
    const random = new Random(seed)
    const between = (least: number, most: number) => least + random.below(most - least + 1)
    const told: Told[] = []
    const keys: string[] = []
    let duplicates = 0
    for (let step = 0; step < 90; step++) {
      clock.advance(between(1, 40 * 60) * 60_000 + between(0, 59_999))
      // Now and then exactly at a turn, where a mistake of a millisecond shows.
      if (random.chance(0.2)) {
        const next = beginningOf(clock.now() + 33 * day_ms, time_zone, period_day)
        if (next > clock.now()) clock.set(next - between(0, 1))
      }
      await metered.file.write(metered.scope, (tx) => {
        for (let n = between(1, 6); n > 0; n--) {
          const late_ms = random.chance(0.3) ? between(0, 45 * 24) * hour_ms : 0
          const occurred_ms = tx.now_ms - late_ms
          const name = random.pick(names)
          const quantity = between(1, 50)
          if (keys.length > 0 && random.chance(0.2)) {
            duplicates += 1
            expect(meter(tx, name, random.pick(keys), quantity)).toBe(false)
            continue
          }
          const key = `${seed} ${keys.length}`
          keys.push(key)
          expect(meter(tx, name, key, quantity, { occurred_at: timestamp(occurred_ms) })).toBe(true)
          told.push({ meter: name, quantity, occurred_ms, recorded_ms: tx.now_ms })
        }
        const from = beginningOf(tx.now_ms, time_zone, period_day)
        const total = plainTotal(told, 'labels', from, tx.now_ms + 1)
        if (total > 0 && random.chance(0.2)) {
          const quantity = -between(1, total)
          const reason = 'Counted twice by mistake'
          correctUsage(tx, { id: tx.scope.tenant_id, meter: 'labels', quantity, reason })
          const now_ms = tx.now_ms
          told.push({ meter: 'labels', quantity, occurred_ms: now_ms, recorded_ms: now_ms })
        }
      })
      const now_ms = clock.now()
      const current = beginningOf(now_ms, time_zone, period_day)
      const previous = beginningOf(current - 1, time_zone, period_day)
      const answers = metered.file.read(metered.scope, (read) => ({
        current: getUsage(read, {}),
        previous: getUsage(read, { period: 'previous' }),
      }))
      expect(answers.current.period.starts_at).toBe(timestamp(current))
      expect(answers.previous.period.starts_at).toBe(timestamp(previous))
      expect(answers.previous.period.ends_at).toBe(timestamp(current))
      for (const name of names) {
        const usedOf = (of: typeof answers.current) =>
          of.meters.find((each) => each.meter === name)!.used
        const until = Date.parse(answers.current.period.ends_at)
        expect(usedOf(answers.current)).toBe(plainTotal(told, name, current, until))
        expect(usedOf(answers.previous)).toBe(plainTotal(told, name, previous, current))
      }
    }
    expect(duplicates).toBeGreaterThan(10)
    checkLines(metered, told, time_zone, period_day)
    checkDays(metered, told, time_zone)
  } finally {
    await metered.close()
  }
})

/** Every line is there once, and late when its period was over when it was told. */
function checkLines(metered: Metered, told: Told[], zone: string, period_day: number): void {
  const lines = metered.file.read(metered.scope, (read) =>
    read.all<{ occurred_at: string; quantity: number; is_late: number }>(
      'SELECT occurred_at, quantity, is_late FROM usage_records',
    ),
  )
  const plain = told.map(({ occurred_ms, quantity, recorded_ms }) => {
    const is_late = occurred_ms < beginningOf(recorded_ms, zone, period_day)
    return `${timestamp(occurred_ms)} ${quantity} ${is_late ? 1 : 0}`
  })
  const kept = lines.map((row) => `${row.occurred_at} ${row.quantity} ${row.is_late}`)
  expect(kept.sort()).toEqual(plain.sort())
  expect(plain.some((line) => line.endsWith('1'))).toBe(true)
}

/** Every day of the last hundred, by what the calendar says of each line. */
function checkDays(metered: Metered, told: Told[], zone: string): void {
  const dayOf = (at_ms: number) => {
    const { year, month, day } = Instant.fromEpochMilliseconds(at_ms).toZonedDateTimeISO(zone)
    return [year, month, day].map((part) => String(part).padStart(2, '0')).join('-')
  }
  const now_ms = metered.shop.clock.now()
  const [from, to] = [dayOf(now_ms - 100 * day_ms), dayOf(now_ms)]
  const series = metered.file.read(metered.scope, (read) =>
    getSeries(read, { meter: 'api_calls', from, to }),
  )
  const sums = new Map<string, number>()
  for (const { meter: name, occurred_ms, quantity } of told) {
    const day = dayOf(occurred_ms)
    if (name === 'api_calls' && day >= from && day <= to)
      sums.set(day, (sums.get(day) ?? 0) + quantity)
  }
  const days = series.points.filter(({ quantity }) => quantity > 0)
  expect(new Map(days.map(({ day, quantity }) => [day, quantity]))).toEqual(
    new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1))),
  )
}
