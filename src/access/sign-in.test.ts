import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { day_ms, hour_ms, minute_ms } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { Visitor } from '../operations/principal.ts'
import { recordAudit } from '../audit/record.ts'
import type { CreatedTenant } from '../tenants/schema.ts'
import type { AddedMember } from './schema.ts'
import { endSession, startSession, findOpenSession } from './sessions.ts'
import { setUp } from './set-up.ts'
import { createSetupLink, needsSetup } from './setup-link.ts'
import { signIn, type SignedIn } from './sign-in.ts'
import { switchOrganization } from './switch-organization.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const password = 'three gulls over the pier'
let caller = 0
/** Each attempt from an address of its own, unless the limit of addresses is what a test is about. */
const from = (ip = `10.0.${caller >> 8}.${caller++ & 255}`) => ({
  ip,
  user_agent: 'test',
  request_id: 'req_test',
})
const enter = (email: string, typed = password, business = '', ip?: string) =>
  signIn(shop.data, { email, password: typed, business }, from(ip), recordAudit)
const useLink = (
  path: string,
  typed: { name?: string; email?: string; password?: string } = {},
) => {
  const newcomer = { name: 'Ada', email: 'ada@operator.test', password, ...typed }
  return setUp(shop.data, path.replace('/setup/', ''), newcomer, from(), recordAudit)
}
const failureOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  )

async function visitorOf(signed: SignedIn): Promise<[Visitor | undefined, Request]> {
  const cookie = await startSession(shop.data, 'http://localhost', signed, {
    organization_id: signed.organization_id,
    method: 'password',
    ip: '',
    user_agent: '',
  })
  const request = new Request('http://localhost/', { headers: { cookie: cookie.split(';')[0]! } })
  return [await shop.house.door.gatekeeper.fromSession(request, ''), request]
}

test('the first operator comes in by a link, once, within thirty minutes', async () => {
  expect(needsSetup(shop.data)).toBe(true)
  const first = await createSetupLink(shop.data)
  const second = await createSetupLink(shop.data)
  expect(await failureOf(useLink(first.setup_path))).toBe('link_spent')
  expect(await failureOf(useLink(second.setup_path, { password: 'password1234' }))).toBe(
    'weak_password',
  )
  const signed = await useLink(second.setup_path)
  expect(needsSetup(shop.data)).toBe(false)
  expect(await failureOf(useLink(second.setup_path))).toBe('link_spent')
  const [visitor] = await visitorOf(signed)
  expect(visitor).toMatchObject({
    role: 'operator',
    tenant: undefined,
    principal: { level: 'platform', tenant_id: '', actor: { kind: 'staff', name: 'Ada' } },
  })
  const third = await createSetupLink(shop.data)
  shop.clock.advance(30 * minute_ms)
  expect(await failureOf(useLink(third.setup_path))).toBe('link_spent')
})

test('of two who use the link at once, one gets in', async () => {
  const { setup_path } = await createSetupLink(shop.data)
  const outcomes = await Promise.all([
    failureOf(useLink(setup_path, { email: 'one@operator.test' })),
    failureOf(useLink(setup_path, { email: 'two@operator.test' })),
  ])
  expect(outcomes.sort()).toEqual(['link_spent', 'none'])
})

test('a link from the terminal gives an operator a new password and ends older sessions', async () => {
  const [, request] = await visitorOf(await enter('ada@operator.test'))
  const { setup_path } = await createSetupLink(shop.data)
  await useLink(setup_path, { password: 'four gulls under the pier' })
  expect(await shop.house.door.gatekeeper.fromSession(request, '')).toBeUndefined()
  expect(await failureOf(enter('ada@operator.test'))).toBe('sign_in_refused')
  expect((await enter('ada@operator.test', 'four gulls under the pier')).tenant_id).toBe('')
})

test('a member sets a password by the link and signs in; nobody is told what was wrong', async () => {
  const wish = { email: 'pim@harbour.test', name: 'pim', role: 'member' }
  const added = await shop.done<AddedMember>('POST /v1/members', wish)
  await useLink(added.setup_path)
  expect(added).toMatchObject({ role: 'member', has_password: false })
  expect(added.setup_path).toStartWith(`/setup/${shop.tenant.id}.`)
  const signed = await enter('PIM@harbour.test')
  expect(signed).toMatchObject({ tenant_id: shop.tenant.id, user_id: added.id })
  const [visitor] = await visitorOf(signed)
  expect(visitor).toMatchObject({
    user: { name: 'pim', email: 'pim@harbour.test' },
    tenant: { name: 'Harbour Goods', environment: 'sandbox' },
    principal: { level: 'organization', organization_id: shop.tenant.organization_id },
    role: 'member',
  })
  expect(visitor!.principal.may('stock.adjust')).toBe(true)
  expect(visitor!.principal.may('tokens.write')).toBe(false)
  const refusals = await Promise.all([
    enter('pim@harbour.test', 'wrong').catch(String),
    enter('nobody@harbour.test').catch(String),
    enter('pim@harbour.test', password, 'no-such-business').catch(String),
  ])
  expect(new Set(refusals).size).toBe(1)
})

test('ten wrong passwords lock an account from one address, thirty from anywhere, and thirty guesses the place they come from', async () => {
  await enter('pim@harbour.test')
  for (const [email, ip] of [
    ['pim@harbour.test', '203.0.113.7'],
    ['ghost@harbour.test', '203.0.113.8'],
  ] as const) {
    const guess = (from?: string) => failureOf(enter(email, 'not the password', '', from))
    const near = await Promise.all(Array.from({ length: 14 }, () => guess(ip)))
    expect(near.filter((code) => code === 'sign_in_refused')).toHaveLength(10)
    expect(near.filter((code) => code === 'locked_out')).toHaveLength(4)
    const far = await Promise.all(Array.from({ length: 24 }, () => guess()))
    expect(far.filter((code) => code === 'sign_in_refused')).toHaveLength(20)
    expect(await failureOf(enter(email))).toBe('locked_out')
  }
  const guess = () => failureOf(enter('ghost@harbour.test', 'a guess', '', '203.0.113.9'))
  const codes = await Promise.all(Array.from({ length: 31 }, guess))
  expect(codes.indexOf('rate_limited')).toBe(30)

  shop.clock.advance(15 * minute_ms)
  expect(await failureOf(enter('pim@harbour.test'))).toBe('none')
  expect(await failureOf(enter('ghost@harbour.test'))).toBe('sign_in_refused')
}, 20_000)

test('a right password after some wrong ones starts the count anew', async () => {
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 5; n++) await failureOf(enter('pim@harbour.test', 'not it'))
    expect(await failureOf(enter('pim@harbour.test'))).toBe('none')
  }
})

test('the business is named when there are several', async () => {
  const token = await shop.operatorToken()
  const other = await shop.done<CreatedTenant>(
    'POST /v1/platform/tenants',
    { name: 'Quay & Söhne', admin_email: 'pim@harbour.test' },
    { token },
  )
  expect(other.tenant.slug).toBe('quay-sohne')
  await useLink(other.setup_path, { password: 'six gulls beside the pier' })
  expect(await failureOf(enter('pim@harbour.test'))).toBe('sign_in_refused')
  expect((await enter('pim@harbour.test', password, 'harbour')).tenant_id).toBe(shop.tenant.id)
  const owner = await enter('pim@harbour.test', 'six gulls beside the pier', ' Quay-sohne ')
  expect(owner.tenant_id).toBe(other.id)
  const [visitor] = await visitorOf(owner)
  expect(visitor).toMatchObject({ role: 'owner', principal: { level: 'tenant' } })
})

test('a session slides while it is used, ends when it is not, and is kept hashed', async () => {
  const signed = await enter('pim@harbour.test', password, 'harbour')
  const [, request] = await visitorOf(signed)
  const fromSession = () => shop.house.door.gatekeeper.fromSession(request, '')
  for (let n = 0; n < 3; n++) {
    shop.clock.advance(8 * day_ms)
    expect((await fromSession())?.user.email).toBe('pim@harbour.test')
  }
  const id = request.headers.get('cookie')!.split('.')[1]!
  const rows = shop.data.tenants
    .at(shop.tenant.id)
    .read(systemScope('test'), (read) => JSON.stringify(read.all('SELECT * FROM sessions')))
  expect(rows).not.toContain(id)
  // The last use is written down before the clock goes on.
  await shop.data.tenants.open(shop.tenant.id).idle()
  shop.clock.advance(14 * day_ms)
  expect(await fromSession()).toBeUndefined()
})

test('the session of staff lasts half a day, and signing out ends it at once', async () => {
  const signed = await enter('ada@operator.test', 'four gulls under the pier')
  const [visitor, request] = await visitorOf(signed)
  expect(visitor).toBeDefined()
  shop.clock.advance(12 * hour_ms + minute_ms)
  expect(await shop.house.door.gatekeeper.fromSession(request, '')).toBeUndefined()

  const [, later] = await visitorOf(signed)
  const cookie = await endSession(shop.data, '', (await findOpenSession(shop.data, later))!)
  expect(cookie).toContain('Max-Age=0')
  expect(await shop.house.door.gatekeeper.fromSession(later, '')).toBeUndefined()
})

test('the cookie is hidden from scripts and other sites, and secure where the address is', async () => {
  const signed = await enter('pim@harbour.test', password, 'harbour')
  const facts = { organization_id: signed.organization_id, method: '', ip: '', user_agent: '' }
  const plain = await startSession(shop.data, 'http://localhost', signed, facts)
  const secure = await startSession(shop.data, 'https://stock.example.com', signed, facts)
  expect(plain).toMatch(/^stw_session=ten_\w+\.\w+; HttpOnly; Max-Age=\d+; Path=\/; SameSite=Lax$/)
  expect(secure).toContain('Secure')
})

test('a cookie of one business opens nothing in another', async () => {
  const signed = await enter('pim@harbour.test', password, 'harbour')
  const [, request] = await visitorOf(signed)
  const id = request.headers.get('cookie')!.split('.')[1]!
  const other = shop.data.platform.read(systemScope('test'), (read) =>
    read.get<{ id: string }>("SELECT id FROM tenants WHERE slug = 'quay-sohne'"),
  )!
  for (const place of [other.id, 'platform', 'ten_01h455vb4pex5vsknk084sn02q', '../x']) {
    const headers = { cookie: `stw_session=${place}.${id}` }
    const forged = new Request('http://localhost/', { headers })
    expect(await shop.house.door.gatekeeper.fromSession(forged, '')).toBeUndefined()
  }
})

test('a person changes to another organization only where a membership is', async () => {
  const { id: north } = await shop.organization('North')
  const { id: south } = await shop.organization('South')
  await shop.join('pim@harbour.test', 'viewer', north)
  const signed = await enter('pim@harbour.test', password, 'harbour')
  const [visitor, request] = await visitorOf(signed)
  expect(visitor!.organizations.map(({ name }) => name)).toEqual(['Harbour Goods', 'North'])
  expect(await failureOf(switchOrganization(shop.data, request, visitor!, south))).toBe('not_found')
  await switchOrganization(shop.data, request, visitor!, north)
  const there = await shop.house.door.gatekeeper.fromSession(request, '')
  expect(there).toMatchObject({ role: 'viewer', principal: { organization_id: north } })
  expect(there!.principal.may('items.write')).toBe(false)

  const headers = { 'stowage-organization': north }
  await shop.done(`DELETE /v1/members/${signed.user_id}`, undefined, { headers })
  expect(await shop.house.door.gatekeeper.fromSession(request, '')).toBeUndefined()
})
