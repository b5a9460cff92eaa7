import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { finishPending } from './finish-pending.ts'
import { reserveTenant } from './found.ts'
import type { CreatedTenant, Tenant } from './schema.ts'

let shop: Shop
const fail = (error: unknown) => {
  throw error
}
let token: string
beforeAll(async () => {
  shop = await Shop.open()
  token = await shop.operatorToken()
})
afterAll(() => shop.close())

const create = (wish: object, key?: string) =>
  shop.send<CreatedTenant>(
    'POST /v1/platform/tenants',
    { name: 'Quay Goods', admin_email: 'ida@quay.test', ...wish },
    { token, ...(key && { key }) },
  )
const platform = <Row>(sql: string, ...values: string[]) =>
  shop.data.platform.read(systemScope('test'), (read) => read.all<Row>(sql, ...values))

test('a business is founded ready to use, and a retry is not a second one', async () => {
  const first = await create({}, 'found-quay')
  expect(first.status).toBe(201)
  expect(first.body.tenant).toMatchObject({
    ...{ slug: 'quay-goods', schema_name: 'quay_goods', plan: 'unlimited', kind: 'primary' },
    ...{ status: 'onboarding', environment: 'live', time_zone: 'UTC' },
    domains: [{ domain: 'quay-goods.localhost', is_primary: true }],
    api_domains: ['http://quay-goods.localhost'],
  })
  const again = await create({}, 'found-quay')
  expect(again.text).toBe(first.text)
  const init = { token: first.body.api_token }
  expect((await shop.send('POST /v1/items', { sku: 'A', name: 'A' }, init)).status).toBe(201)
  const owner = await shop.done<{ data: object[] }>('GET /v1/members', undefined, init)
  expect(owner.data).toMatchObject([{ email: 'ida@quay.test', role: 'owner', has_password: false }])
  expect((await create({})).body.tenant.slug).toBe('quay-goods-2')
  expect((await create({ domain: 'quay-goods' })).body).toMatchObject({ code: 'duplicate_slug' })
  expect((await create({ domain: 'admin' })).body).toMatchObject({ code: 'duplicate_slug' })
})

test('its owner is invited by mail, with the link that the reply shows', async () => {
  const { body } = await create({ name: 'Invited', admin_email: 'kim@invited.test' })
  const mails = platform<{ subject: string; content: string; expires_at: string }>(
    "SELECT * FROM mails WHERE kind = 'owner_invitation' AND recipient = ?",
    'kim@invited.test',
  )
  expect(mails).toMatchObject([
    { subject: 'Invited is ready for you', expires_at: body.setup_expires_at },
  ])
  expect(mails[0]!.content).toContain(body.setup_path)
})

test('an address may be a word, the whole name below ours, or a host of its own', async () => {
  const whole = await create({ domain: 'Whole-Name.localhost' })
  expect(whole.body.tenant.slug).toBe('whole-name')
  const own = await create({
    ...{ name: 'Own Host', domain: 'ship.own-host.example' },
    app_domains: ['app.own-host.example', 'ship.own-host.example'],
  })
  expect(own.body.tenant).toMatchObject({
    slug: 'own-host',
    domains: [
      { domain: 'own-host.localhost', kind: 'subdomain', state: 'verified', is_primary: true },
      { domain: 'ship.own-host.example', kind: 'custom', state: 'pending', is_primary: false },
      { domain: 'app.own-host.example', kind: 'custom', state: 'pending', is_primary: false },
    ],
  })
})

test.each([
  [{ domain: 'not a name' }, '/domain'],
  [{ domain: 'a.b.localhost' }, '/domain'],
  [{ app_domains: ['fine.example', '10.0.0.1'] }, '/app_domains/1'],
  [{ time_zone: 'Mars/Olympus' }, '/time_zone'],
  [{ plan: 'no-such-plan' }, '/plan'],
  [{ sample_data: true }, '/sample_data'],
])('%p is refused at %p, and nothing is left of it', async (wish, pointer) => {
  const before = platform('SELECT id FROM tenants').length
  const answer = await create(wish)
  expect([answer.status, answer.body as unknown]).toMatchObject([422, { errors: [{ pointer }] }])
  expect(platform('SELECT id FROM tenants').length).toBe(before)
})

test('a plan, a time zone and facts of one’s own are kept', async () => {
  const wish = { plan: 'starter', time_zone: 'Europe/Berlin', metadata: { crm: '42' } }
  const { body } = await create({ name: 'On Starter', ...wish })
  expect(body.tenant).toMatchObject(wish)
})

test('of two that want one short name at once, one gets it', async () => {
  const answers = await Promise.all([create({ domain: 'pier' }), create({ domain: 'pier' })])
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
})

test('a crash between the open doors and the answer loses nobody’s way in', async () => {
  const wish = { name: 'Cut Off', domain: 'cut-off', admin_email: 'lou@cut-off.test' }
  const first = await create(wish, 'cut-off')
  // What a kill leaves when the tenant is there and its answer is not: the claim of a dead process.
  await shop.data.platform.write(systemScope('test'), (tx) =>
    tx.run(
      `UPDATE idempotency_keys SET status = NULL, body = NULL, process_id = 'dead'
       WHERE key = 'cut-off'`,
    ),
  )
  const retries = await Promise.all([create(wish, 'cut-off'), create(wish, 'cut-off')])
  expect(retries.map(({ status }) => status).sort()).toEqual([201, 409])
  const second = retries.find(({ status }) => status === 201)!.body
  expect(second.id).toBe(first.body.id)
  const { api_token, setup_path } = second
  expect([api_token, setup_path]).not.toContain(first.body.api_token)
  expect((await shop.send('GET /v1/items', undefined, { token: api_token })).status).toBe(200)
  const page = await shop.house.app.handle(new Request(`http://localhost${setup_path}`))
  expect(page.status).toBe(200)
  expect(platform("SELECT id FROM tenants WHERE slug LIKE 'cut-off%'")).toHaveLength(1)
  // Another request under the same key is another matter.
  const other = await create({ ...wish, domain: 'another' }, 'cut-off')
  expect(other.status).toBe(422)
})

test('a change needs the version that was read', async () => {
  const { id } = (await create({ name: 'Versioned' })).body
  const path = `PATCH /v1/platform/tenants/${id}`
  const change = { name: 'Versioned Ltd' }
  expect((await shop.send(path, change, { token })).status).toBe(428)
  expect((await shop.send(path, change, { token, etag: '"9"' })).status).toBe(412)
  const changed = await shop.send<Tenant>(path, change, { token, etag: '"2"' })
  expect(changed.body).toMatchObject({ name: 'Versioned Ltd', version: 3, time_zone: 'UTC' })
  const moved = { time_zone: 'America/New_York' }
  const again = await shop.send<Tenant>(path, moved, { token, etag: '"3"' })
  expect(again.body).toMatchObject({ ...moved, name: 'Versioned Ltd' })
  const wrong = await shop.send(path, { time_zone: 'Nowhere' }, { token, etag: '"4"' })
  expect(wrong.status).toBe(422)
})

test('tenants are found by name, state and kind, in pages', async () => {
  const list = (query: string) =>
    shop.done<{ data: Tenant[]; has_more: boolean }>(
      `GET /v1/platform/tenants?${query}`,
      undefined,
      { token },
    )
  await create({ name: 'Zebra Crossing', environment: 'sandbox' })
  expect((await list('search=ZEBRA')).data.map(({ slug }) => slug)).toEqual(['zebra-crossing'])
  expect((await list('environment=sandbox&search=goods')).data).toHaveLength(1)
  expect((await list('status=pending')).data).toEqual([])
  const names = async (query: string) => (await list(query)).data.map(({ name }) => name)
  expect(await names('plan=starter')).toEqual(['On Starter'])
  expect(await names('plan=unlimited&search=starter')).toEqual([])
  expect(await names('kind=branch')).toEqual([])
  expect(await names('kind=primary&search=zebra')).toEqual(['Zebra Crossing'])
  const sorted = await list('sort=-name&limit=1')
  expect(sorted).toMatchObject({ data: [{ name: 'Zebra Crossing' }], has_more: true })
})

test('what a crash left half founded is gone after the start, and its name is free', async () => {
  const { data } = shop
  const scope = systemScope('test')
  const wish = { name: 'Half', domain: 'half', admin_email: 'half@made.test' }
  const app_domains = ['half.example']
  const half = await data.platform.write(scope, (tx) => reserveTenant(tx, { ...wish, app_domains }))
  await data.tenants.create(half)
  expect(existsSync(data.tenants.pathOf(half))).toBe(true)
  expect((await create({ domain: 'half' })).status).toBe(409)
  expect(await finishPending(data, shop.house.door.services.objects, fail)).toEqual([half])
  expect(existsSync(data.tenants.folderOf(half))).toBe(false)
  expect((await create({ domain: 'half' })).status).toBe(201)
  expect(await finishPending(data, shop.house.door.services.objects, fail)).toEqual([])
})

test('a founding that fails leaves nothing behind', async () => {
  const template = readdirSync(shop.folder).find((name) => name.startsWith('empty-tenant'))!
  const path = join(shop.folder, template)
  renameSync(path, `${path}.kept`)
  writeFileSync(path, 'what a broken disk may hold'.repeat(100))
  expect((await create({ domain: 'unlucky' })).status).toBe(500)
  renameSync(`${path}.kept`, path)
  expect((await create({ domain: 'unlucky' })).status).toBe(201)
})
