/** What somebody tries who means no good: each was possible once, or would be the first thing to try. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { minute_ms } from '../kit/clock.ts'
import type { CreatedTenant } from '../tenants/schema.ts'
import { Person } from './testing/person.ts'
import type { IssuedToken } from './schema.ts'

let shop: Shop
let operator: string
let mara: Person
let ada: Person
let peer: Person

beforeAll(async () => {
  shop = await Shop.open()
  operator = await shop.operatorToken()
  mara = await Person.enter(shop)
  ada = await Person.operator(shop)
  peer = await Person.enter(shop)
})
afterAll(() => shop.close())

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/items/..//evil.example',
  '/%2e//evil.example',
  'https://evil.example/',
])('nobody is led away by %p', async (to) => {
  const lead = `/sign-in?to=${encodeURIComponent(to)}`
  expect((await mara.look(lead)).location).toBe('/')
  const confirmed = `/confirm?to=${encodeURIComponent(to)}&back=${encodeURIComponent(to)}`
  const { location } = await mara.post(confirmed, { confirm_with: mara.password })
  expect(location).toBe('/')
})

test.each(['other=%', 'stw_flash=%', 'stw_flash=%C3%28', 'stw_session=%', 'stw_browser=%'])(
  'a cookie that is no text, %p, breaks no page',
  async (cookie) => {
    const session = [...mara.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const request = new Request('http://localhost/items', {
      headers: { cookie: cookie.startsWith('stw_session') ? cookie : `${cookie}; ${session}` },
    })
    const { status } = await shop.house.app.handle(request)
    expect(status).toBe(cookie.startsWith('stw_session') ? 303 : 200)
  },
)

test('a session is good in its own file alone, whatever the cookie says before the dot', async () => {
  const wish = { name: 'Quay Goods', admin_email: 'ida@quay.test' }
  const quay = await shop.done<CreatedTenant>('POST /v1/platform/tenants', wish, {
    token: operator,
  })
  const [[own, id], [, of_staff]] = [mara, ada].map(
    ({ cookies }) => cookies.get('stw_session')!.split('.') as [string, string],
  ) as [[string, string], [string, string]]
  expect(own).toBe(shop.tenant.id)
  for (const forged of [
    `platform.${id}`,
    `.${id}`,
    `${quay.id}.${id}`,
    `${own}.${of_staff}`,
    `${quay.id}.${of_staff}`,
    `../${own}.${id}`,
  ]) {
    const other = mara.elsewhere()
    other.cookies.set('stw_session', forged)
    for (const path of ['/items', '/platform/tenants', '/account']) {
      expect((await other.look(path)).location).toStartWith('/sign-in')
    }
  }
})

test('staff see no page of a business, and members none of the platform', async () => {
  expect((await mara.look('/platform/tenants')).status).toBe(403)
  expect((await ada.look('/items')).status).toBe(403)
})

test('a form of another site is refused at every entrance and every page, signed in or not', async () => {
  const post = async (path: string, headers: Record<string, string>, cookie = '') => {
    const body = new URLSearchParams({ email: 'a@b.test', password: 'x', idempotency_key: 'k' })
    const request = new Request(`http://localhost${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie, ...headers },
      body: body.toString(),
    })
    const { status, headers: answered } = await shop.house.app.handle(request)
    // A page that has nothing to show leads on instead of saying no; what counts is that nothing was done.
    const led_on = status === 303 && !answered.getSetCookie().some((set) => set.includes('session'))
    return status === 403 || led_on ? 'refused' : status
  }
  const session = `stw_session=${mara.cookies.get('stw_session')!}`
  const entrances = [
    ...['/sign-in', '/sign-in/code', '/sign-out', '/organization', '/confirm', '/support-end'],
    ...['/forgot', '/setup/x', '/join/x', '/reset/x', '/support-access/x'],
  ]
  for (const path of [...entrances, '/items/new', '/settings/members', '/settings/tokens']) {
    for (const from of ['cross-site', 'same-site', 'none']) {
      const status = await post(path, { 'sec-fetch-site': from }, session)
      expect([path, from, status]).toEqual([path, from, 'refused'])
    }
    // Without a word of the browser the token of the session is missing still.
    expect([path, await post(path, {}, session)]).toEqual([path, 'refused'])
  }
  for (const path of entrances) {
    expect([path, await post(path, { origin: 'https://evil.example' })]).toEqual([path, 'refused'])
    expect([path, await post(path, {})]).toEqual([path, 'refused'])
  }
  expect((await mara.look('/items')).status).toBe(200)
})

test('pages with secrets are kept by no cache and told to no other site', async () => {
  for (const path of ['/sign-in', '/setup/x', '/join/x', '/reset/x', '/settings/tokens']) {
    const request = new Request(`http://localhost${path}`)
    const { headers } = await shop.house.app.handle(request)
    expect([path, headers.get('cache-control')]).toEqual([path, 'no-store'])
    expect([path, headers.get('referrer-policy')]).toEqual([path, 'same-origin'])
  }
})

const mint = async (scopes: string[]) =>
  (await shop.done<IssuedToken>('POST /v1/tokens', { name: scopes.join(), scopes })).token

test.each([
  [['members.*', 'roles.*'], ['*.erase']],
  [['members.*', 'roles.*'], ['*']],
  [['members.*', 'roles.*'], ['*.*']],
  [['members.*', 'roles.*'], ['*.read']],
  [['members.write', 'roles.write', 'members.read', 'roles.read'], ['members.*']],
  [['members.*', 'roles.*', '*.read'], ['tokens.*']],
  [['members.*', 'roles.*', '*.read'], ['manage_org_owner']],
  [['members.*', 'roles.*', '*.read'], ['view_audit']],
])('who may %p makes no role, token or member that may %p', async (own, wished) => {
  const token = await mint([...own, 'tokens.write'])
  const role = await shop.send('POST /v1/roles', { name: 'More', permissions: wished }, { token })
  expect([422, 403]).toContain(role.status)
  const minted = await shop.send('POST /v1/tokens', { name: 'More', scopes: wished }, { token })
  expect([422, 403]).toContain(minted.status)
  // A role that somebody stronger made cannot be given, nor made smaller, by somebody weaker.
  const made = await shop.send<{ id: string }>('POST /v1/roles', {
    name: `Strong ${wished.join()} ${own.join()}`.slice(0, 60),
    permissions: wished,
  })
  if (made.status !== 201) return
  const { id } = made.body
  const to = { email: 'eve@evil.test', role: id }
  for (const [route, body] of [
    ['POST /v1/invitations', to],
    ['POST /v1/members', { ...to, name: 'Eve' }],
    [`PATCH /v1/members/${mara.id}`, { role: id }],
    [`PATCH /v1/roles/${id}`, { permissions: ['members.read'] }],
    [`DELETE /v1/roles/${id}`, undefined],
  ] as const) {
    const { status, body: refusal } = await shop.send(route, body, { token, etag: '*' })
    expect([route, status, refusal.code]).toEqual([route, 403, 'exceeds_own_rights'])
  }
})

test('an answer that is kept for one organization is not given in another', async () => {
  const { id: elsewhere } = await shop.organization('Elsewhere')
  const key = crypto.randomUUID()
  const item = { sku: 'TWICE', name: 'Twice' }
  await shop.done('POST /v1/items', item, { key })
  const headers = { 'stowage-organization': elsewhere }
  const other = await shop.send('POST /v1/items', item, { key, headers })
  expect(other.body.code).toBe('idempotency_key_reused')
  expect(
    (await shop.send('POST /v1/items', item, { key })).headers.get('idempotent-replayed'),
  ).toBe('true')
})

test('a token that is shown once comes out of no retry of somebody else', async () => {
  const key = crypto.randomUUID()
  const wish = { name: 'Secret', scopes: ['items.read'] }
  const { token } = await shop.done<IssuedToken>('POST /v1/tokens', wish, { key })
  const other = await mint(['*'])
  const { body } = await shop.send<IssuedToken>('POST /v1/tokens', wish, { key, token: other })
  expect(body.token).toBeString()
  expect(body.token).not.toBe(token)
})

test('an account is opened by nobody weaker than it, in whichever organization it is strong', async () => {
  const annex = await shop.organization('Annex')
  const email = 'rosa@harbour.test'
  const viewer = { email, name: 'Rosa', role: 'viewer' }
  const { id } = await shop.done<{ id: string }>('POST /v1/members', viewer)
  await shop.join(email, 'owner', annex.id)
  // Leads the business as far as teams go, and is no owner of the annex.
  const token = await mint(['members.*', 'organizations.*', '*.read'])
  for (const route of [
    `POST /v1/members/${id}/setup_link`,
    `DELETE /v1/members/${id}/second_factor`,
    `POST /v1/members/${id}/erase`,
  ]) {
    const { status, body } = await shop.send(route, undefined, { token })
    expect([route, status, body.code]).toEqual([route, 403, 'exceeds_own_rights'])
  }
  expect((await shop.send(`POST /v1/members/${id}/setup_link`)).status).toBe(201)
})

test('whoever finds an open browser makes no link to an owner, and no copy of a business', async () => {
  shop.clock.advance(16 * minute_ms)
  const link = await mara.post(`/settings/members/${peer.id}/setup_link`, { idempotency_key: 'a' })
  expect([link.status, link.location]).toEqual([307, expect.stringContaining('/confirm?')])
  const copy = await ada.post(`/platform/tenants/${shop.tenant.id}/archives`, {
    idempotency_key: 'b',
  })
  expect([copy.status, copy.location]).toEqual([307, expect.stringContaining('/confirm?')])
  await mara.post('/confirm?to=/', { confirm_with: mara.password })
  const { status } = await mara.post(`/settings/members/${peer.id}/setup_link`, {
    idempotency_key: 'c',
  })
  expect(status).toBe(200)
})
