import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { newId } from '../kit/id.ts'
import { shareOf } from './decide.ts'
import type { FeatureAnswer, Flag, PlatformFeature } from './schema-features.ts'

let shop: Shop
let operator: string
beforeAll(async () => {
  shop = await Shop.open()
  operator = await shop.operatorToken()
})
afterAll(() => shop.close())

const asOperator = <T>(route: string, body?: unknown, etag?: string) =>
  shop.done<T>(route, body, { token: operator, ...(etag && { etag }) })
const assign = (plan: string) =>
  asOperator(`POST /v1/platform/tenants/${shop.tenant.id}/plan`, { plan })
const found = () => shop.send('POST /v1/organizations', { name: 'Another' })

async function answerOf(feature: string): Promise<FeatureAnswer> {
  const mine = await shop.done<{ data: FeatureAnswer[] }>('GET /v1/features')
  const told = await asOperator<{ data: FeatureAnswer[] }>(
    `GET /v1/platform/tenants/${shop.tenant.id}/features`,
  )
  expect(told).toEqual(mine)
  return mine.data.find((each) => each.feature === feature)!
}

const chainOf = ({ chain }: FeatureAnswer) => chain.map(({ step, answer }) => `${step} ${answer}`)

test('without a plan and a switch everything may be used, and says so', async () => {
  const answer = await answerOf('organizations')
  expect(answer).toMatchObject({ allowed: true, decided_by: 'plan' })
  expect(chainOf(answer)).toEqual([
    'kill_switch silent',
    'requirement silent',
    'plan allows',
    'flag silent',
  ])
  expect((await found()).status).toBe(201)
})

test('a plan that leaves a feature out refuses it, in words and in the next request', async () => {
  await assign('free')
  const answer = await answerOf('organizations')
  expect(answer).toMatchObject({ allowed: false, decided_by: 'plan' })
  const refused = await found()
  expect(refused.status).toBe(403)
  expect(refused.body).toMatchObject({
    code: 'feature_unavailable',
    feature: 'organizations',
    decided_by: 'plan',
    detail: 'Free does not include it: choose another plan.',
  })
  await assign('startup')
  expect((await found()).status).toBe(201)
})

test('a number of a plan refuses one more, and tells where to go', async () => {
  await assign('free')
  const hook = (number: number) =>
    shop.send('POST /v1/webhook_endpoints', {
      url: `http://127.0.0.1:9/${number}`,
      types: ['item.*'],
    })
  expect((await hook(1)).status).toBe(201)
  expect((await hook(2)).status).toBe(201)
  const third = await hook(3)
  expect(third.status).toBe(403)
  expect(third.body).toMatchObject({
    code: 'limit_reached',
    limit: 'webhook_endpoints',
    allowed: 2,
    current: 2,
    plan: 'free',
    href: '/settings/plan',
  })
  expect((await answerOf('webhooks')).limits).toEqual({ webhook_endpoints: 2 })
})

test('two who want the last place at once: one gets it', async () => {
  await assign('free')
  const override = { kind: 'limit', name: 'webhook_endpoints', value: 3, reason: 'One more.' }
  await asOperator(`POST /v1/platform/tenants/${shop.tenant.id}/overrides`, override)
  const hook = (number: number) =>
    shop.send('POST /v1/webhook_endpoints', {
      url: `http://127.0.0.1:9/${number}`,
      types: ['item.*'],
    })
  const both = await Promise.all([hook(4), hook(5)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 403])
})

describe('a switch for all', () => {
  test('stands above plan and exception, and is told with who, why and since', async () => {
    await assign('startup')
    const exception = { kind: 'feature', name: 'organizations', value: true, reason: 'A pilot.' }
    await asOperator(`POST /v1/platform/tenants/${shop.tenant.id}/overrides`, exception)
    const path = 'POST /v1/platform/features/organizations'
    const off = await asOperator<PlatformFeature>(`${path}/switch_off`, { reason: 'A flaw.' })
    expect(off.switched_off).toMatchObject({ reason: 'A flaw.', switched_by: 'Operator' })
    const answer = await answerOf('organizations')
    expect(answer).toMatchObject({ allowed: false, decided_by: 'kill_switch' })
    expect(chainOf(answer)[2]).toBe('plan allows')
    expect((await found()).body).toMatchObject({ decided_by: 'kill_switch' })
    await asOperator(`${path}/switch_on`)
    expect((await found()).status).toBe(201)
    const again = await shop.send(`${path}/switch_on`, undefined, { token: operator })
    expect(again.body.code).toBe('conflict')
  })
})

describe('a rollout', () => {
  test('reaches a share, and those who are named whatever the share', async () => {
    await asOperator(`DELETE /v1/platform/tenants/${shop.tenant.id}/plan`)
    const flag = await asOperator<Flag>('POST /v1/platform/flags', {
      feature: 'organizations',
      percentage: 0,
    })
    expect(await answerOf('organizations')).toMatchObject({ allowed: false, decided_by: 'flag' })
    const named = `/v1/platform/flags/${flag.id}/tenants/${shop.tenant.id}`
    const put = await asOperator<Flag>(`PUT ${named}`, { is_on: true })
    expect(put).toMatchObject({ on_count: 1, off_count: 0 })
    expect(await answerOf('organizations')).toMatchObject({ allowed: true, decided_by: 'flag' })
    await asOperator(`PATCH /v1/platform/flags/${flag.id}`, { percentage: 100 }, '*')
    await asOperator(`PUT ${named}`, { is_on: false })
    expect((await found()).body).toMatchObject({ decided_by: 'flag' })
    await asOperator(`DELETE ${named}`)
    expect((await found()).status).toBe(201)
    const taken = { feature: 'organizations', percentage: 5 }
    const twice = await shop.send('POST /v1/platform/flags', taken, { token: operator })
    expect(twice.body).toMatchObject({ code: 'duplicate_flag', flag_id: flag.id })
    await asOperator(`DELETE /v1/platform/flags/${flag.id}`)
    expect(chainOf(await answerOf('organizations')).at(-1)).toBe('flag silent')
  })

  test('a share that grows only adds, and is about what it says', () => {
    const ids = Array.from({ length: 4_000 }, () => newId('ten'))
    const reached = (percentage: number) => ids.filter((id) => shareOf('branches', id) < percentage)
    const [ten, thirty] = [reached(10), reached(30)]
    expect(ten.every((id) => thirty.includes(id))).toBe(true)
    expect(Math.abs(ten.length - 400)).toBeLessThan(120)
    expect(Math.abs(thirty.length - 1_200)).toBeLessThan(180)
    expect(reached(100)).toHaveLength(4_000)
  })
})

describe('rates of a plan', () => {
  test('hold at the door from the next request on, for a token and for all of a business', async () => {
    await assign('free')
    const wish = { name: 'Second', scopes: ['*'] }
    const second = await shop.done<{ token: string }>('POST /v1/tokens', wish)
    const ask = (token: string) => shop.send('GET /v1/features', undefined, { token })
    let served = 0
    let last = await ask(shop.tenant.token)
    for (; last.status === 200; served += 1) last = await ask(shop.tenant.token)
    expect(last.status).toBe(429)
    expect(last.body).toMatchObject({ code: 'rate_limited', policy: 'token' })
    expect(last.headers.get('ratelimit-policy')).toBe(
      '"token";q=20;w=4, "organization";q=40;w=4, "tenant";q=40;w=4',
    )
    expect(served).toBeLessThanOrEqual(20)
    let others = 0
    last = await ask(second.token)
    for (; last.status === 200; others += 1) last = await ask(second.token)
    expect(served + others).toBeLessThanOrEqual(40)
    shop.clock.advance(1_000)
    expect((await ask(second.token)).headers.get('ratelimit')).toStartWith('"token";r=4;')
  })
})
