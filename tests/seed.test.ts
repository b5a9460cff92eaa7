/** The test cases that the platform was asked for with, written here: names aside, they are the same. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync } from 'node:fs'
import { systemScope } from '../src/db/scope.ts'
import type { OnboardedTenant } from '../src/home/founding/schema.ts'
import { reserveTenant } from '../src/tenants/found.ts'
import type { CreatedTenant, Tenant } from '../src/tenants/schema.ts'
import { Shop } from './shop.ts'

let shop: Shop
let operator: string

beforeAll(async () => {
  shop = await Shop.open({ services: { public_url: 'https://platform.example.com' } })
  operator = await shop.operatorToken()
})
afterAll(() => shop.close())

const scope = systemScope('test')
const address = {
  ...{ address_line1: '123 Business St', city: 'New York', state_code: 'NY' },
  ...{ postal_code: '10001', country_code: 'US', phone_number: '2125550100' },
}
const journey = {
  shipper: { ...address, company_name: 'Acme Corp', person_name: 'Ada' },
  recipient: { ...address, company_name: 'Customer Inc', person_name: 'Ben' },
  parcels: [
    { weight: 2.5, weight_unit: 'KG', length: 10, width: 8, height: 6, dimension_unit: 'CM' },
  ],
}
interface Shipment {
  id: string
}

const create = (wish: object) =>
  shop.send<CreatedTenant>('POST /v1/platform/tenants', wish, { token: operator })
const organization = async (token: string, name: string) => {
  const { id } = await shop.done<{ id: string }>('POST /v1/organizations', { name }, { token })
  const wish = { name, organization_id: id, scopes: ['*'] }
  const made = await shop.done<{ token: string }>('POST /v1/tokens', wish, { token })
  return { id, token: made.token }
}
const ship = (token: string) => shop.done<Shipment>('POST /v1/shipments', journey, { token })
const shipments = async (token: string) => {
  const route = 'GET /v1/shipments'
  return (await shop.done<{ data: Shipment[] }>(route, undefined, { token })).data
}

describe('the model of a tenant', () => {
  test('its schema is created with it: a file of its own, with every table', async () => {
    const { body } = await create({ name: 'Own Schema', admin_email: 'admin@own.test' })
    expect(body.tenant.schema_name).toBe('own_schema')
    const file = shop.data.tenants.at(body.id)
    expect(existsSync(shop.data.tenants.pathOf(body.id))).toBe(true)
    const tables = file.read(scope, (read) =>
      read.all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'"),
    )
    expect(tables.map(({ name }) => name)).toContain('shipments')
  })

  test('what one organization ships, the other does not see', async () => {
    const { token } = shop.tenant
    const [one, two] = [await organization(token, 'Org 1'), await organization(token, 'Org 2')]
    const [first, second] = [await ship(one.token), await ship(two.token)]
    expect((await shipments(one.token)).map(({ id }) => id)).toEqual([first.id])
    const foreign = await shop.send(`GET /v1/shipments/${second.id}`, undefined, one)
    expect(foreign.status).toBe(404)
  })
})

describe('the API of the platform', () => {
  test('a tenant is created and set up, as printed', async () => {
    const { status, body } = await shop.send(
      'POST /v1/platform/tenants/',
      { name: 'Test Tenant', domain: 'test-tenant', admin_email: 'admin@test.com' },
      { token: operator },
    )
    expect(status).toBe(201)
    expect(body).toMatchObject({
      tenant: {
        id: expect.stringMatching(/^ten_/) as unknown,
        name: 'Test Tenant',
        schema_name: 'test_tenant',
        domains: [{ domain: 'test-tenant.platform.example.com', is_primary: true }],
        api_domains: ['https://test-tenant.platform.example.com'],
        created_at: '2026-11-21T09:00:00.000Z',
      },
      api_domain: 'https://test-tenant.platform.example.com',
      api_token: expect.stringMatching(/^stw_tenant_/) as unknown,
    })
  })

  test('a tenant is onboarded, as printed', async () => {
    const { status, body } = await shop.send<OnboardedTenant>(
      'POST /v1/platform/tenants/onboard',
      {
        company_name: 'Customer Corp',
        admin_email: 'admin@customer.com',
        domain_preference: 'customer-corp',
        plan: 'starter',
        setup_wizard: { carriers: ['ups', 'fedex'], features: ['organizations', 'webhooks'] },
      },
      { token: operator },
    )
    expect(status).toBe(201)
    expect(body.tenant).toMatchObject({ name: 'Customer Corp', plan: 'starter' })
    expect(body.setup.steps.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['carrier:ups', 'carrier:fedex', 'feature:webhooks']),
    )
  })

  test('what a client library sends is understood: a domain of its own, app domains', async () => {
    const own = await create({
      ...{ name: 'Customer Own', admin_email: 'admin@customer.com' },
      domain: 'customer.shipping.app',
    })
    expect(own.body.tenant.domains).toMatchObject([
      { domain: 'customer-own.platform.example.com', is_primary: true },
      { domain: 'customer.shipping.app', state: 'pending' },
    ])
    const label = await create({
      ...{ name: 'Customer Logistics', admin_email: 'admin@logistics.com' },
      app_domains: ['shipping.customer.com'],
    })
    expect(label.body.tenant.domains.map(({ domain }) => domain)).toContain('shipping.customer.com')
  })
})

test('the whole way, from the platform to one organization', async () => {
  const { body: tenant } = await create({ name: 'Whole Way', admin_email: 'admin@whole.test' })
  const token = tenant.api_token
  const sales = await organization(token, 'Sales Team')
  const invited = await shop.done<{ organization: object; invitations_sent: number }>(
    `POST /v1/organizations/${sales.id}/invitations`,
    { invites: [{ email: 'user1@customer.com', roles: ['member'] }] },
    { token: sales.token },
  )
  expect(invited).toMatchObject({
    organization: { id: sales.id, name: 'Sales Team' },
    invitations_sent: 1,
  })
  const shipment = await ship(sales.token)
  expect((await shipments(sales.token)).map(({ id }) => id)).toEqual([shipment.id])
  expect(await shipments(token)).toEqual([])
  const others = [shop.tenant.token, (await organization(token, 'Another Team')).token]
  for (const other of others) {
    const answer = await shop.send(`GET /v1/shipments/${shipment.id}`, undefined, { token: other })
    expect(answer.status).toBe(404)
  }
})

test('a hundred tenants are created, twenty at a time, and all succeed', async () => {
  const numbers = Array.from({ length: 100 }, (_, number) => number)
  const answers: Awaited<ReturnType<typeof create>>[] = []
  const work = async () => {
    for (let number = numbers.shift(); number !== undefined; number = numbers.shift()) {
      const wish = { name: `tenant_${number}`, admin_email: `owner-${number}@load.test` }
      answers.push(await create(wish))
    }
  }
  await Promise.all(Array.from({ length: 20 }, work))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(100)
  expect(new Set(answers.map(({ body }) => body.id)).size).toBe(100)
  for (const { body } of answers) {
    const answer = await shop.send('GET /v1/items', undefined, { token: body.api_token })
    expect(answer.status).toBe(200)
  }
}, 60_000)

test('of a thousand tenants a page of fifty is one step of an index', async () => {
  const count = () =>
    shop.data.platform.read(scope, (read) =>
      read.get<{ n: number }>('SELECT count(*) AS n FROM tenants'),
    )!.n
  await shop.data.platform.write(scope, (tx) => {
    for (let number = count(); number < 1_000; number++) {
      reserveTenant(tx, { name: `listed ${number}`, admin_email: `owner-${number}@list.test` })
    }
  })
  const seen = new Set<string>()
  let cursor = ''
  for (let page = 0; page < 20; page++) {
    const route = `GET /v1/platform/tenants?limit=50${cursor && `&cursor=${cursor}`}`
    const { data, next_cursor } = await shop.done<{ data: Tenant[]; next_cursor: string | null }>(
      route,
      undefined,
      { token: operator },
    )
    expect(data).toHaveLength(50)
    for (const { id, domains } of data) {
      seen.add(id)
      expect(domains).not.toEqual([])
    }
    cursor = next_cursor ?? ''
  }
  expect([seen.size, cursor]).toEqual([1_000, ''])
}, 60_000)
