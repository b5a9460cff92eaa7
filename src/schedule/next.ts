/** When a schedule is due next, in its own time zone, summer time included. */
import { Cron } from 'croner'
import { timestamp } from '../kit/clock.ts'
import { assert } from '../kit/problem.ts'

/** The first time after `after_ms`. Throws for a pattern or zone that makes no sense. */
export function nextTime(cron: string, timezone: string, after_ms: number): string {
  // Paused: only its arithmetic is wanted, the time comes from our own clock.
  const pattern = new Cron(cron, { timezone, paused: true, mode: '5-part' })
  const next = pattern.nextRun(new Date(after_ms))
  assert(next, `"${cron}" happens again`)
  return timestamp(next.getTime())
}
