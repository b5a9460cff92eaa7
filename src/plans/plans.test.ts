import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { day_ms } from '../kit/clock.ts'
import { followPlans } from './schedules.ts'
import type { OfferedPlan, OwnPlan, PastSubscription, Plan, Subscription } from './schema.ts'

let shop: Shop
let operator: string
beforeAll(async () => {
  shop = await Shop.open()
  operator = await shop.operatorToken()
})
afterAll(() => shop.close())

const asOperator = <T>(route: string, body?: unknown, etag?: string) =>
  shop.done<T>(route, body, { token: operator, ...(etag && { etag }) })
const assign = (plan: string, more: object = {}) =>
  asOperator<Subscription>(`POST /v1/platform/tenants/${shop.tenant.id}/plan`, { plan, ...more })
const planOf = async (code: string): Promise<Plan> => {
  const { data } = await asOperator<{ data: Plan[] }>('GET /v1/platform/plans?limit=100')
  return data.find((plan) => plan.code === code)!
}
const own = () => shop.done<OwnPlan>('GET /v1/plan')

/** The schedule's work, now. */
async function follow(): Promise<Record<string, unknown>> {
  const { data } = shop
  const { services, log } = shop.house.door
  const signal = new AbortController().signal
  const eachTenant = () => Promise.resolve()
  const due_at = new Date(shop.clock.now()).toISOString()
  return followPlans.run({ run_id: 'run', due_at, data, services, log, signal, eachTenant })
}

const platformEvents = (type: string) =>
  shop.data.platform.read(systemScope('test'), (read) =>
    read
      .all<{ data: string }>('SELECT data FROM events WHERE type = ? ORDER BY seq', type)
      .map(({ data }) => JSON.parse(data) as Record<string, unknown>),
  )

describe('the catalogue', () => {
  test('both price lists are there from the beginning', async () => {
    const { data } = await asOperator<{ data: Plan[] }>('GET /v1/platform/plans?limit=100')
    const list = (family: string) =>
      data
        .filter((plan) => plan.family === family)
        .sort((a, b) => a.position - b.position)
        .map(({ name, price, entitlements }) => [
          name,
          price?.amount ?? null,
          entitlements.quotas.api_calls?.included ?? null,
        ])
    expect(list('platform')).toEqual([
      ['Starter', 9_900, 10_000],
      ['Professional', 29_900, 100_000],
      ['Enterprise', 99_900, null],
    ])
    expect(list('api')).toEqual([
      ['Free', 0, 10_000],
      ['Developer', 1_900, 100_000],
      ['Startup', 7_900, 500_000],
      ['Growth', 39_900, 2_000_000],
      ['Scale', 119_900, 10_000_000],
      ['Enterprise', null, null],
    ])
    const free = data.find(({ code }) => code === 'free')!
    expect(free.entitlements.limits.webhook_endpoints).toBe(2)
    const starter = data.find(({ code }) => code === 'starter')!
    expect(starter.entitlements.limits.tenants).toBe(5)
    expect(starter.entitlements.overage).toEqual({
      api_calls: { per: 1, amount: 1 },
      shipments: { per: 1, amount: 10 },
      storage_bytes: { per: 1_000_000_000, amount: 2 },
      bandwidth_bytes: { per: 1_000_000_000, amount: 5 },
    })
  })

  test('a plan is drafted, offered, changed, moved, retired; in use it is not removed', async () => {
    const wish = {
      code: 'team',
      family: 'api',
      position: 9,
      is_public: true,
      is_self_service: true,
      name: 'Team',
      summary: '',
      price: { amount: 4_900, currency: 'EUR' },
      interval: 'month',
      trial_days: 0,
      entitlements: {
        features: ['webhooks'],
        limits: { seats: 5 },
        quotas: {},
        overage: {},
        rates: {},
        highlights: [],
      },
    }
    const made = await asOperator<Plan>('POST /v1/platform/plans', wish)
    expect(made).toMatchObject({ state: 'draft', revision: 1, subscribers: 0 })
    const again = await shop.send('POST /v1/platform/plans', wish, { token: operator })
    expect(again.body.code).toBe('duplicate_plan')
    const path = `/v1/platform/plans/${made.id}`
    const early = await shop.send(
      `POST /v1/platform/tenants/${shop.tenant.id}/plan`,
      { plan: 'team' },
      { token: operator },
    )
    expect(early.body).toMatchObject({ code: 'invalid', errors: [{ pointer: '/plan' }] })
    await asOperator(`POST ${path}/offer`)
    await assign('team')
    expect((await own()).limits.find(({ limit }) => limit === 'seats')?.allowed).toBe(5)

    const entitlements = { ...wish.entitlements, limits: { seats: 8 } }
    const changed = await asOperator<Plan>(`PATCH ${path}`, { entitlements }, '*')
    expect(changed).toMatchObject({ revision: 2, subscribers: 1, subscribers_behind: 1 })
    expect((await own()).limits.find(({ limit }) => limit === 'seats')?.allowed).toBe(5)
    const placed = await asOperator<Plan>(`PATCH ${path}`, { position: 8 }, '*')
    expect(placed.revision).toBe(2)

    const reason = 'More seats for everybody.'
    const moved = await asOperator(`POST ${path}/move_subscribers`, { reason })
    expect(moved).toEqual({ moved: 1, has_more: false })
    expect((await own()).limits.find(({ limit }) => limit === 'seats')?.allowed).toBe(8)
    const said = await asOperator<{ data: { revision: number; subscribers: number }[] }>(
      `GET ${path}/revisions`,
    )
    expect(said.data.map((each) => [each.revision, each.subscribers])).toEqual([
      [2, 1],
      [1, 0],
    ])
    const removed = await shop.send(`DELETE ${path}`, undefined, { token: operator })
    expect(removed.body.code).toBe('plan_in_use')
    expect((await asOperator<Plan>(`POST ${path}/retire`)).state).toBe('retired')
    expect((await own()).plan.code).toBe('team')
    const { data } = await shop.done<{ data: OfferedPlan[] }>('GET /v1/plans')
    expect(data.map(({ code }) => code)).not.toContain('team')
  })

  test('a plan that nobody was ever on goes', async () => {
    const free = await planOf('enterprise')
    const path = `/v1/platform/plans/${free.id}`
    await asOperator(`DELETE ${path}`)
    expect((await shop.send(`GET ${path}`, undefined, { token: operator })).status).toBe(404)
  })
})

describe('without a plan', () => {
  test('everything may be used, and a plan is a matter of the operator', async () => {
    await asOperator(`DELETE /v1/platform/tenants/${shop.tenant.id}/plan`)
    const mine = await own()
    expect(mine.plan).toMatchObject({ id: null, code: 'unlimited' })
    expect(mine.features).toBeNull()
    expect(mine.limits.every(({ allowed }) => allowed === null)).toBe(true)
    const { data } = await shop.done<{ data: OfferedPlan[] }>('GET /v1/plans')
    expect(new Set(data.map(({ change }) => change))).toEqual(new Set(['by_operator']))
    const chosen = await shop.send('POST /v1/plan/change', { plan: 'free' })
    expect(chosen.body.code).toBe('conflict')
  })
})

describe('a business chooses by itself', () => {
  beforeEach(() => assign('developer'))

  test('a dearer plan begins at once and a cheaper one with the next period', async () => {
    const before = platformEvents('tenant.plan_changed').length
    const up = await shop.done<Subscription>('POST /v1/plan/change', { plan: 'startup' })
    expect(up).toMatchObject({ plan: { code: 'startup' }, next: null })
    const down = await shop.done<Subscription>('POST /v1/plan/change', { plan: 'developer' })
    const { period } = await own()
    expect(down).toMatchObject({
      plan: { code: 'startup' },
      next: { plan: { code: 'developer' }, at: period.ends_at },
    })
    await follow()
    expect((await own()).plan.code).toBe('startup')
    shop.clock.set(period.ends_at)
    expect(await follow()).toMatchObject({ followed: 1 })
    expect((await own()).plan.code).toBe('developer')
    const told = platformEvents('tenant.plan_changed').slice(before)
    expect(told.map(({ previous_plan, plan }) => [previous_plan, (plan as Plan).code])).toEqual([
      ['developer', 'startup'],
      ['startup', 'startup'],
      ['startup', 'developer'],
    ])
  })

  test('choosing the plan one has takes back what waits, and is safe to repeat', async () => {
    await shop.done('POST /v1/plan/change', { plan: 'free' })
    const kept = await shop.done<Subscription>('POST /v1/plan/change', { plan: 'developer' })
    expect(kept).toMatchObject({ plan: { code: 'developer' }, next: null })
    const again = await shop.done<Subscription>('POST /v1/plan/change', { plan: 'developer' })
    expect(again.from_at).toBe(kept.from_at)
  })

  test('a cheaper plan is refused with the list of what there is too much of', async () => {
    const wish = { types: ['item.*'], url: 'http://127.0.0.1:9/hook' }
    for (let number = 0; number < 3; number += 1) {
      await shop.done('POST /v1/webhook_endpoints', { ...wish, url: `${wish.url}/${number}` })
    }
    const refused = await shop.send('POST /v1/plan/change', { plan: 'free' })
    expect(refused.body).toMatchObject({
      code: 'over_plan_limits',
      over: [{ limit: 'webhook_endpoints', allowed: 2, current: 3 }],
    })
    const { data } = await shop.done<{ data: OfferedPlan[] }>('GET /v1/plans')
    expect(data.find(({ code }) => code === 'free')?.over).toHaveLength(1)
  })

  test('what is not on the list is not there, and what is agreed is not chosen', async () => {
    const none = await shop.send('POST /v1/plan/change', { plan: 'team' })
    expect(none.status).toBe(404)
    const agreed = await shop.send('POST /v1/plan/change', { plan: 'enterprise_api' })
    expect(agreed.body.code).toBe('plan_not_self_service')
  })
})

describe('a trial', () => {
  test('of two that begin together one wins; it ends by itself, and there is no second', async () => {
    await assign('developer')
    expect((await own()).can_try).toMatchObject({ plan: { code: 'startup' }, days: 14 })
    const both = await Promise.all([
      shop.send('POST /v1/plan/trial'),
      shop.send('POST /v1/plan/trial'),
    ])
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body.code).toBe('trial_used')
    const trying = await own()
    expect(trying).toMatchObject({
      is_trial: true,
      plan: { code: 'startup' },
      next: { plan: { code: 'developer' } },
      can_try: null,
    })
    const reminders = () =>
      shop.data.platform.read(systemScope('test'), (read) =>
        read
          .all<{ subject: string }>("SELECT subject FROM mails WHERE kind = 'trial_ends'")
          .map(({ subject }) => subject),
      )
    shop.clock.advance(11 * day_ms - 1)
    expect(await follow()).toMatchObject({ reminded: 0 })
    shop.clock.advance(1)
    const twice = await Promise.all([follow(), follow()])
    expect(twice.map(({ reminded }) => reminded).sort()).toEqual([0, 1])
    const day = trying.next!.at.slice(0, 10)
    expect(reminders()).toEqual([`The trial of Startup ends on ${day}`])
    shop.clock.advance(3 * day_ms - 1)
    expect(await follow()).toMatchObject({ reminded: 0 })
    expect((await own()).is_trial).toBe(true)
    shop.clock.advance(1)
    expect(await follow()).toMatchObject({ followed: 1 })
    expect(await own()).toMatchObject({ is_trial: false, plan: { code: 'developer' } })
    const mails = shop.data.platform.read(systemScope('test'), (read) =>
      read.all<{ subject: string }>("SELECT subject FROM mails WHERE kind = 'plan_changed'"),
    )
    expect(mails.map(({ subject }) => subject)).toContain('Harbour Goods is on Developer now')
    expect((await shop.send('POST /v1/plan/trial')).body.code).toBe('trial_used')
  })
})

test('the history says who put whom on what, from when until when', async () => {
  await assign('growth', { reason: 'Agreed by phone.' })
  shop.clock.advance(day_ms)
  await assign('scale')
  const { data } = await asOperator<{ data: PastSubscription[] }>(
    `GET /v1/platform/tenants/${shop.tenant.id}/plan/history?limit=2`,
  )
  expect(data.map(({ plan, reason, changed_by }) => [plan.code, reason, changed_by.name])).toEqual([
    ['scale', '', 'Operator'],
    ['growth', 'Agreed by phone.', 'Operator'],
  ])
  expect(data[1]?.until_at).toBe(data[0]!.from_at)
  const mine = await shop.done<{ data: PastSubscription[] }>('GET /v1/plan/history?limit=2')
  expect(mine.data).toEqual(data)
})

test('an exception stands above the plan until it ends', async () => {
  await assign('free')
  const ends_at = new Date(shop.clock.now() + day_ms).toISOString()
  const path = `/v1/platform/tenants/${shop.tenant.id}/overrides`
  const rate = { per_second: 99, burst: 400 }
  await asOperator(`POST ${path}`, {
    kind: 'rate',
    name: 'token',
    value: rate,
    reason: 'A big import.',
    ends_at,
  })
  expect((await own()).rates.token).toEqual(rate)
  const seats = { kind: 'limit', name: 'seats', value: 3, reason: 'A pilot.' }
  const made = await asOperator<{ id: string }>(`POST ${path}`, seats)
  expect((await own()).limits.find(({ limit }) => limit === 'seats')?.allowed).toBe(3)
  await asOperator(`DELETE /v1/platform/plan_overrides/${made.id}`)
  expect((await own()).limits.find(({ limit }) => limit === 'seats')?.allowed).toBeNull()
  const wrong = { ...seats, kind: 'feature', name: 'seats' }
  const refused = await shop.send(`POST ${path}`, wrong, { token: operator })
  expect(refused.body.errors).toEqual([
    { pointer: '/name', detail: expect.stringContaining('seats is no feature') },
  ])
  shop.clock.advance(day_ms)
  expect(await follow()).toMatchObject({ ended_exceptions: 1 })
  expect((await own()).rates.token).toEqual({ per_second: 5, burst: 20 })
})

test('a sandbox has the plan of its business, and no other', async () => {
  await assign('starter')
  const made = await shop.done<{ id: string; api_token: string }>('POST /v1/sandboxes', {
    name: 'Trials',
  })
  const there = await shop.done<OwnPlan>('GET /v1/plan', undefined, { token: made.api_token })
  expect(there).toMatchObject({ tenant_id: made.id, plan: { code: 'starter' }, can_try: null })
  expect(there.limits.find(({ limit }) => limit === 'tenants')).toMatchObject({
    allowed: 5,
    current: 2,
  })
  interface Listed {
    data: { id: string; plan: string }[]
  }
  const listed = (query: string) => asOperator<Listed>(`GET /v1/platform/tenants?${query}`)
  const on_starter = (await listed('plan=starter&kind=sandbox')).data
  expect(on_starter.map(({ id, plan }) => [id, plan])).toEqual([[made.id, 'starter']])
  expect((await listed('plan=unlimited&kind=sandbox')).data).toEqual([])
  const refused = await shop.send(
    `POST /v1/platform/tenants/${made.id}/plan`,
    { plan: 'scale' },
    { token: operator },
  )
  expect(refused.body).toMatchObject({ code: 'conflict', tenant_id: shop.tenant.id })
  const chosen = await shop.send(
    'POST /v1/plan/change',
    { plan: 'enterprise' },
    { token: made.api_token },
  )
  expect(chosen.body.code).toBe('conflict')
})
