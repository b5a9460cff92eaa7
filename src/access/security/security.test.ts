import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { generateSync } from 'otplib'
import pino from 'pino'
import { Shop, type Answer } from '../../../tests/shop.ts'
import { openHouse } from '../../house.ts'
import { day_ms, hour_ms, minute_ms, second_ms } from '../../kit/clock.ts'
import { readRange } from '../../kit/ip-ranges.ts'
import type { Terms } from '../../kit/terms.ts'
import { Person, type Send } from '../testing/person.ts'
import type { Security, TwoFactorReport } from './schema.ts'

let shop: Shop
/** A door on the network behind a proxy it trusts, so that callers come from somewhere. */
let port: number
let stop: () => Promise<void>

beforeAll(async () => {
  shop = await Shop.open()
  const services = {
    ...shop.house.door.services,
    trusted_proxies: ['127.0.0.0/8', '::1'].map((text) => readRange(text)!),
  }
  const rates = { token: { per_second: 1_000, burst: 100_000 } }
  const log = pino({ level: 'silent' })
  const { app } = openHouse({ data: shop.data, services, log, rates, verify_replies: true })
  app.listen({ port: 0, hostname: '127.0.0.1' })
  port = app.server!.port!
  stop = async () => {
    await app.stop()
  }
})
afterAll(async () => {
  await stop()
  await shop.close()
})
beforeEach(() => shop.clock.advance(20 * minute_ms))

const overNetwork: Send = (request) => {
  const { pathname, search } = new URL(request.url)
  const init = { method: request.method, headers: request.headers, redirect: 'manual' as const }
  const to = `http://127.0.0.1:${port}${pathname}${search}`
  return request.method === 'GET'
    ? fetch(to, init)
    : request.text().then((body) => fetch(to, { ...init, body }))
}

/** A call of the API that comes from an address. */
async function from(ip: string, route: string, body?: unknown, token = shop.tenant.token) {
  const [method, path] = route.split(' ') as [string, string]
  const current = method === 'PATCH' ? await version(token) : ''
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'x-forwarded-for': ip,
      ...(current && { 'if-match': current }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return {
    status: response.status,
    body: (await response.json()) as Answer<Security>['body'] & Told,
  }
}
interface Told {
  code?: string
  errors?: { pointer: string; detail: string }[]
}

/** The version as the file has it, wherever one may come from now. */
const version = (token: string): Promise<string> =>
  Promise.resolve(
    `"${(token === shop.tenant.token
      ? shop.data.tenants.at(shop.tenant.id)
      : shop.data.platform
    ).read(
      shop.scope,
      (read) => read.get<{ version: number }>('SELECT version FROM security_settings')!.version,
    )}"`,
  )

const change = (wish: object) => from('203.0.113.7', 'PATCH /v1/security', wish)

test('before the deadline a banner reminds; after it there is one page and nothing else', async () => {
  const pim = await Person.enter(shop, 'member')
  expect(await pim.visit('/items')).not.toContain('second factor')
  const deadline = new Date(shop.clock.now() + 3 * day_ms).toISOString()
  await change({ require_two_factor: true, two_factor_deadline: deadline })
  expect(await pim.visit('/items')).toContain('set yours up within 3 days')
  shop.clock.advance(2.5 * day_ms)
  expect(await pim.visit('/items')).toContain('set yours up by tomorrow')
  shop.clock.advance(0.5 * day_ms)
  expect(await pim.look('/items')).toMatchObject({
    status: 303,
    location: '/account/second-factor',
  })
  const posted = await pim.post('/items/new', { sku: 'MUG', name: 'Mug' })
  expect(posted.location).toBe('/account/second-factor')
  const list = await shop.done<{ data: unknown[] }>('GET /v1/items')
  expect(list.data).toEqual([])
  // Signing out is possible, and so is doing what is asked.
  expect(await pim.visit('/account/second-factor')).toContain('Begin')
  const begun = await pim.post('/account/second-factor', {})
  const secret = /name="secret" value="([A-Z2-7]+)"/.exec(begun.html)![1]!
  const code = generateSync({ secret, epoch: Math.floor(shop.clock.now() / second_ms) })
  expect((await pim.post('/account/second-factor/confirm', { secret, code })).status).toBe(200)
  expect(await pim.visit('/items')).not.toContain('second factor')
  await change({ require_two_factor: false })
})

test('the report says who has one, who has not, and how long is left', async () => {
  await change({ require_two_factor: true })
  const report = await shop.done<TwoFactorReport>(
    'GET /v1/security/two_factor?state=without&limit=1',
  )
  expect(report).toMatchObject({ with_count: 1, require_two_factor: true, days_left: 14 })
  expect(report.data).toHaveLength(1)
  expect(report.data[0]).toMatchObject({ has_second_factor: false, confirmed_at: null })
  const having = await shop.done<TwoFactorReport>('GET /v1/security/two_factor?state=with')
  expect(having.data.map(({ has_second_factor }) => has_second_factor)).toEqual([true])
  const found = await shop.done<TwoFactorReport>('GET /v1/security/two_factor?search=nobody-like')
  expect(found.data).toEqual([])
  await change({ require_two_factor: false })
  const relaxed = await shop.done<TwoFactorReport>('GET /v1/security/two_factor')
  expect(relaxed).toMatchObject({ days_left: null, two_factor_deadline: null })
})

test('nobody shuts himself out by a list of addresses', async () => {
  const refused = await change({ allowed_ips: ['198.51.100.0/24'] })
  expect(refused.status).toBe(422)
  expect(refused.body.errors).toEqual([
    { pointer: '/allowed_ips', detail: 'This would shut you out: you come from 203.0.113.7.' },
  ])
  expect((await change({ allowed_ips: ['not an address'] })).body.code).toBe('invalid')
})

test('a list of addresses holds for tokens and people alike, and for IPv4 inside IPv6', async () => {
  const pim = await Person.enter(shop, 'owner', overNetwork)
  const allowed_ips = ['203.0.113.0/24', '::ffff:192.0.2.0/120']
  expect((await change({ allowed_ips })).body).toMatchObject({ allowed_ips })
  const status = async (ip: string) => (await from(ip, 'GET /v1/items')).status
  expect(await status('203.0.113.200')).toBe(200)
  expect(await status('::ffff:203.0.113.200')).toBe(200)
  expect(await status('192.0.2.9')).toBe(200)
  expect(await status('198.51.100.1')).toBe(401)
  expect(await status('::ffff:198.51.100.1')).toBe(401)
  const unknown = await from('198.51.100.1', 'GET /v1/items')
  const made_up = await from('203.0.113.1', 'GET /v1/items', undefined, 'stw_tenant_nobody')
  expect(unknown.body).toMatchObject({ ...made_up.body, request_id: expect.any(String) })
  expect((await pim.movedTo('192.0.2.44').look('/items')).status).toBe(200)
  const outside = pim.movedTo('198.51.100.1')
  const page = await outside.look('/items')
  expect([page.status, page.html.includes('You come from 198.51.100.1')]).toEqual([403, true])
  expect((await pim.elsewhere('198.51.100.1').signIn()).status).toBe(403)
  expect((await pim.elsewhere('203.0.113.3').signIn()).status).toBe(303)
})

test('the operator lets a business in again that shut itself out', async () => {
  const token = await shop.operatorToken()
  const path = `/v1/platform/tenants/${shop.tenant.id}/security`
  expect((await shop.send('GET /v1/items')).status).toBe(401)
  const seen = await shop.done<Security>(`GET ${path}`, undefined, { token })
  expect(seen.allowed_ips).toHaveLength(2)
  await shop.done(`POST ${path}/open_addresses`, undefined, { token })
  expect((await shop.send('GET /v1/items')).status).toBe(200)
  expect(shop.events()).toContain('security.updated')
})

test('a shorter session ends those that would last longer', async () => {
  const pim = await Person.enter(shop)
  expect((await pim.look('/items')).status).toBe(200)
  await change({ session_hours: 2 })
  shop.clock.advance(2 * hour_ms)
  expect((await pim.look('/items')).location).toStartWith('/sign-in')
  await pim.signIn()
  shop.clock.advance(90 * minute_ms)
  expect((await pim.look('/items')).status).toBe(200)
  shop.clock.advance(90 * minute_ms)
  expect((await pim.look('/items')).status).toBe(200)
  await change({ session_hours: 336 })
})

test('a person changes the rules on the page only after proving who it is', async () => {
  const mara = await Person.enter(shop)
  const html = await mara.visit('/settings/security')
  const current = /name="version" value="(\d+)"/.exec(html)![1]!
  const typed = {
    version: current,
    session_hours: '100',
    allowed_ips: '',
    allow_support_access: 'true',
    idempotency_key: 'one-of-the-form',
  }
  shop.clock.advance(16 * minute_ms)
  const asked = await mara.post('/settings/security', typed)
  expect(asked.location).toStartWith('/confirm?resume=%2Fsettings%2Fsecurity')
  const right = await mara.post(asked.location!, { ...typed, confirm_with: mara.password })
  expect(right).toMatchObject({ status: 307, location: '/settings/security' })
  const done = await mara.post(right.location!, { ...typed, confirm_with: mara.password })
  expect(done.said).toBe('The rules are changed.')
  expect((await shop.done<Security>('GET /v1/security')).session_hours).toBe(100)
  const late = { ...typed, idempotency_key: 'another' }
  expect((await mara.post('/settings/security', late)).status).toBe(412)
})

test('a member who does not lead the business sees nothing of it', async () => {
  const viewer = await Person.enter(shop, 'viewer')
  expect((await viewer.look('/settings/security')).status).toBe(403)
  expect(await viewer.visit('/items')).not.toContain('href="/settings/security"')
})

test('the staff of the operator keep to rules of their own', async () => {
  const ada = await Person.operator(shop)
  const token = await shop.operatorToken()
  const wish = { require_two_factor: true, two_factor_deadline: null }
  const path = 'PATCH /v1/platform/security'
  const init = { token, etag: await version('') }
  expect((await shop.send(path, wish, init)).status).toBe(200)
  const led = await ada.look('/platform/tenants')
  expect(led.location).toBe('/platform/account/second-factor')
  const begun = await ada.post('/platform/account/second-factor', {})
  const secret = /name="secret" value="([A-Z2-7]+)"/.exec(begun.html)![1]!
  const code = generateSync({ secret, epoch: Math.floor(shop.clock.now() / second_ms) })
  const on = await ada.post('/platform/account/second-factor/confirm', { secret, code })
  expect(on.status).toBe(200)
  expect((await ada.look('/platform/tenants')).status).toBe(200)
  expect((await ada.elsewhere().signIn()).location).toBe('/sign-in/code')
  // Whoever can run the terminal of the installation gets in again without the telephone.
  const rescued = await Person.operator(shop, undefined, ada)
  expect((await rescued.look('/platform/account/second-factor')).status).toBe(200)
})

test('what the plan leaves out cannot be switched on, and can be switched off', async () => {
  const plan = { decided_by: 'plan' as const, reason: 'The plan Starter does not include this.' }
  const terms: Terms = {
    plan: { code: 'starter', name: 'Starter' },
    refusals: { two_factor_enforcement: plan, ip_allow_lists: plan },
    limits: {},
    quotas: {},
    rates: {},
    is_paying: true,
    time_zone: 'UTC',
    period_day: 1,
  }
  await change({ require_two_factor: true })
  const services = { ...shop.house.door.services, terms: () => terms }
  const rates = { token: { per_second: 1_000, burst: 100_000 } }
  const log = pino({ level: 'silent' })
  const { app } = openHouse({ data: shop.data, services, log, rates, verify_replies: true })
  const attempt = async (wish: object) => {
    const headers = {
      authorization: `Bearer ${shop.tenant.token}`,
      'content-type': 'application/json',
      'if-match': await version(shop.tenant.token),
    }
    const init = { method: 'PATCH', headers, body: JSON.stringify(wish) }
    return (await app.handle(new Request('http://localhost/v1/security', init))).json()
  }
  expect(await attempt({ require_two_factor: false })).toMatchObject({ require_two_factor: false })
  expect(await attempt({ require_two_factor: true })).toMatchObject({
    code: 'feature_unavailable',
    feature: 'two_factor_enforcement',
    decided_by: 'plan',
  })
  expect(await attempt({ allowed_ips: ['203.0.113.0/24'] })).toMatchObject({
    code: 'feature_unavailable',
    feature: 'ip_allow_lists',
  })
  expect(await attempt({ allowed_ips: [], session_hours: 48 })).toMatchObject({ session_hours: 48 })
})
