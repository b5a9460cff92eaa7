import { afterAll, beforeAll, expect, test } from 'bun:test'
import pino from 'pino'
import { startSimulator, type Simulator } from '../../carriers/simulator/simulator.ts'
import { simulated_carriers } from '../../carriers/simulator/simulated.ts'
import { Browser, misdeeds } from '../../../tests/browser.ts'
import { Shop } from '../../../tests/shop.ts'
import type { CreatedTenant, Tenant } from '../../tenants/schema.ts'
import type { OnboardedTenant } from '../founding/schema.ts'
import { finishOnboarding } from '../schedules.ts'
import type { SetUp } from './schema.ts'

let shop: Shop
let simulator: Simulator
let operator: string

beforeAll(async () => {
  simulator = await startSimulator()
  shop = await Shop.open({ services: { simulator_url: simulator.url } })
  operator = await shop.operatorToken()
})
afterAll(async () => {
  await shop.close()
  await simulator.stop()
})

const corp = {
  company_name: 'Customer Corp',
  admin_email: 'admin@customer.test',
  domain_preference: 'customer-corp',
  plan: 'starter',
  setup_wizard: {
    carriers: ['ups', 'fedex'],
    features: ['organizations', 'webhooks', 'telepathy'],
  },
}
const onboard = (more: object = {}) =>
  shop.done<OnboardedTenant>(
    'POST /v1/platform/tenants/onboard',
    { ...corp, ...more },
    { token: operator },
  )
const setUpOf = (token: string) => shop.done<SetUp>('GET /v1/setup', undefined, { token })
const states = ({ steps }: SetUp) =>
  Object.fromEntries(
    steps.map(({ id, done, skipped, available }) => [
      id,
      !available ? 'not here' : done ? 'done' : skipped ? 'aside' : 'open',
    ]),
  )
const statusOf = async (id: string) => {
  const route = `GET /v1/platform/tenants/${id}`
  return (await shop.done<Tenant>(route, undefined, { token: operator })).status
}
const finish = () =>
  finishOnboarding.run({
    run_id: 'run_test',
    due_at: '',
    data: shop.data,
    services: shop.house.door.services,
    log: pino({ level: 'warn' }),
    signal: new AbortController().signal,
    eachTenant: () => Promise.resolve(),
  })

test('in a sandbox the carriers that were wished for are there, and those we lack are named', async () => {
  const { setup, api_token: token, tenant } = await onboard({ environment: 'sandbox' })
  expect(tenant).toMatchObject({ slug: 'customer-corp', plan: 'starter' })
  expect(states(setup)).toMatchObject({
    ...{ owner: 'open', item: 'open', 'carrier:ups': 'done', 'carrier:fedex': 'not here' },
    ...{ 'feature:organizations': 'open', 'feature:webhooks': 'open' },
    ...{ 'feature:telepathy': 'not here', api_call: 'open' },
  })
  expect(states(setup)).not.toHaveProperty('carrier')
  const rates = await shop.done<{ rates: { carrier_id: string }[] }>(
    'POST /v1/rates',
    {
      shipper: { ...address, person_name: 'Ada' },
      recipient: { ...address, person_name: 'Ben' },
      parcels: [{ weight: 1, weight_unit: 'KG' }],
    },
    { token },
  )
  expect(rates.rates.length).toBeGreaterThan(0)
  expect((await setUpOf(token)).steps.find(({ id }) => id === 'api_call')!.done).toBe(true)
})

const address = {
  ...{ address_line1: '200 Main Street', city: 'Chicago', state_code: 'IL' },
  ...{ postal_code: '60601', country_code: 'US', phone_number: '3125550100' },
}

test('the simulator knows every carrier that we promise to simulate', async () => {
  for (const carrier_id of simulated_carriers) {
    const answer = await fetch(`${simulator.baseUrl(carrier_id)}/nothing`)
    expect(await answer.text()).not.toContain('no such simulated carrier')
  }
})

test('a live business connects its carriers itself, and a wish for its address is a wish', async () => {
  const { setup, tenant } = await onboard()
  expect(states(setup)['carrier:ups']).toBe('open')
  expect(tenant).toMatchObject({ slug: 'customer-corp-2', environment: 'live' })
})

test('sample data fills a sandbox once, and a live business never', async () => {
  const { token, id } = shop.tenant
  const loaded = await shop.send('POST /v1/sample_data', undefined, { token })
  expect([loaded.status, loaded.body]).toEqual([
    201,
    { items: 5, customers: 3, purchase_orders: 1, sales_orders: 3 },
  ])
  const again = await shop.send('POST /v1/sample_data', undefined, { token })
  expect(again.body.code).toBe('not_empty')
  const proof = await shop.done<{ holds?: boolean }>('GET /v1/ledger/proof')
  expect(JSON.stringify(proof)).not.toContain('"holds":false')
  const { data } = await shop.done<{ data: { status: string }[] }>(
    'GET /v1/sales_orders?sort=number',
  )
  expect(data.map(({ status }) => status)).toEqual(['allocated', 'allocated', 'placed'])
  const live = await onboard({ company_name: 'Live One', domain_preference: 'live-one' })
  const refused = await shop.send('POST /v1/sample_data', undefined, { token: live.api_token })
  expect(refused.body.code).toBe('sandbox_only')
  expect(await statusOf(id)).toBe('onboarding')
})

test('of two who load sample data at once, one does', async () => {
  const wish = { name: 'Pair', admin_email: 'p@pair.test', environment: 'sandbox' }
  const pair = await shop.done<CreatedTenant>('POST /v1/platform/tenants', wish, {
    token: operator,
  })
  const load = () => shop.send('POST /v1/sample_data', undefined, { token: pair.api_token })
  const answers = await Promise.all([load(), load()])
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('sample data may be asked for with the founding', async () => {
  const { setup, api_token: token } = await onboard({
    ...{ company_name: 'Sampled', domain_preference: 'sampled' },
    ...{ environment: 'sandbox', sample_data: true },
  })
  expect(states(setup)).toMatchObject({ item: 'done', address: 'done', stock: 'done' })
  expect(setup.can_load_sample_data).toBe(false)
  const items = await shop.done<{ data: object[] }>('GET /v1/items', undefined, { token })
  expect(items.data).toHaveLength(5)
})

test('a business is active when an owner has come in and what is required is there', async () => {
  expect(await finish()).toMatchObject({ activated: 0 })
  expect(await finish()).toEqual({ looked_at: 0, activated: 0 })
  expect(await statusOf(shop.tenant.id)).toBe('onboarding')
  await Browser.enter(shop)
  expect(await setUpOf(shop.tenant.token)).toMatchObject({ required_done: true })
  expect(await finish()).toMatchObject({ activated: 1 })
  expect(await statusOf(shop.tenant.id)).toBe('active')
  expect(await finish()).toMatchObject({ activated: 0 })
})

test('a step may be put aside and taken up, unless it is required', async () => {
  const { api_token: token } = await onboard({ company_name: 'Aside', domain_preference: 'aside' })
  const act = (step: string, verb: string) =>
    shop.send(`POST /v1/setup/${verb}`, { step }, { token })
  const before = (await setUpOf(token)).progress.total
  expect((await act('supplier', 'skip')).body).toMatchObject({ skipped: true })
  expect((await act('feature:webhooks', 'skip')).status).toBe(200)
  expect((await setUpOf(token)).progress.total).toBe(before - 2)
  expect((await act('supplier', 'skip')).status).toBe(200)
  expect((await act('supplier', 'unskip')).body).toMatchObject({ skipped: false })
  expect((await setUpOf(token)).progress.total).toBe(before - 1)
  expect((await act('owner', 'skip')).body.code).toBe('conflict')
  expect((await act('nonsense', 'skip')).status).toBe(404)
  // The neighbour's list is untouched.
  expect(states(await setUpOf(shop.tenant.token)).supplier).not.toBe('aside')
})

test('another organization has a set-up of its own', async () => {
  const { token } = await shop.organization('Second')
  const { steps } = await setUpOf(token)
  expect(steps.filter(({ done }) => done).map(({ id }) => id)).toEqual(['api_call'])
})

test('the page shows every step, and its buttons do what they say', async () => {
  const south = await shop.organization('South')
  const mara = await Browser.enter(shop)
  const html = await mara.visit('/set-up')
  expect(html).toContain('Each step ticks itself')
  expect(misdeeds(html)).toEqual([])
  const aside = await mara.submit('/set-up', {}, '/set-up/carrier/skip')
  expect(aside.said).toContain('put aside')
  expect(await mara.visit('/set-up')).toContain('(put aside)')
  expect((await mara.submit('/set-up', {}, '/set-up/carrier/unskip')).said).toContain('back')
  const made = await mara.submit('/set-up', {}, '/set-up/quickstart')
  expect(made.html).toContain('curl http://localhost/v1/items')
  const viewer = await Browser.enter(shop, 'viewer')
  expect(await viewer.visit('/set-up')).not.toContain('action="/set-up')
  expect(south.id).not.toBe(shop.tenant.organization_id)
})
