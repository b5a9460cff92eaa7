/** Limits requests: by token, organization and business, and all of the installation together. */
import type { Clock } from '../kit/clock.ts'
import { neighbourhoodOf } from '../kit/ip-ranges.ts'
import { Problem } from '../kit/problem.ts'
import type { Rate, Terms } from '../kit/terms.ts'
import type { Principal } from './principal.ts'
import {
  flowOf,
  secondsFor,
  token_u,
  TokenBuckets,
  type Bucket,
  type Flow,
} from './token-buckets.ts'

/** What the installation gives where a plan says nothing. */
export interface InstallationRates {
  token: Rate
  /** All tokens of one organization, or of one business, together; not limited unless told. */
  organization?: Rate
  tenant?: Rate
  /** All requests together; a share of it is kept for those who pay. */
  total?: { per_second: number; reserved_percent: number }
}

export type Asking = Pick<Principal, 'id' | 'tenant_id' | 'organization_id' | 'terms'>

/** In this order they are asked and told. */
const levels = ['token', 'organization', 'tenant'] as const
type Level = (typeof levels)[number]

/** The rates of one set of terms, and the header that tells them. */
interface Policies {
  flows: Partial<Record<Level, Flow>>
  header: string
}

interface Asked {
  policy: Level | 'address' | 'installation'
  bucket: Bucket
  /** What has to be left in it: the part that is kept for others. */
  kept_u: number
}

/** For each level: so many are remembered one by one. */
const most_buckets = 50_000

export class RateLimiter {
  readonly #buckets: Record<Level, TokenBuckets>
  readonly #total: { buckets: TokenBuckets; flow: Flow; kept_u: number } | undefined
  /** Terms are kept as long as they count, so their policies are too. */
  readonly #known = new WeakMap<Terms, Policies>()
  readonly #common: Policies
  /** The operator works in no business. */
  readonly #operator: Policies

  constructor(
    private readonly clock: Clock,
    private readonly installation: InstallationRates,
    most = most_buckets,
  ) {
    const buckets = () => new TokenBuckets(most)
    this.#buckets = { token: buckets(), organization: buckets(), tenant: buckets() }
    this.#common = policiesOf(installation)
    this.#operator = policiesOf({ token: installation.token })
    const { total } = installation
    if (total) {
      const flow = flowOf({ per_second: total.per_second, burst: total.per_second })
      const kept_u = Math.floor((flow.capacity_u * total.reserved_percent) / 100)
      this.#total = { buckets: new TokenBuckets(1), flow, kept_u }
    }
  }

  /** Those that are remembered one by one, on every level. */
  get bucket_count(): number {
    return levels.reduce((sum, level) => sum + this.#buckets[level].size, 0)
  }

  /**
   * Takes one token from each bucket that counts, or none at all, and writes `RateLimit` and
   * `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10).
   * @throws Problem `rate_limited` with `Retry-After` and the policies that refuse
   */
  take(asking: Asking, headers: Record<string, string | number>): void {
    const policies = this.#policiesOf(asking)
    const asked = this.#ask(asking, policies, this.clock.now())
    const allowed = asked.every(hasToken)
    if (allowed) for (const { bucket } of asked) bucket.level_u -= token_u
    headers['ratelimit-policy'] = policies.header
    headers.ratelimit = toldLimits(asked)
    if (!allowed) throw refusal(asked.filter((each) => !hasToken(each)))
  }

  #policiesOf({ tenant_id, terms }: Asking): Policies {
    if (!terms) return tenant_id ? this.#common : this.#operator
    let policies = this.#known.get(terms)
    if (!policies) {
      policies = policiesOf({ ...this.installation, ...terms.rates })
      this.#known.set(terms, policies)
    }
    return policies
  }

  #ask(asking: Asking, { flows }: Policies, now_ms: number): Asked[] {
    const asked: Asked[] = []
    for (const policy of levels) {
      const flow = flows[policy]
      const name = nameAt(asking, policy)
      if (!flow || !name) continue
      asked.push({ policy, bucket: this.#buckets[policy].at(name, flow, now_ms), kept_u: 0 })
    }
    if (this.#total) {
      const { buckets, flow, kept_u } = this.#total
      // The operator himself has no terms, and is not shut out by the load he looks after.
      const stands_back = asking.terms?.is_paying === false
      asked.push({
        policy: 'installation',
        bucket: buckets.at('', flow, now_ms),
        kept_u: stands_back ? kept_u : 0,
      })
    }
    return asked
  }
}

/** At entrances, where nobody has a token yet: so much from one address. */
export class AddressLimiter {
  readonly #buckets = new TokenBuckets(most_buckets)
  readonly #flow: Flow

  constructor(
    private readonly clock: Clock,
    rate: Rate,
  ) {
    this.#flow = flowOf(rate)
  }

  /** @throws Problem `rate_limited` */
  take(address: string): void {
    const bucket = this.#buckets.at(neighbourhoodOf(address), this.#flow, this.clock.now())
    if (bucket.level_u < token_u) throw refusal([{ policy: 'address', bucket, kept_u: 0 }])
    bucket.level_u -= token_u
  }
}

const nameAt = (asking: Asking, level: Level): string =>
  level === 'token'
    ? asking.id
    : level === 'organization'
      ? asking.organization_id
      : asking.tenant_id

function policiesOf(rates: Partial<Record<Level, Rate | undefined>>): Policies {
  const flows: Policies['flows'] = {}
  const told: string[] = []
  for (const level of levels) {
    const rate = rates[level]
    if (!rate) continue
    flows[level] = flowOf(rate)
    told.push(`"${level}";q=${rate.burst};w=${Math.ceil(rate.burst / rate.per_second)}`)
  }
  return { flows, header: told.join(', ') }
}

const hasToken = ({ bucket, kept_u }: Asked): boolean => bucket.level_u >= token_u + kept_u

/** How busy the installation is, is nobody's business. */
function toldLimits(asked: readonly Asked[]): string {
  let told = ''
  for (const { policy, bucket } of asked) {
    if (policy === 'installation') continue
    const left = Math.floor(bucket.level_u / token_u)
    const full_in_s = secondsFor(bucket.capacity_u - bucket.level_u, bucket)
    told += `${told && ', '}"${policy}";r=${left};t=${full_in_s}`
  }
  return told
}

const whose: Record<Asked['policy'], string> = {
  token: 'with one token',
  organization: 'in one organization',
  tenant: 'in one business',
  address: 'from one address',
  installation: 'on this installation, which is under load',
}

function refusal(refusing: readonly Asked[]): Problem {
  const wait_s = Math.max(
    ...refusing.map(({ bucket, kept_u }) => secondsFor(token_u + kept_u - bucket.level_u, bucket)),
  )
  const { policy, bucket } = refusing[0]!
  const [rate, burst] = [bucket.per_ms_u / 1_000, bucket.capacity_u / token_u]
  const detail =
    policy === 'installation'
      ? `Too many requests ${whose[policy]}: try again in ${wait_s} s.`
      : `At most ${rate} requests a second ${whose[policy]}, ${burst} at once.`
  const violated_policies = refusing.map((each) => each.policy)
  const facts = { policy, violated_policies, retry_after_s: wait_s }
  return new Problem('rate_limited', detail, facts, { 'retry-after': String(wait_s) })
}
