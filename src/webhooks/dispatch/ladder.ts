/** When a delivery that failed is tried again, and when an endpoint is left in peace for a while. */
import { day_ms, hour_ms, minute_ms, second_ms } from '../../kit/clock.ts'
import { sha256 } from '../../kit/secrets.ts'

/** The wait before each attempt; after the last one a delivery is given up. */
export const ladder_ms: readonly number[] = [
  0,
  5 * second_ms,
  5 * minute_ms,
  30 * minute_ms,
  2 * hour_ms,
  5 * hour_ms,
  10 * hour_ms,
  14 * hour_ms,
  20 * hour_ms,
  24 * hour_ms,
]

/** A peer may ask for a pause of its own, up to this. */
const longest_retry_after_ms = day_ms
/** Waits are longer by up to this share, so that what failed together does not return together. */
const jitter_share = 0.1

/**
 * The wait before the next attempt, or undefined when there is none.
 * @param rung attempts made so far
 * @param seed what the jitter is made from: the same delivery and rung always wait the same
 */
export function waitBefore(rung: number, seed: string, retry_after_ms = 0): number | undefined {
  const wait_ms = ladder_ms[rung]
  if (wait_ms === undefined) return undefined
  const chance = sha256(`${seed} ${rung}`).readUInt32BE(0) / 2 ** 32
  const jittered = Math.round(wait_ms * (1 + jitter_share * chance))
  return Math.max(jittered, Math.min(retry_after_ms, longest_retry_after_ms))
}

/** Seconds or an HTTP date (RFC 9110 §10.2.3) as milliseconds from now; 0 when it says nothing usable. */
export function readRetryAfter(value: string | undefined, now_ms: number): number {
  if (!value) return 0
  if (/^\d{1,9}$/.test(value)) return Math.min(Number(value) * second_ms, longest_retry_after_ms)
  const at_ms = Date.parse(value)
  if (Number.isNaN(at_ms)) return 0
  return Math.min(Math.max(at_ms - now_ms, 0), longest_retry_after_ms)
}

/** So many failures in a row open the circuit: then one delivery at a time is the probe. */
export const failures_to_open = 5
const first_pause_ms = 30 * second_ms
const longest_pause_ms = 10 * minute_ms

/** How long the circuit stays open after so many failures in a row; 0 while it is closed. */
export const pauseAfter = (consecutive_failures: number): number =>
  consecutive_failures < failures_to_open
    ? 0
    : Math.min(first_pause_ms * 2 ** (consecutive_failures - failures_to_open), longest_pause_ms)

/** An endpoint that has failed for this long without one success is disabled. */
export const disable_after_ms = 5 * day_ms
