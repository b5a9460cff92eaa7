/** The life of a business: suspended, closed, reopened, and what is required of it. */
import { beforeEach, afterEach, expect, test } from 'bun:test'
import pino from 'pino'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { day_ms, hour_ms } from '../kit/clock.ts'
import type { Schedule } from '../schedule/schedule.ts'
import type { Tenant } from '../tenants/schema.ts'
import type { Capabilities, Requirement } from './requirements/schema.ts'
import type { Business } from './schema.ts'
import { endClosedBusinesses, watchAllRequirements } from './schedules.ts'

let shop: Shop
let token: string
const scope = systemScope('test')

beforeEach(async () => {
  shop = await Shop.open()
  token = await shop.operatorToken()
})
afterEach(() => shop.close())

const asOperator = <T = Tenant>(route: string, body?: unknown) =>
  shop.send<T>(route, body, { token })
const step = (verb: string, body?: unknown) =>
  asOperator(`POST /v1/platform/tenants/${shop.tenant.id}/${verb}`, body)

const platformEvents = () =>
  shop.data.platform
    .read(scope, (read) => read.all<{ type: string }>('SELECT type FROM events ORDER BY seq'))
    .map(({ type }) => type)
const mails = () =>
  shop.data.platform.read(scope, (read) =>
    read.all<{ kind: string; recipient: string; subject: string }>(
      'SELECT kind, recipient, subject FROM mails ORDER BY created_at, id',
    ),
  )

const run = (schedule: Schedule) =>
  schedule.run({
    run_id: 'run',
    due_at: '',
    data: shop.data,
    services: shop.house.door.services,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    eachTenant: () => Promise.resolve(),
  })

test('a suspended business goes on as what it was, and only once', async () => {
  const before = (await asOperator(`GET /v1/platform/tenants/${shop.tenant.id}`)).body.status
  expect((await step('resume')).status).toBe(409)
  expect((await step('suspend', { reason: 'One.' })).body.status).toBe('suspended')
  expect((await step('suspend', { reason: 'Two.' })).body.status_reason).toBe('Two.')
  const read_only = await shop.send('POST /v1/items', { sku: 'A', name: 'A' })
  expect(read_only).toMatchObject({ status: 403 })
  expect(String(read_only.body.detail)).toContain('Two')
  expect((await step('resume')).body.status).toBe(before)
  expect((await step('resume')).status).toBe(409)
  expect((await shop.send('POST /v1/items', { sku: 'A', name: 'A' })).status).toBe(201)
})

test('a closing business is read and not written, is reminded, and can be reopened', async () => {
  const closed = await step('close', { reason: 'The contract ended.', grace_days: 30 })
  expect(closed.body).toMatchObject({ status: 'closing', closes_at: '2026-12-21T09:00:00.000Z' })
  expect((await step('close', {})).status).toBe(409)
  expect((await step('suspend', {})).status).toBe(409)
  expect((await shop.send('GET /v1/items')).status).toBe(200)
  const write = await shop.send('POST /v1/items', { sku: 'A', name: 'A' })
  expect(write.status).toBe(403)
  expect(String(write.body.detail)).toContain('closing')
  const kinds = () => mails().map(({ kind }) => kind)
  const start = kinds().length
  expect(mails().at(-1)).toMatchObject({ kind: 'closing', recipient: 'mara@harbour.test' })
  await run(endClosedBusinesses)
  expect(kinds()).toHaveLength(start)
  shop.clock.advance(23 * day_ms + hour_ms)
  await run(endClosedBusinesses)
  await run(endClosedBusinesses)
  expect(kinds().slice(start)).toEqual(['closing_reminder'])
  shop.clock.advance(6 * day_ms)
  await run(endClosedBusinesses)
  expect(kinds().slice(start)).toEqual(['closing_reminder', 'closing_reminder'])
  expect(mails().at(-1)!.subject).toContain('in one day')
  expect((await step('reopen')).body).toMatchObject({ closes_at: null })
  expect((await shop.send('POST /v1/items', { sku: 'A', name: 'A' })).status).toBe(201)
  expect(platformEvents().slice(-2)).toEqual(['tenant.closing', 'tenant.reopened'])
})

test('one that was suspended before it closed is suspended again when it is reopened', async () => {
  await step('suspend', { reason: 'Unpaid.' })
  expect((await step('close', { grace_days: 0 })).body.status).toBe('closing')
  expect((await step('reopen')).body.status).toBe('suspended')
  expect((await step('resume')).body.status).not.toBe('suspended')
})

test('the owner closes his business with its name, and only he who closed it reopens it', async () => {
  const wrong = await shop.send('POST /v1/business/close', { confirm_name: 'Harbour' })
  expect(wrong).toMatchObject({ status: 422, body: { code: 'invalid' } })
  const wish = { confirm_name: 'Harbour Goods', grace_days: 10 }
  const two = await Promise.all([
    shop.send<Business>('POST /v1/business/close', wish),
    shop.send<Business>('POST /v1/business/close', wish),
  ])
  expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
  expect((await shop.send<Business>('GET /v1/business')).body).toMatchObject({
    status: 'closing',
    paused_by: 'tenant',
  })
  expect((await shop.send<Business>('POST /v1/business/reopen')).body.paused_by).toBeNull()
  await step('close', {})
  const reopen = await shop.send('POST /v1/business/reopen')
  expect(reopen).toMatchObject({ status: 409, body: { code: 'conflict' } })
  const other = await shop.data.platform.read(scope, (read) =>
    read.get<{ n: number }>(
      "SELECT count(*) AS n FROM audit_entries WHERE action = 'business.close'",
    ),
  )
  expect(other!.n).toBe(1)
})

test('who does not lead the business does not close it', async () => {
  const { token: confined } = await shop.organization('Outlet')
  const one = await shop.send(
    'POST /v1/business/close',
    { confirm_name: 'Harbour Goods' },
    { token: confined },
  )
  expect(one.status).toBe(403)
  const { token: narrow } = await shop.done<{ token: string }>('POST /v1/tokens', {
    name: 'Narrow',
    scopes: ['business.close', 'business.read'],
  })
  const two = await shop.send(
    'POST /v1/business/close',
    { confirm_name: 'Harbour Goods' },
    { token: narrow },
  )
  expect(two).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})

const require = (wish: object) =>
  asOperator<Requirement>(`POST /v1/platform/tenants/${shop.tenant.id}/requirements`, wish)
const capability = async (name: string) =>
  (await shop.done<Capabilities>('GET /v1/capabilities')).data.find(
    ({ capability }) => capability === name,
  )!

test('what is past due is refused with words, and works again when it is met', async () => {
  await shop.data.platform.write(scope, (tx) => tx.run("UPDATE tenants SET status = 'active'"))
  const due_at = '2026-11-28T09:00:00.000Z'
  const { body: asked } = await require({
    code: 'documents_checked',
    capabilities: ['shipping'],
    due_at,
  })
  expect(asked).toMatchObject({ state: 'open', due: 'currently_due', met_by: 'operator' })
  expect(
    (await require({ code: 'documents_checked', capabilities: ['webhooks'] })).body,
  ).toMatchObject({
    code: 'duplicate_requirement',
    requirement_id: asked.id,
  })
  expect(await capability('shipping')).toMatchObject({
    status: 'pending',
    currently_due: [asked.id],
    deadline: due_at,
  })
  expect(await capability('webhooks')).toMatchObject({ status: 'active', deadline: null })
  await run(watchAllRequirements)
  expect(mails().at(-1)).toMatchObject({ kind: 'requirement_due' })
  shop.clock.advance(7 * day_ms)
  await run(watchAllRequirements)
  await run(watchAllRequirements)
  expect(mails().filter(({ kind }) => kind === 'requirement_past_due')).toHaveLength(1)
  expect(platformEvents()).toContain('requirement.past_due')
  expect(platformEvents().at(-1)).toBe('tenant.restricted')
  expect(await capability('shipping')).toMatchObject({ status: 'restricted', past_due: [asked.id] })
  const connect = { carrier_id: 'ups', name: 'UPS', mode: 'sandbox', credentials: {} }
  const refused = await shop.send('POST /v1/carrier_connections', connect)
  expect(refused).toMatchObject({
    status: 403,
    body: { code: 'feature_unavailable', decided_by: 'requirement' },
  })
  expect(String(refused.body.detail)).toContain('documents of the business')
  const meet = () =>
    asOperator(`POST /v1/platform/requirements/${asked.id}/meet`, { note: 'Seen.' })
  const two = await Promise.all([meet(), meet()])
  expect(two.map(({ status }) => status).sort()).toEqual([200, 409])
  expect(platformEvents().at(-1)).toBe('tenant.unrestricted')
  expect((await shop.send('POST /v1/carrier_connections', connect)).body.code).not.toBe(
    'feature_unavailable',
  )
  const again = await asOperator<Requirement>(`POST /v1/platform/requirements/${asked.id}/reopen`, {
    due_at: '2026-11-20T00:00:00.000Z',
  })
  expect(again.body.due).toBe('past_due')
  expect((await shop.send('POST /v1/carrier_connections', connect)).status).toBe(403)
  await asOperator(`POST /v1/platform/requirements/${asked.id}/waive`, { note: 'Small.' })
  expect(await capability('shipping')).toMatchObject({ status: 'active' })
})

test('the business accepts what is its own, and what can be seen is seen', async () => {
  const past = '2026-11-20T00:00:00.000Z'
  const make = async (code: string, more: object = {}) =>
    (await require({ code, capabilities: ['webhooks'], due_at: past, ...more })).body
  const terms = await make('terms_accepted')
  const owner = await make('owner_came_in')
  const signed = await make('terms_signed')
  const own = await make('own_thing', { title: 'Tell us your trade', met_by: 'tenant' })
  expect((await make('nameless')).code).toBe('invalid')
  const fulfil = (id: string) => shop.send<Requirement>(`POST /v1/requirements/${id}/fulfil`)
  expect((await fulfil(terms.id)).body.state).toBe('met')
  expect((await fulfil(own.id)).body.state).toBe('met')
  expect(await fulfil(signed.id)).toMatchObject({
    status: 409,
    body: { code: 'requirement_unmet' },
  })
  expect(await fulfil(owner.id)).toMatchObject({ status: 409, body: { code: 'requirement_unmet' } })
  expect((await capability('webhooks')).past_due).toEqual([owner.id, signed.id])
  await shop.data.tenants
    .at(shop.tenant.id)
    .write(scope, (tx) => tx.run("UPDATE users SET password_hash = 'set'"))
  await run(watchAllRequirements)
  expect((await capability('webhooks')).past_due).toEqual([signed.id])
})

test('another business does not see or fulfil what is required of this one', async () => {
  const { body: mine } = await require({ code: 'terms_accepted', capabilities: ['webhooks'] })
  const { body } = await asOperator<{ api_token: string }>('POST /v1/platform/tenants', {
    name: 'Neighbour',
    admin_email: 'n@neighbour.test',
  })
  const foreign = await shop.send(`POST /v1/requirements/${mine.id}/fulfil`, undefined, {
    token: body.api_token,
  })
  expect(foreign).toMatchObject({ status: 404, body: { code: 'not_found' } })
  const theirs = await shop.done<Capabilities>('GET /v1/capabilities', undefined, {
    token: body.api_token,
  })
  expect(theirs.requirements).toEqual([])
})

test('the business is told in its own feed how it stands, once for each change', async () => {
  const told = () =>
    shop.data.tenants
      .at(shop.tenant.id)
      .read(scope, (read) =>
        read.all<{ data: string }>("SELECT data FROM events WHERE type = 'business.updated'"),
      )
      .map(({ data }) => JSON.parse(data) as object)
  await run(watchAllRequirements)
  const asked = await require({
    ...{ code: 'terms_accepted', capabilities: ['webhooks', 'shipping'] },
    due_at: '2026-11-25T00:00:00.000Z',
  })
  await run(watchAllRequirements)
  await run(watchAllRequirements)
  expect(told()).toMatchObject([{ restricted: [], pending: ['shipping', 'webhooks'] }])
  shop.clock.advance(5 * day_ms)
  await run(watchAllRequirements)
  expect(told().slice(1)).toMatchObject([{ restricted: ['shipping', 'webhooks'], pending: [] }])
  await shop.done(`POST /v1/requirements/${asked.body.id}/fulfil`)
  expect(told().slice(2)).toMatchObject([{ restricted: [], pending: [] }])
  await step('suspend', { reason: 'Unpaid.' })
  await run(watchAllRequirements)
  expect(told().slice(3)).toMatchObject([{ status: 'suspended' }])
  await step('resume')
  await run(watchAllRequirements)
  await run(watchAllRequirements)
  expect(told()).toHaveLength(5)
})
