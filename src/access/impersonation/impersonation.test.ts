import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { Shop } from '../../../tests/shop.ts'
import { minute_ms, timestamp } from '../../kit/clock.ts'
import { sendInvitation } from '../invitations/send.ts'
import { Person } from '../testing/person.ts'
import type { CreatedTenant } from '../../tenants/schema.ts'
import type { Impersonation, OfferedImpersonation, SupportVisit } from './schema.ts'

let shop: Shop
let token: string
let pim: Person
let ada: Person

beforeAll(async () => {
  shop = await Shop.open()
  token = await shop.operatorToken()
  pim = await Person.enter(shop)
  ada = await Person.operator(shop)
})
afterAll(() => shop.close())
beforeEach(async () => {
  shop.clock.advance(30 * minute_ms)
  await ada.signIn()
})

const reason = 'Ticket 4711: an order is missing'
const ask = (wish: object = {}) =>
  shop.send<OfferedImpersonation & { code?: string }>(
    'POST /v1/platform/impersonations',
    { tenant_id: shop.tenant.id, user_id: pim.id, reason, ...wish },
    { token },
  )

/** Ada in a browser that looks through Pim's eyes. */
async function look(wish: object = {}): Promise<Person> {
  const { body } = await ask(wish)
  const eyes = ada.movedTo('')
  const opened = await eyes.post(body.support_path, {})
  if (opened.status !== 303) throw new Error(`${opened.status} ${opened.html}`)
  return eyes
}

interface Entry {
  action: string
  actor: { id: string }
  impersonator: { name: string } | null
}
const trail = async (init: { token?: string } = {}, path = '/v1/audit') =>
  (await shop.done<{ data: Entry[] }>(`GET ${path}?limit=100`, undefined, init)).data

const visits = async () =>
  (await shop.done<{ data: SupportVisit[] }>('GET /v1/impersonations')).data

test('staff look through the eyes of a member; a banner says so on every page', async () => {
  const eyes = await look()
  const html = await eyes.visit('/items')
  expect(html).toContain('looks through the eyes of')
  expect(html).toContain(reason)
  expect(html).toContain('action="/support-end"')
  expect(await visits()).toMatchObject([
    { user_id: pim.id, reason, state: 'open', read_only: true },
  ])
  const list = await shop.done<{ data: Impersonation[] }>(
    'GET /v1/platform/impersonations',
    undefined,
    { token },
  )
  expect(list.data[0]).toMatchObject({ tenant_id: shop.tenant.id, state: 'open', reason })
  const mails = shop.data.tenants
    .at(shop.tenant.id)
    .read(shop.scope, (read) =>
      read.all<{ recipient: string }>(`SELECT recipient FROM mails WHERE kind = 'support_access'`),
    )
  expect(mails).toContainEqual({ recipient: pim.email })
  expect(shop.events()).toContain('support_access.started')
})

test('reading only is really reading only', async () => {
  const eyes = await look()
  const refused = await eyes.post('/items/new', { sku: 'MUG', name: 'Mug', unit: 'each' })
  expect(refused.status).toBe(403)
  expect((await shop.done<{ data: unknown[] }>('GET /v1/items')).data).toEqual([])
  const unsent = await eyes.post('/account/second-factor', {})
  expect(unsent.status).toBe(403)
})

test('what is changed meanwhile carries the name of who really did it, in both trails', async () => {
  const eyes = await look({ read_only: false })
  const made = await eyes.post('/items/new', { sku: 'CUP', name: 'Cup', unit: 'each' })
  expect(made.status).toBe(303)
  const ended = await eyes.post('/support-end', {})
  expect(ended.location).toBe('/platform/support')
  const here = await trail()
  const created = here.find(({ action }) => action === 'items.create')!
  expect(created.actor.id).toBe(pim.id)
  expect(created.impersonator!.name).toStartWith('Staff')
  const actions = (entries: Entry[]) =>
    entries.map(({ action }) => action).filter((action) => action.startsWith('impersonations.'))
  expect(actions(here)).toContain('impersonations.open')
  expect(actions(here)).toContain('impersonations.end')
  const there = await trail({ token }, '/v1/platform/audit')
  expect(actions(there)).toContain('impersonations.start')
  expect(actions(there)).toContain('impersonations.open')
  expect(actions(there)).toContain('impersonations.end')
})

test('whoever looks through other eyes touches nothing by which people come in', async () => {
  const eyes = await look({ read_only: false })
  const wish = { name: 'Back door', scopes: 'items.read' }
  expect((await eyes.post('/settings/tokens', wish)).status).toBe(403)
  const invited = { name: 'Eve', email: 'eve@operator.test', role: 'owner' }
  expect((await eyes.post('/settings/members', invited)).status).toBe(403)
  expect((await eyes.post('/confirm?to=/', { confirm_with: pim.password })).status).toBe(403)
  await eyes.post('/support-end', {})
})

test('nobody is let in from there by another door, and nothing leaves the business', async () => {
  const eyes = await look({ read_only: false })
  const { id } = await shop.organization('Annex')
  const fields = { emails: 'eve@operator.test', role: 'admin' }
  const invited = await eyes.post(`/settings/organizations/${id}/invitations`, fields)
  expect(invited.status).toBe(403)
  expect((await shop.done<{ data: unknown[] }>('GET /v1/invitations')).data).toEqual([])
  expect((await eyes.post('/settings/archives', {})).status).toBe(403)
  const hook = { url: 'https://evil.example/hook', event_types: '*' }
  expect((await eyes.post('/webhooks', hook)).status).toBe(403)
  // Nor by a verb that some other operation calls, whatever its own permission is.
  const actor = {
    kind: 'user' as const,
    id: pim.id,
    name: 'Pim',
    impersonator: { id: ada.id, name: 'Ada' },
  }
  const scope = {
    ...shop.scope,
    tenant_id: shop.tenant.id,
    organization_id: shop.tenant.organization_id,
    actor,
  }
  const asked = shop.data.tenants
    .at(shop.tenant.id)
    .write(scope, (tx) => sendInvitation(tx, { email: 'eve@operator.test', role: 'viewer' }))
  expect(asked).rejects.toThrow('yourself')
  await eyes.post('/support-end', {})
})

test('the end gives the own session back, and leaves nothing open', async () => {
  const eyes = await look()
  const cookie = eyes.cookies.get('stw_session')!
  await eyes.post('/support-end', {})
  expect((await eyes.look('/platform/support')).status).toBe(200)
  const later = ada.elsewhere()
  later.cookies.set('stw_session', cookie)
  expect((await later.look('/items')).location).toStartWith('/sign-in')
  expect((await visits())[0]).toMatchObject({
    state: 'ended',
    ended_by: expect.stringContaining('Staff'),
  })
})

test('it ends with its time, at most an hour, however often a page is opened', async () => {
  const eyes = await look({ minutes: 40 })
  shop.clock.advance(39 * minute_ms)
  expect((await eyes.look('/items')).status).toBe(200)
  shop.clock.advance(minute_ms)
  expect((await eyes.look('/items')).location).toStartWith('/sign-in')
  // Staff go on as themselves.
  expect((await eyes.look('/sign-in')).location).toBe('/platform/support')
  expect((await eyes.look('/platform/support')).status).toBe(200)
  expect((await visits())[0]!.state).toBe('expired')
  expect((await ask({ minutes: 61 })).status).toBe(422)
})

test('a link opens once, for five minutes, and only for staff who may', async () => {
  const { body } = await ask()
  const browsers = [ada.movedTo(''), ada.movedTo('')]
  const answers = await Promise.all(browsers.map((browser) => browser.post(body.support_path, {})))
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
  const again = await ask()
  expect((await pim.elsewhere().look(again.body.support_path)).location).toStartWith('/sign-in')
  await pim.signIn()
  expect((await pim.look(again.body.support_path)).status).toBe(403)
  shop.clock.advance(5 * minute_ms)
  expect((await ada.look(again.body.support_path)).status).toBe(410)
})

test('the one who asked in the console is the one who opens it', async () => {
  const typed = {
    tenant_id: shop.tenant.id,
    email: pim.email,
    role: 'owner',
    reason,
    minutes: '10',
  }
  const asked = await ada.post('/platform/support', typed)
  expect(asked.location).toStartWith('/support-access/')
  const bob = await Person.operator(shop)
  expect((await bob.look(asked.location!)).status).toBe(403)
  expect(await ada.visit(asked.location!)).toContain(reason)
})

test('a business shows support out, and forbids it', async () => {
  const eyes = await look()
  const [open] = await visits()
  await shop.done(`POST /v1/impersonations/${open!.id}/end`)
  expect((await eyes.look('/items')).location).toStartWith('/sign-in')
  const other = await look()
  const { version } = await shop.done<{ version: number }>('GET /v1/security')
  await shop.done('PATCH /v1/security', { allow_support_access: false }, { etag: `"${version}"` })
  expect((await other.look('/items')).location).toStartWith('/sign-in')
  expect((await visits())[0]!.state).toBe('ended')
  const theirs = async () =>
    (
      await shop.done<{ data: Impersonation[] }>('GET /v1/platform/impersonations', undefined, {
        token,
      })
    ).data
  expect((await theirs()).slice(0, 2).map(({ state }) => state)).toEqual(['ended', 'ended'])
  const noted = (await trail({ token }, '/v1/platform/audit')).filter(
    ({ action, actor }) => action === 'impersonations.end' && actor.id.startsWith('tok_'),
  )
  expect(noted).toHaveLength(1)
  expect((await ask()).body.code).toBe('support_refused')
  const etag = `"${version + 1}"`
  await shop.done('PATCH /v1/security', { allow_support_access: true }, { etag })
})

test('who leaves the staff sees nothing more at once', async () => {
  const bob = await Person.operator(shop)
  const { body } = await ask()
  await bob.post(body.support_path, {})
  expect((await bob.look('/items')).status).toBe(200)
  await shop.done(`DELETE /v1/platform/staff/${bob.id}`, undefined, { token })
  expect((await bob.look('/items')).location).toStartWith('/sign-in')
})

test('a reason of ten letters, one person, and a business that is there', async () => {
  expect((await ask({ reason: 'because' })).status).toBe(422)
  expect((await ask({ role: 'owner' })).body.code).toBe('invalid')
  expect((await ask({ user_id: undefined, role: 'developer' })).status).toBe(404)
  const nobody = 'ten_01m80fh96mf6a8q3qhv1vqgt48'
  expect((await ask({ tenant_id: nobody })).status).toBe(404)
  const role = await ask({ user_id: undefined, role: 'owner' })
  // Whoever the business was founded for has been an owner longest.
  expect(role.body.user_name).toBe('mara@harbour.test')
  expect(role.body.expires_at).toBeNull()
  expect(timestamp(shop.clock.now()) >= role.body.created_at).toBe(true)
})

test('the look of one business is not there for another', async () => {
  await look()
  const [open] = await visits()
  const wish = { name: 'Quay Goods', admin_email: 'ida@quay.test' }
  const quay = await shop.done<CreatedTenant>('POST /v1/platform/tenants', wish, { token })
  const route = `POST /v1/impersonations/${open!.id}/end`
  const foreign = await shop.send(route, undefined, { token: quay.api_token })
  expect([foreign.status, foreign.body.code]).toEqual([404, 'not_found'])
  expect((await visits())[0]!.state).toBe('open')
  expect((await shop.send(route, undefined, { token })).status).toBe(403)
})

test('an operator’s act inside a business is in both trails', async () => {
  const route = `POST /v1/platform/tenants/${shop.tenant.id}/security/open_addresses`
  const key = crypto.randomUUID()
  await shop.done(route, undefined, { token, key })
  await shop.done(route, undefined, { token, key })
  const about = ({ action }: Entry) => action === 'tenants.open_addresses'
  expect((await trail()).filter(about)).toHaveLength(1)
  expect((await trail({ token }, '/v1/platform/audit')).filter(about)).toHaveLength(1)
})
