import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Plan } from './schema.ts'

let shop: Shop
let operator: string
let ada: Browser
let mara: Browser
beforeAll(async () => {
  shop = await Shop.open()
  operator = await shop.operatorToken()
  ada = await Browser.enterStaff(shop)
  mara = await Browser.enter(shop)
})
afterAll(() => shop.close())

const plan_page = () => `/platform/tenants/${shop.tenant.id}/plan`
const planOf = async (code: string): Promise<Plan> => {
  const token = { token: operator }
  const route = 'GET /v1/platform/plans?limit=100'
  const { data } = await shop.done<{ data: Plan[] }>(route, undefined, token)
  return data.find((plan) => plan.code === code)!
}

test('both lists stand side by side, with their prices', async () => {
  const html = await ada.visit('/platform/plans')
  expect(misdeeds(html)).toEqual([])
  for (const words of ['For platforms', 'By calls of the API', '$299.00 a month', 'On request'])
    expect(html).toContain(words)
  const none = await ada.visit('/platform/plans?search=nothing-like-it')
  expect(none).toContain('No plan like this')
})

test('a plan is drafted and changed with all that it says, and mistakes stand beside their field', async () => {
  const typed = {
    ...{ name: 'Team', code: 'team', 'price.amount': '49.50', 'price.currency': 'eur' },
    ...{ interval: 'month', trial_days: '7', family: 'api', position: '3' },
    ...{ is_public: 'true', is_self_service: 'true', features: ['webhooks', 'shipping'] },
    ...{ 'entitlements.limits.seats': '5', highlights: 'Support by mail\nA cake in summer' },
    'entitlements.quotas.shipments.included': '200',
    'entitlements.quotas.shipments.hard': 'true',
    'entitlements.overage.api_calls.amount': '2',
    'entitlements.overage.api_calls.per': '100',
    'entitlements.rates.token.per_second': '2.5',
    'entitlements.rates.token.burst': '20',
  }
  const wrong = { ...typed, 'price.amount': 'a lot', trial_days: '500' }
  const refused = await ada.submit('/platform/plans/new', wrong, '/platform/plans')
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('id="field-price-amount-error"')
  expect(refused.html).toContain('id="field-trial_days-error"')
  expect(refused.html).toContain('value="a lot"')
  const made = await ada.submit('/platform/plans/new', typed, '/platform/plans')
  expect(made.said).toContain('Team is drafted')
  const team = await planOf('team')
  expect(team).toMatchObject({
    price: { amount: 4_950, currency: 'EUR' },
    entitlements: {
      features: ['webhooks', 'shipping'],
      limits: { seats: 5 },
      quotas: { shipments: { included: 200, hard: true } },
      overage: { api_calls: { per: 100, amount: 2 } },
      rates: { token: { per_second: 2.5, burst: 20 } },
      highlights: ['Support by mail', 'A cake in summer'],
    },
  })
  const page = made.location!
  const html = await ada.visit(page)
  expect(misdeeds(html)).toEqual([])
  expect(html).toContain('value="49.50"')
  const offered = await ada.submit(page, {}, `${page}/offer`)
  expect(offered.said).toContain('is offered')
  const saved = await ada.submit(page, { ...typed, 'entitlements.limits.seats': '6' })
  expect(saved.said).toContain('revision 2')
  expect((await planOf('team')).entitlements).toEqual({
    ...team.entitlements,
    limits: { seats: 6 },
  })
})

test('a business is put on a plan, excepted, and taken from it again', async () => {
  expect(await ada.visit(plan_page())).toContain('Without a plan')
  const put = await ada.submit(plan_page(), { plan: 'free', when: 'now', reason: 'A pilot.' })
  expect(put.said).toContain('It is on Free now')
  const exception = `${plan_page()}/overrides`
  const typed = { subject: 'quota.api_calls', value: '500!', reason: 'Small steps.' }
  const excepted = await ada.submit(plan_page(), typed, exception)
  expect(excepted.said).toContain('The exception is made')
  const wrong = { subject: 'limit.seats', value: 'many', reason: 'Small steps.' }
  const refused = await ada.submit(plan_page(), wrong, exception)
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('id="field-value-error"')
  const html = await ada.visit(plan_page())
  expect(misdeeds(html)).toEqual([])
  expect(html).toContain('500, no more')
  expect(html).toContain('Free does not include it')
  expect(html).toContain('A pilot.')
})

test('a business sees its plan, is led to it by a refusal, tries the next one and changes', async () => {
  const refused = await mara.submit('/settings/organizations', { name: 'Second' })
  expect(refused.status).toBe(403)
  expect(refused.html).toContain('href="/settings/plan#compare"')
  await ada.submit(plan_page(), { plan: 'developer', when: 'now' })
  const html = await mara.visit('/settings/plan')
  expect(misdeeds(html)).toEqual([])
  expect(html).toContain('Try Startup for 14 days')
  expect(html).not.toContain('For platforms')
  const tried = await mara.submit('/settings/plan', {}, '/settings/plan/trial')
  expect(tried.said).toContain('You are trying')
  expect(await mara.visit('/settings/plan')).toContain('End the trial now')
  const chosen = await mara.submit('/settings/plan', {}, '/settings/plan/change/growth')
  expect(chosen.said).toContain('on Growth now')
  const down = await mara.submit('/settings/plan', {}, '/settings/plan/change/developer')
  expect(down.said).toContain('Developer follows')
  const kept = await mara.submit('/settings/plan', {}, '/settings/plan/keep')
  expect(kept.said).toContain('stays on Growth')
})

test('a feature is switched, rolled out, and a business is named', async () => {
  const page = '/platform/features/organizations'
  expect(misdeeds(await ada.visit('/platform/features'))).toEqual([])
  const short = await ada.submit(page, { reason: 'x' }, `${page}/off`)
  expect(short.html).toContain('id="field-reason-error"')
  expect((await ada.submit(page, { reason: 'A flaw.' }, `${page}/off`)).said).toContain('off')
  expect(await mara.visit('/settings/plan')).toContain('Switched off for everybody: A flaw.')
  await ada.submit(page, {}, `${page}/on`)
  await ada.submit(page, { percentage: '0', note: 'Watched.' }, `${page}/begin`)
  const html = await ada.visit(page)
  expect(misdeeds(html)).toEqual([])
  const action = /action="([^"]+\/name\/[^"]+)"/.exec(html)![1]!
  await ada.submit(page, { tenant_id: shop.tenant.id, is_on: 'true' }, action)
  expect(await ada.visit(page)).toContain('Harbour Goods')
  expect(await mara.visit('/settings/plan')).toContain('This business has it by name.')
  const end = action.replace('/name/', '/end/')
  expect((await ada.submit(page, {}, end)).said).toContain('The rollout is over')
})
