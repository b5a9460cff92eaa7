import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../../tests/shop.ts'
import { day_ms } from '../../kit/clock.ts'
import { mailedPaths, Stranger } from '../testing/stranger.ts'
import type { Member } from '../schema.ts'
import type { Invitation } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const password = 'three gulls over the pier'
const invite = (email: string, role = 'member', token = shop.tenant.token) =>
  shop.send<Invitation & { code?: string }>('POST /v1/invitations', { email, role }, { token })
const lastLink = () => mailedPaths(shop.data.tenants.open(shop.tenant.id), 'invitation').at(-1)!
const join = (link: string, typed: Record<string, string> = {}) => {
  const stranger = new Stranger(shop)
  const fields = { name: 'Lotte', password, password_again: password, ...typed }
  return stranger.submit(link, fields).then((shown) => ({ ...shown, stranger }))
}
const stateOf = async (id: string) =>
  (await shop.done<Invitation>(`GET /v1/invitations/${id}`)).state

test('who is invited chooses name and password, is in, and each step is told', async () => {
  const before = shop.events().length
  const sent = await invite('lotte@harbour.test', 'developer')
  expect(sent.body).toMatchObject({ state: 'pending', role_name: 'developer', send_count: 1 })
  const link = lastLink()
  expect(link).toMatch(/^\/join\/ten_[0-9a-z]{26}\.[\w-]{43}$/)
  const page = await new Stranger(shop).look(link)
  expect(page.html).toContain('Join Harbour Goods')
  expect(page.html).toContain('lotte@harbour.test')
  const differs = await join(link, { password_again: 'another' })
  expect([differs.status, differs.html]).toEqual([422, expect.stringContaining('differ')])
  expect((await join(link, { password: 'short', password_again: 'short' })).status).toBe(422)
  expect((await join(link, { name: ' ' })).html).toContain('Say who you are.')
  const joined = await join(link)
  expect([joined.status, joined.location]).toEqual([303, '/'])
  expect((await joined.stranger.look('/')).status).toBe(200)
  expect((await joined.stranger.look(link)).status).toBe(410)
  const { data } = await shop.done<{ data: Member[] }>('GET /v1/members?search=lotte')
  expect(data[0]).toMatchObject({ name: 'Lotte', role: 'developer', has_password: true })
  const accepted = await shop.done<Invitation>(`GET /v1/invitations/${sent.body.id}`)
  expect(accepted).toMatchObject({ state: 'accepted', accepted_by: data[0]!.id })
  const again = await shop.send(`POST /v1/invitations/${sent.body.id}/resend`)
  expect(again.body).toMatchObject({ code: 'invitation_closed', invitation_state: 'accepted' })
  expect(shop.events(before)).toEqual(['invitation.sent', 'member.added', 'invitation.accepted'])
  expect((await invite('LOTTE@harbour.test')).body.code).toBe('member_exists')
})

test('of two who accept at once, one gets through', async () => {
  await invite('twins@harbour.test')
  const link = lastLink()
  const both = await Promise.all([join(link), join(link)])
  expect(both.map(({ status }) => status).sort()).toEqual([303, 410])
  expect(both.filter(({ stranger }) => stranger.isSignedIn)).toHaveLength(1)
})

test('of two who invite the same person at once, one does', async () => {
  const both = await Promise.all([invite('same@harbour.test'), invite('SAME@harbour.test')])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
})

test('sent again, the new link works and the old one does not; its days begin anew', async () => {
  const { id } = (await invite('again@harbour.test')).body
  const old = lastLink()
  shop.clock.advance(6 * day_ms)
  const open = await invite('again@harbour.test')
  expect(open.body).toMatchObject({ code: 'invitation_open', invitation_id: id })
  const resent = await shop.done<Invitation>(`POST /v1/invitations/${id}/resend`)
  expect(resent).toMatchObject({ send_count: 2, version: 2 })
  shop.clock.advance(6 * day_ms)
  expect((await join(old)).status).toBe(410)
  expect((await join(lastLink())).status).toBe(303)
})

test('nobody is mailed for ever, and nobody mails half the world', async () => {
  const { id } = (await invite('often@harbour.test')).body
  for (let turn = 0; turn < 9; turn++) await shop.done(`POST /v1/invitations/${id}/resend`)
  const again = await shop.send(`POST /v1/invitations/${id}/resend`)
  expect(again.body).toMatchObject({ code: 'invitation_limit', allowed: 10 })
  const many = await shop.organization('Many')
  const list = (from: number) =>
    Array.from({ length: 50 }, (_, n) => ({ email: `p${from + n}@many.test`, roles: ['member'] }))
  for (const from of [0, 50, 100, 150]) {
    const path = `POST /v1/organizations/${many.id}/invitations`
    await shop.done(path, { invites: list(from) })
  }
  const more = await invite('one-more@many.test', 'member', many.token)
  expect(more.body).toMatchObject({ code: 'invitation_limit', allowed: 200 })
})

test('taken back or expired, a link opens nothing', async () => {
  const revoked = (await invite('back@harbour.test')).body.id
  const back = lastLink()
  await shop.done(`POST /v1/invitations/${revoked}/revoke`)
  expect((await join(back)).status).toBe(410)
  const late = (await invite('late@harbour.test')).body.id
  const link = lastLink()
  shop.clock.advance(7 * day_ms)
  expect((await join(link)).status).toBe(410)
  expect([await stateOf(revoked), await stateOf(late)]).toEqual(['revoked', 'expired'])
  const expired = await shop.done<{ data: Invitation[] }>(
    'GET /v1/invitations?state=expired&search=late@',
  )
  expect(expired.data.map(({ id }) => id)).toEqual([late])
  const anew = await invite('late@harbour.test', 'viewer')
  expect(anew.body).toMatchObject({ id: late, role: 'viewer', state: 'pending' })
  const found = await shop.done<{ data: Invitation[] }>('GET /v1/invitations?search=late@')
  expect(found.data.map(({ id }) => id)).toEqual([late])
})

test('who has an account confirms it with the password; the link alone is not enough', async () => {
  await invite('ida@harbour.test')
  await join(lastLink(), { name: 'Ida' })
  const north = await shop.organization('North')
  await invite('ida@harbour.test', 'viewer', north.token)
  const link = lastLink()
  expect((await new Stranger(shop).look(link)).html).toContain('Ida, your password')
  const wrong = await join(link, { password: 'somebody else with the link' })
  expect([wrong.status, wrong.stranger.isSignedIn]).toEqual([403, false])
  expect(wrong.html).toContain('This is not the password')
  const joined = await join(link)
  expect(joined.status).toBe(303)
  expect((await joined.stranger.look('/')).html).toContain('North')
  const { data } = await shop.done<{ data: Member[] }>('GET /v1/members', undefined, north)
  expect(data.map(({ name, role }) => [name, role])).toEqual([['Ida', 'viewer']])
})

test('guessing the password behind a link ends as at the door', async () => {
  await invite('guess@harbour.test')
  await join(lastLink(), { name: 'Guess' })
  const west = await shop.organization('West')
  await invite('guess@harbour.test', 'viewer', west.token)
  const link = lastLink()
  for (let turn = 0; turn < 10; turn++) await join(link, { password: `wrong guess ${turn}` })
  expect((await join(link)).status).toBe(429)
})

test('nobody invites to more than he may do, and others see nothing of it', async () => {
  const wish = { name: 'Team', scopes: ['manage_team', '*.read'] }
  const { token } = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  const beyond = await invite('up@harbour.test', 'owner', token)
  expect(beyond.body.code).toBe('exceeds_own_rights')
  const { id } = (await invite('here@harbour.test')).body
  const south = await shop.organization('South')
  for (const route of [
    `GET /v1/invitations/${id}`,
    `POST /v1/invitations/${id}/resend`,
    `POST /v1/invitations/${id}/revoke`,
  ]) {
    expect((await shop.send(route, undefined, south)).status).toBe(404)
  }
  const list = await shop.done<{ data: unknown[] }>('GET /v1/invitations', undefined, south)
  expect(list.data).toEqual([])
})

test('the staff invite as businesses do', async () => {
  const token = await shop.operatorToken()
  const wish = { email: 'grace@operator.test', role: 'support' }
  await shop.done('POST /v1/platform/invitations', wish, { token })
  const link = mailedPaths(shop.data.platform, 'invitation').at(-1)!
  expect((await new Stranger(shop).look(link)).html).toContain('Join the staff of Stowage')
  const joined = await join(link, { name: 'Grace' })
  expect(joined.location).toBe('/platform/tenants')
  expect((await joined.stranger.look('/platform/staff')).html).toContain('grace@operator.test')
})

test('an organization is filled by a list, all of them or nobody', async () => {
  const east = await shop.organization('East')
  const path = `POST /v1/organizations/${east.id}/invitations`
  const send = (invites: object[], token = shop.tenant.token) =>
    shop.send(path, { invites }, { token })
  const sent = await send([
    { email: 'user1@acme.test', roles: ['member'] },
    { email: 'admin@acme.test', roles: ['admin'] },
  ])
  expect([sent.status, sent.body]).toEqual([
    201,
    { organization: { id: east.id, name: 'East' }, invitations_sent: 2 },
  ])
  const list = () => shop.done<{ data: Invitation[] }>('GET /v1/invitations', undefined, east)
  expect((await list()).data.map(({ role }) => role).sort()).toEqual(['admin', 'member'])
  const wrong = await send([
    { email: 'fresh@acme.test', roles: ['member'] },
    { email: 'user1@acme.test', roles: ['member'] },
    { email: 'other@acme.test', roles: ['captain'] },
  ])
  expect(wrong.status).toBe(409)
  const { errors } = wrong.body as { errors: { pointer: string }[] }
  expect(errors.map(({ pointer }) => pointer)).toEqual(['/invites/1/email', '/invites/2/roles/0'])
  expect((await list()).data).toHaveLength(2)
  const foreign = await shop.organization('Foreign')
  const one = [{ email: 'x@acme.test', roles: ['member'] }]
  expect((await send(one, foreign.token)).status).toBe(404)
  expect((await send(one, east.token)).status).toBe(201)
  const there = await join(lastLink(), { name: 'X' })
  expect((await there.stranger.look('/account')).html).toContain('member of East')
})

test('the page invites, sends again and takes back', async () => {
  const { Browser, misdeeds } = await import('../../../tests/browser.ts')
  const mara = await Browser.enter(shop)
  const typed = { email: 'kay@harbour.test', role: 'viewer' }
  const sent = await mara.submit('/settings/invitations', typed)
  expect(sent.said).toContain('the invitation of kay@harbour.test waits under Mail')
  const twice = await mara.submit('/settings/invitations', typed)
  expect([twice.status, twice.html]).toEqual([409, expect.stringContaining('is invited already')])
  const html = await mara.visit('/settings/invitations?search=kay')
  expect(misdeeds(html)).toEqual([])
  const path = /action="(\/settings\/invitations\/inv_[^/]+)\/resend"/.exec(html)![1]!
  const again = await mara.submit('/settings/invitations', {}, `${path}/resend`)
  expect(again.said).toContain('waits under Mail')
  const back = await mara.submit('/settings/invitations', {}, `${path}/revoke`)
  expect(back.said).toContain('opens nothing any more')
})

test('nobody joins a business that can only be read; its own people come in with a new password', async () => {
  const token = await shop.operatorToken()
  expect((await invite('paused@harbour.test')).status).toBe(201)
  const link = lastLink()
  const known = await shop.done<{ setup_path: string }>('POST /v1/members', {
    ...{ name: 'Kim', email: 'kim@harbour.test', role: 'member' },
  })
  const life = (verb: string, body?: object) =>
    shop.done(`POST /v1/platform/tenants/${shop.tenant.id}/${verb}`, body, { token })
  await life('suspend', { reason: 'unpaid' })
  const refused = await join(link)
  expect([refused.status, refused.stranger.isSignedIn]).toEqual([403, false])
  expect(refused.html).toContain('This business is suspended')
  const kim = new Stranger(shop)
  await kim.submit(known.setup_path, { password, password_again: password })
  expect(kim.isSignedIn).toBe(true)
  await life('resume')
  expect((await join(link)).status).toBe(303)
})
