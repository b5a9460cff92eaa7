/** Token buckets in whole numbers: exact to a millionth of a token, and bounded in memory. */
import type { Rate } from '../kit/terms.ts'

/** Levels are millionths of a token; what runs in each millisecond is then a whole number of them. */
export const token_u = 1_000_000

/** A rate as the buckets count: thousandths of a request a second are millionths in a millisecond. */
export interface Flow {
  readonly capacity_u: number
  readonly per_ms_u: number
}

export interface Bucket extends Flow {
  capacity_u: number
  per_ms_u: number
  level_u: number
  at_ms: number
}

export const flowOf = ({ per_second, burst }: Rate): Flow => ({
  capacity_u: burst * token_u,
  per_ms_u: Math.round(per_second * 1_000),
})

/** Whole seconds until so much more has run in. */
export const secondsFor = (missing_u: number, { per_ms_u }: Flow): number =>
  missing_u <= 0 ? 0 : Math.ceil(missing_u / per_ms_u / 1_000)

/** How many are looked at to find one that can go. */
const looked_at = 64

/**
 * Buckets by name. One that is full says nothing that a new one does not, so full ones make room.
 * When none is full, newcomers share one bucket: nobody gets his own refilled by a flood of others.
 */
export class TokenBuckets {
  readonly #buckets = new Map<string, Bucket>()
  #shared: Bucket | undefined

  constructor(private readonly most: number) {}

  get size(): number {
    return this.#buckets.size
  }

  /** The bucket with what has run in until now. Time that passed counts at the rate of now. */
  at(name: string, flow: Flow, now_ms: number): Bucket {
    const bucket = this.#buckets.get(name) ?? this.#add(name, flow, now_ms)
    bucket.capacity_u = flow.capacity_u
    bucket.per_ms_u = flow.per_ms_u
    bucket.level_u = levelAt(bucket, now_ms)
    bucket.at_ms = Math.max(bucket.at_ms, now_ms)
    return bucket
  }

  #add(name: string, flow: Flow, now_ms: number): Bucket {
    const full = { ...flow, level_u: flow.capacity_u, at_ms: now_ms }
    if (this.#buckets.size >= this.most && !this.#makeRoom(now_ms)) {
      return (this.#shared ??= full)
    }
    this.#buckets.set(name, full)
    return full
  }

  /** Those that are not full go to the back, so that the next look finds others. */
  #makeRoom(now_ms: number): boolean {
    let looked = 0
    for (const [name, bucket] of this.#buckets) {
      this.#buckets.delete(name)
      if (levelAt(bucket, now_ms) >= bucket.capacity_u) return true
      this.#buckets.set(name, bucket)
      if (++looked === looked_at) return false
    }
    return false
  }
}

/** A product too large to be exact is far beyond any capacity. */
const levelAt = ({ capacity_u, per_ms_u, level_u, at_ms }: Bucket, now_ms: number): number =>
  Math.min(capacity_u, level_u + Math.max(0, now_ms - at_ms) * per_ms_u)
