import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { day_ms, hour_ms, minute_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { IssuedToken, Token } from './schema.ts'

let shop: Shop
let operator: string
beforeAll(async () => {
  shop = await Shop.open()
  operator = await shop.operatorToken()
})
afterAll(() => shop.close())

const issue = (wish: object, token?: string) =>
  shop.done<IssuedToken>(
    'POST /v1/tokens',
    { name: 'Connector', scopes: ['items.read'], ...wish },
    token === undefined ? {} : { token },
  )
const statusOf = async (token: string, route = 'GET /v1/items') =>
  (await shop.send(route, undefined, { token })).status

test('a token is shown once, does what its scopes say, and ends when revoked', async () => {
  const before = shop.events().length
  const issued = await issue({ scopes: ['items.*'] })
  expect(issued.token).toStartWith('stw_tenant_')
  expect(issued).toMatchObject({ level: 'tenant', organization_id: null, status: 'active' })
  const read = await shop.send<Token>(`GET /v1/tokens/${issued.id}`)
  expect(read.text).not.toContain(issued.token)
  expect(read.body.hint).toBe(issued.token.slice(-4))

  expect(await statusOf(issued.token)).toBe(200)
  expect(await statusOf(issued.token, 'GET /v1/tokens')).toBe(403)

  const revoked = await shop.done<Token>(`POST /v1/tokens/${issued.id}/revoke`)
  expect(revoked.status).toBe('revoked')
  expect(await statusOf(issued.token)).toBe(401)
  await shop.done(`POST /v1/tokens/${issued.id}/revoke`)
  expect(shop.events(before)).toEqual(['token.created', 'token.revoked'])
})

test('a retry gets the same token, and the file holds it nowhere in plain text', async () => {
  const wish = { name: 'Retried', scopes: ['items.read'] }
  const first = await shop.send<IssuedToken>('POST /v1/tokens', wish, { key: 'once' })
  const again = await shop.send<IssuedToken>('POST /v1/tokens', wish, { key: 'once' })
  expect(again.text).toBe(first.text)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  const stored = shop.data.tenants
    .at(shop.tenant.id)
    .read(systemScope('test'), (read) =>
      JSON.stringify([
        read.all('SELECT * FROM idempotency_keys'),
        read.all('SELECT * FROM audit_entries'),
        read.all('SELECT * FROM events'),
        read.all('SELECT * FROM tokens'),
      ]),
    )
  expect(stored).toContain('Retried')
  expect(stored).not.toContain(first.body.token)
  expect(stored).not.toContain(shop.tenant.token)
})

test('nobody grants more than he has', async () => {
  const expires_at = timestamp(shop.clock.now() + hour_ms)
  const small = await issue({
    scopes: ['tokens.*', 'items.read'],
    expires_at,
    allowed_ips: ['10.0.0.0/8'],
  })
  const grant = (wish: object, ip_free = false) =>
    shop.send<{ code: string }>(
      'POST /v1/tokens',
      { name: 'More', scopes: ['items.read'], expires_at, allowed_ips: ['10.1.0.0/16'], ...wish },
      { token: ip_free ? free.token : small.token },
    )
  // Requests in a test come from nowhere, so the rules on permissions are tried without addresses.
  const free = await issue({ scopes: ['tokens.*', 'items.read'], expires_at })
  for (const scopes of [['items.write'], ['items.*'], ['*.read'], ['*']]) {
    const answer = await grant({ scopes }, true)
    expect([answer.status, answer.body.code]).toEqual([403, 'exceeds_own_rights'])
  }
  expect((await grant({ expires_at: null }, true)).body.code).toBe('exceeds_own_rights')
  expect((await grant({ expires_at: timestamp(shop.clock.now() + day_ms) }, true)).status).toBe(403)
  expect((await grant({}, true)).status).toBe(201)
  expect((await grant({})).status).toBe(401)
})

test('an expired token and one that never was look the same', async () => {
  const issued = await issue({ expires_at: timestamp(shop.clock.now() + minute_ms) })
  expect(await statusOf(issued.token)).toBe(200)
  shop.clock.advance(minute_ms)
  const expired = await shop.send('GET /v1/items', undefined, { token: issued.token })
  const invented = issued.token.slice(0, -5) + 'AAAAA'
  const unknown = await shop.send('GET /v1/items', undefined, { token: invented })
  const bare = ({ request_id: _, ...rest }: Record<string, unknown>) => rest
  expect(expired.status).toBe(401)
  expect(bare(expired.body)).toEqual(bare(unknown.body))
})

test('a rotated token works until the overlap is over; the new one goes on', async () => {
  const old = await issue({ scopes: ['items.read'] })
  const rotated = await shop.done<IssuedToken>(`POST /v1/tokens/${old.id}/rotate`, {
    overlap_s: 3_600,
  })
  expect(rotated.scopes).toEqual(['items.read'])
  expect(await statusOf(old.token)).toBe(200)
  expect(await statusOf(rotated.token)).toBe(200)
  shop.clock.advance(hour_ms)
  expect(await statusOf(old.token)).toBe(401)
  expect(await statusOf(rotated.token)).toBe(200)
  const again = await shop.send(`POST /v1/tokens/${old.id}/rotate`, {})
  expect(again.body).toMatchObject({ code: 'already_rotated', replaced_by: rotated.id })
})

test('of two rotations at once, one wins', async () => {
  const { id } = await issue({})
  const rotate = () => shop.send(`POST /v1/tokens/${id}/rotate`, {})
  const answers = await Promise.all([rotate(), rotate()])
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
  expect(answers.find((answer) => answer.status === 409)!.body.code).toBe('already_rotated')
})

test('a token that has ended is not rotated', async () => {
  const { id } = await issue({})
  await shop.done(`POST /v1/tokens/${id}/revoke`)
  const answer = await shop.send(`POST /v1/tokens/${id}/rotate`, {})
  expect(answer.body).toMatchObject({ code: 'token_inactive', token_status: 'revoked' })
})

test('an organization sees its own tokens and makes none beyond itself', async () => {
  const north = await shop.organization('North')
  const south = await shop.organization('South')
  const mine = await issue({}, north.token)
  expect(mine).toMatchObject({ level: 'organization', organization_id: north.id })
  const list = await shop.done<{ data: Token[] }>('GET /v1/tokens', undefined, north)
  expect(new Set(list.data.map((token) => token.organization_id))).toEqual(new Set([north.id]))
  for (const route of ['GET /v1/tokens/:id', 'POST /v1/tokens/:id/revoke']) {
    const foreign = await shop.send(route.replace(':id', mine.id), undefined, south)
    expect(foreign.status).toBe(404)
  }
  const wish = { name: 'Elsewhere', scopes: ['*'], organization_id: south.id }
  expect((await shop.send('POST /v1/tokens', wish, north)).status).toBe(404)
  expect((await shop.send('POST /v1/organizations', { name: 'West' }, north)).status).toBe(403)
  // The business sees all of them; in another organization it sees that one alone.
  expect((await shop.send(`GET /v1/tokens/${mine.id}`)).status).toBe(200)
  const headers = { 'stowage-organization': south.id }
  expect((await shop.send(`GET /v1/tokens/${mine.id}`, undefined, { headers })).status).toBe(404)
  const elsewhere = { 'stowage-organization': 'org_01h455vb4pex5vsknk084sn02q' }
  expect((await shop.send('GET /v1/items', undefined, { headers: elsewhere })).status).toBe(404)
})

test('a token of another business is unknown here, and its ids are not found', async () => {
  const other = await shop.done<{ id: string; api_token: string }>(
    'POST /v1/platform/tenants',
    { name: 'Other Goods', admin_email: 'else@other.test' },
    { token: operator },
  )
  const mine = await issue({})
  const foreign = await shop.send(`GET /v1/tokens/${mine.id}`, undefined, {
    token: other.api_token,
  })
  expect(foreign.status).toBe(404)
  const bare = (id: string) => id.slice(id.indexOf('_') + 1)
  const moved = mine.token.replace(bare(shop.tenant.id), bare(other.id))
  expect(moved).not.toBe(mine.token)
  expect(await statusOf(moved)).toBe(401)
})

test('a token of the platform is made and read on the platform alone', async () => {
  const wish = { name: 'Provisioning', scopes: ['tenants.read'] }
  const made = await shop.done<IssuedToken>('POST /v1/platform/tokens', wish, { token: operator })
  expect(made.token).toStartWith('stw_platform_')
  expect(await statusOf(made.token, 'GET /v1/platform/tenants')).toBe(200)
  expect(await statusOf(made.token, 'GET /v1/platform/tokens')).toBe(403)
  expect(await statusOf(made.token)).toBe(403)
  expect(await statusOf(shop.tenant.token, 'GET /v1/platform/tenants')).toBe(403)
})

test('an address or range that is none is named', async () => {
  const wish = { name: 'Wrong', scopes: ['*'], allowed_ips: ['10.0.0.0/8', '10.0.0.300'] }
  const answer = await shop.send('POST /v1/tokens', wish)
  expect(answer.body.errors).toMatchObject([{ pointer: '/allowed_ips/1' }])
})
