import { describe, expect, test } from 'bun:test'
import Big from 'big.js'
import { parseList, type BareItem } from 'structured-headers'
import { ManualClock } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Rate, Terms } from '../kit/terms.ts'
import { AddressLimiter, RateLimiter, type Asking, type InstallationRates } from './rate-limit.ts'

const terms = (rates: Terms['rates'], is_paying = true): Terms => ({
  plan: { code: 'test', name: 'Test' },
  refusals: {},
  limits: {},
  quotas: {},
  rates,
  is_paying,
  time_zone: 'UTC',
  period_day: 1,
})

const start = '2026-11-21T09:00:00.000Z'

/** @returns the problem, or undefined when it was let through; and the headers */
function take(limiter: RateLimiter, asking: Asking) {
  const headers: Record<string, string> = {}
  try {
    limiter.take(asking, headers)
    return { problem: undefined, headers }
  } catch (error) {
    return { problem: error as Problem, headers }
  }
}

/** mulberry32: the same numbers for the same seed. */
function chance(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below)
  }
}

/** The same law written otherwise: decimal numbers without an end, and nothing is ever forgotten. */
class Model {
  readonly #tokens = new Map<string, { left: Big; at_ms: number }>()

  allows(asked: { name: string; rate: Rate; kept: Big }[], now_ms: number): boolean {
    const buckets = asked.map(({ name, rate, kept }) => {
      const known = this.#tokens.get(name) ?? { left: new Big(rate.burst), at_ms: now_ms }
      const run_in = new Big(rate.per_second).times(now_ms - known.at_ms).times('0.001')
      const sum = known.left.plus(run_in)
      const bucket = { left: sum.gt(rate.burst) ? new Big(rate.burst) : sum, at_ms: now_ms }
      this.#tokens.set(name, bucket)
      return { bucket, kept }
    })
    const all = buckets.every(({ bucket, kept }) => bucket.left.gte(kept.plus(1)))
    if (all) for (const { bucket } of buckets) bucket.left = bucket.left.minus(1)
    return all
  }
}

const plans = [
  terms({ token: { per_second: 3, burst: 7 }, tenant: { per_second: 5, burst: 11 } }),
  terms(
    { organization: { per_second: 0.3, burst: 2 }, tenant: { per_second: 7, burst: 30 } },
    false,
  ),
  terms({ token: { per_second: 0.007, burst: 3 } }, false),
  terms({}),
]
const installation: InstallationRates = {
  token: { per_second: 11, burst: 13 },
  tenant: { per_second: 23, burst: 29 },
  total: { per_second: 37, reserved_percent: 30 },
}

function asker(tenant: number, organization: number, token: number): Asking {
  const tenant_id = `ten_${tenant}`
  const organization_id = `${tenant_id}/org_${organization}`
  return { id: `${organization_id}/${token}`, tenant_id, organization_id, terms: plans[tenant]! }
}

function modelled({ id, tenant_id, organization_id, terms: own }: Asking) {
  const rates = { ...installation, ...own!.rates }
  const none = new Big(0)
  const at = (name: string, rate: Rate | undefined) => (rate ? [{ name, rate, kept: none }] : [])
  const { per_second, reserved_percent } = installation.total!
  const kept = new Big(per_second).times(reserved_percent).div(100)
  return [
    ...at(id, rates.token),
    ...at(organization_id, rates.organization),
    ...at(tenant_id, rates.tenant),
    { name: 'all', rate: { per_second, burst: per_second }, kept: own!.is_paying ? none : kept },
  ]
}

describe('against an exact model', () => {
  const steps = 100_000
  for (const seed of [1, 20_261_122, 4_294_967]) {
    test(`seed ${seed}: what one allows, the other allows, ${steps} times`, () => {
      const clock = new ManualClock(start)
      const limiter = new RateLimiter(clock, installation)
      const model = new Model()
      const next = chance(seed)
      let allowed = 0
      for (let step = 0; step < steps; step += 1) {
        // Mostly crowds, now and then a pause, so that every bucket is seen full and empty.
        if (next(4) === 0) clock.advance(next(200))
        if (next(2_000) === 0) clock.advance(next(600_000))
        const asking = asker(next(plans.length), next(2), next(3))
        const expected = model.allows(modelled(asking), clock.now())
        const { problem } = take(limiter, asking)
        if (expected !== !problem) throw new Error(`seed ${seed}, step ${step}: ${problem?.detail}`)
        if (expected) allowed += 1
      }
      expect(allowed).toBeGreaterThan(steps / 20)
      expect(allowed).toBeLessThan((steps * 19) / 20)
    }, 60_000)
  }
})

test('a flood of others never gives anybody more than the model, and memory stays bounded', () => {
  const clock = new ManualClock(start)
  const rate = { per_second: 1, burst: 3 }
  const most = 100
  const limiter = new RateLimiter(clock, { token: rate }, most)
  const model = new Model()
  const next = chance(7)
  const me = { id: 'me', tenant_id: '', organization_id: '', terms: undefined }
  let mine = 0
  for (let step = 0; step < 20_000; step += 1) {
    if (next(50) === 0) clock.advance(next(300))
    const asking = next(10) === 0 ? me : { ...me, id: `other ${next(5_000)}` }
    const expected = model.allows([{ name: asking.id, rate, kept: new Big(0) }], clock.now())
    const { problem } = take(limiter, asking)
    if (!problem && !expected) throw new Error(`step ${step}: more than the model`)
    if (!problem && asking === me) mine += 1
  }
  expect(mine).toBeGreaterThan(3)
  expect(limiter.bucket_count).toBeLessThanOrEqual(most)
})

describe('headers', () => {
  const rates: Terms['rates'] = {
    token: { per_second: 5, burst: 20 },
    organization: { per_second: 10, burst: 30 },
    tenant: { per_second: 20, burst: 40 },
  }
  const asking: Asking = {
    id: 'tok',
    tenant_id: 'ten',
    organization_id: 'org',
    terms: terms(rates),
  }
  const open = () => new RateLimiter(new ManualClock(start), installation)

  /** As a caller with a library for structured fields (RFC 9651) reads them. */
  const read = (text: string) =>
    parseList(text).map(([name, parameters]): [BareItem, Record<string, BareItem>] => [
      name as BareItem,
      Object.fromEntries(parameters),
    ])

  test('the policies and what is left of each are structured fields', () => {
    const { headers } = take(open(), asking)
    expect(read(headers['ratelimit-policy']!)).toEqual([
      ['token', { q: 20, w: 4 }],
      ['organization', { q: 30, w: 3 }],
      ['tenant', { q: 40, w: 2 }],
    ])
    expect(read(headers.ratelimit!)).toEqual([
      ['token', { r: 19, t: 1 }],
      ['organization', { r: 29, t: 1 }],
      ['tenant', { r: 39, t: 1 }],
    ])
  })

  test('the operator, who works in no business, is told of his token alone', () => {
    const operator = { id: 'op', tenant_id: '', organization_id: '', terms: undefined }
    const { headers } = take(open(), operator)
    expect(read(headers['ratelimit-policy']!)).toEqual([['token', { q: 13, w: 2 }]])
  })

  test('the one that refuses is named, and takes nothing from the others', () => {
    const limiter = open()
    for (let round = 0; round < 20; round += 1) take(limiter, asking)
    const { problem, headers } = take(limiter, asking)
    expect(problem?.code).toBe('rate_limited')
    expect(problem?.facts).toMatchObject({ policy: 'token', violated_policies: ['token'] })
    expect(problem?.headers['retry-after']).toBe('1')
    expect(read(headers.ratelimit!)).toEqual([
      ['token', { r: 0, t: 4 }],
      ['organization', { r: 10, t: 2 }],
      ['tenant', { r: 20, t: 1 }],
    ])
    const colleague = take(limiter, { ...asking, id: 'another' })
    expect(colleague.problem).toBeUndefined()
  })

  test('after Retry-After it is let through, and not a second earlier', () => {
    const clock = new ManualClock(start)
    const limiter = new RateLimiter(clock, { token: { per_second: 0.25, burst: 1 } })
    const one = { id: 'tok', tenant_id: '', organization_id: '', terms: undefined }
    take(limiter, one)
    expect(take(limiter, one).problem?.headers['retry-after']).toBe('4')
    clock.advance(3_999)
    expect(take(limiter, one).problem?.headers['retry-after']).toBe('1')
    clock.advance(1)
    expect(take(limiter, one).problem).toBeUndefined()
  })
})

describe('under load', () => {
  const wide: Terms['rates'] = { token: { per_second: 1_000, burst: 1_000 } }
  const busy: InstallationRates = {
    token: { per_second: 1_000, burst: 1_000 },
    total: { per_second: 100, reserved_percent: 40 },
  }
  const of = (name: string, is_paying: boolean): Asking => ({
    id: name,
    tenant_id: name,
    organization_id: name,
    terms: terms(wide, is_paying),
  })

  test('those who do not pay are refused first; the kept share is there for the others', () => {
    const limiter = new RateLimiter(new ManualClock(start), busy)
    const [free, paying] = [of('free', false), of('paying', true)]
    let served = 0
    while (!take(limiter, free).problem) served += 1
    expect(served).toBe(60)
    const { problem } = take(limiter, free)
    expect(problem?.facts.policy).toBe('installation')
    expect(problem?.headers['retry-after']).toBe('1')
    let kept = 0
    while (!take(limiter, paying).problem) kept += 1
    expect(kept).toBe(40)
  })

  test('nobody is told how busy it is', () => {
    const limiter = new RateLimiter(new ManualClock(start), busy)
    const { headers } = take(limiter, of('paying', true))
    expect(headers.ratelimit).not.toContain('installation')
  })
})

test('an address at an entrance has a bucket of its own', () => {
  const clock = new ManualClock(start)
  const limiter = new AddressLimiter(clock, { per_second: 1, burst: 2 })
  limiter.take('192.0.2.1')
  limiter.take('192.0.2.1')
  expect(() => limiter.take('192.0.2.1')).toThrow('from one address')
  limiter.take('192.0.2.2')
  clock.advance(1_000)
  limiter.take('192.0.2.1')
})

test('the addresses of IPv6 that one customer has are one address', () => {
  const limiter = new AddressLimiter(new ManualClock(start), { per_second: 1, burst: 2 })
  limiter.take('2001:db8:1:2::1')
  limiter.take('2001:db8:1:2:ffff::7')
  expect(() => limiter.take('2001:db8:1:2:abcd:ef01:2345:6789')).toThrow('from one address')
  limiter.take('2001:db8:1:3::1')
  limiter.take('::ffff:192.0.2.1')
  limiter.take('192.0.2.1')
  expect(() => limiter.take('::ffff:192.0.2.1')).toThrow('from one address')
})
