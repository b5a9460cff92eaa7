/** A token bucket per principal: `burst` at once, refilled at `per_second`. */
import type { Clock } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Rate } from '../kit/terms.ts'

interface Bucket {
  tokens: number
  filled_at_ms: number
}

/** Buckets kept before full ones are thrown away: a full bucket says nothing a new one does not. */
const most_buckets = 50_000

export class RateLimiter {
  readonly #buckets = new Map<string, Bucket>()

  constructor(
    private readonly clock: Clock,
    /** For those that have no limit of their own. */
    private readonly common: Rate,
  ) {}

  /**
   * Takes one token and writes `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers).
   * @throws Problem `rate_limited` with `Retry-After` when none is left
   */
  take(
    { id, rate = this.common }: { id: string; rate?: Rate | undefined },
    headers: Record<string, string | number>,
  ): void {
    const now_ms = this.clock.now()
    const bucket = this.#bucketOf(id, rate.burst, now_ms)
    const refill = ((now_ms - bucket.filled_at_ms) / 1_000) * rate.per_second
    bucket.tokens = Math.min(rate.burst, bucket.tokens + refill)
    bucket.filled_at_ms = now_ms
    const allowed = bucket.tokens >= 1
    if (allowed) bucket.tokens -= 1
    const window_s = Math.ceil(rate.burst / rate.per_second)
    const full_in_s = Math.ceil((rate.burst - bucket.tokens) / rate.per_second)
    headers['ratelimit-policy'] = `"default";q=${rate.burst};w=${window_s}`
    headers.ratelimit = `"default";r=${Math.floor(bucket.tokens)};t=${full_in_s}`
    if (allowed) return
    const wait_s = Math.ceil((1 - bucket.tokens) / rate.per_second)
    const detail = `At most ${rate.per_second} requests a second, ${rate.burst} at once.`
    throw new Problem('rate_limited', detail, {}, { 'retry-after': String(wait_s) })
  }

  #bucketOf(id: string, burst: number, now_ms: number): Bucket {
    let bucket = this.#buckets.get(id)
    if (!bucket) {
      if (this.#buckets.size >= most_buckets) this.#buckets.clear()
      this.#buckets.set(id, (bucket = { tokens: burst, filled_at_ms: now_ms }))
    }
    return bucket
  }
}
