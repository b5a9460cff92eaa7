import { afterAll, beforeAll, expect, test } from 'bun:test'
import { misdeeds } from '../../../tests/browser.ts'
import { Shop } from '../../../tests/shop.ts'
import { agentWords } from '../own-sessions/agent-words.ts'
import type { OpenSession } from '../own-sessions/schema.ts'
import type { AddedMember, Member } from '../schema.ts'
import { Stranger } from '../testing/stranger.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const password = 'three gulls over the pier'
const newer = 'six gulls beside it'

async function member(
  email: string,
  role = 'owner',
  token = shop.tenant.token,
): Promise<{ id: string; browser: Stranger }> {
  const wish = { email, name: 'Mara', role }
  const added = await shop.done<AddedMember>('POST /v1/members', wish, { token })
  const browser = new Stranger(shop)
  const typed = { password, password_again: password }
  if (added.setup_path) await browser.submit(added.setup_path, typed)
  else await browser.submit('/sign-in', { email, password })
  return { id: added.id, browser }
}
const enter = async (email: string, typed = password) => {
  const stranger = new Stranger(shop)
  await stranger.submit('/sign-in', { email, password: typed })
  return stranger
}
const here = async (browser: Stranger) => (await browser.look('/account')).status === 200

test('the page shows who one is, and changes the name', async () => {
  const { browser } = await member('name@account.test')
  const { html } = await browser.look('/account')
  expect(html).toContain('owner of Harbour Goods')
  expect(html).toContain('Firefox on Linux')
  const named = await browser.click('/account', '/account', { name: 'Ma <b onclick=x>' })
  expect(named.location).toBe('/account')
  expect(misdeeds((await browser.look('/account')).html)).toEqual([])
})

test('a new password asks for the old one, and ends the other sessions', async () => {
  const { browser } = await member('word@account.test')
  const other = await enter('word@account.test')
  const change = (current_password: string, password = newer, password_again = password) =>
    browser.click('/account', '/account/password', {
      current_password,
      password,
      password_again,
    })
  const wrong = await change('not the one')
  expect([wrong.status, wrong.html]).toEqual([403, expect.stringContaining('is not the password')])
  expect((await change(password, newer, 'differs')).status).toBe(422)
  expect((await change(password, 'password1234')).status).toBe(422)
  expect(await here(other)).toBe(true)
  expect((await change(password)).location).toBe('/account')
  expect([await here(browser), await here(other)]).toEqual([true, false])
  expect((await enter('word@account.test')).isSignedIn).toBe(false)
  expect((await enter('word@account.test', newer)).isSignedIn).toBe(true)
})

test('whoever finds an open browser does not guess the password', async () => {
  const { browser } = await member('found@account.test')
  const guess = (current_password: string) =>
    browser.click('/account', '/account/password', {
      current_password,
      password: newer,
      password_again: newer,
    })
  for (let turn = 0; turn < 10; turn++) await guess(`guess ${turn}`)
  expect((await guess(password)).status).toBe(429)
})

test('one signs out somewhere else, or everywhere else, but only oneself', async () => {
  const { browser } = await member('out@account.test')
  const [second, third, other] = [
    await enter('out@account.test'),
    await enter('out@account.test'),
    (await member('other@account.test')).browser,
  ]
  const ends = async (who: Stranger) =>
    [
      ...(await who.look('/account')).html.matchAll(/action="(\/account\/sessions\/ses_[^"]+)"/g),
    ].map((match) => match[1]!)
  const ours = await ends(browser)
  expect(ours).toHaveLength(2)
  expect((await other.click('/account', ours[0]!)).status).toBe(404)
  expect((await browser.click('/account', ours[0]!)).location).toBe('/account')
  expect([await here(second), await here(third)].sort()).toEqual([false, true])
  await browser.click('/account', '/account/sessions/end_others')
  expect([await here(browser), await here(second), await here(third), await here(other)]).toEqual([
    true,
    false,
    false,
    true,
  ])
})

test('who looks after the team sees and ends sessions, in his organization', async () => {
  const { id, browser } = await member('seen@account.test', 'member')
  const list = (token = shop.tenant.token) =>
    shop.send<{ data: OpenSession[] }>(`GET /v1/members/${id}/sessions`, undefined, { token })
  expect((await list()).body.data[0]).toMatchObject({ device: 'Firefox on Linux' })
  const north = await shop.organization('North')
  expect((await list(north.token)).status).toBe(404)
  // In both organizations: the one sees and ends what is in it.
  await shop.join('seen@account.test', 'viewer', north.id)
  expect((await list(north.token)).body.data).toEqual([])
  const end = (token: string) =>
    shop.done<{ ended: number }>(`POST /v1/members/${id}/end_sessions`, undefined, { token })
  expect((await end(north.token)).ended).toBe(0)
  expect(await here(browser)).toBe(true)
  expect((await end(shop.tenant.token)).ended).toBe(1)
  expect(await here(browser)).toBe(false)
  const wish = { name: 'Reads', scopes: ['*.read'] }
  const reader = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  expect((await list(reader.token)).status).toBe(403)
})

test('nobody signs out who is stronger', async () => {
  const { id } = await member('strong@account.test')
  const wish = { name: 'Team', scopes: ['manage_team', '*.read'] }
  const { token } = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  const answer = await shop.send(`POST /v1/members/${id}/end_sessions`, undefined, { token })
  expect(answer.body.code).toBe('exceeds_own_rights')
})

test('one leaves, but the last owner stays: of two who leave at once, one must', async () => {
  const west = await shop.organization('West')
  const owners = [
    await member('a@west.test', 'owner', west.token),
    await member('b@west.test', 'owner', west.token),
  ]
  const leaving = await Promise.all(
    owners.map(({ browser }) => browser.click('/account', '/account/leave')),
  )
  expect(leaving.map(({ status }) => status).sort()).toEqual([303, 409])
  const { data } = await shop.done<{ data: Member[] }>('GET /v1/members', undefined, west)
  expect(data).toHaveLength(1)
  const signed_in = await Promise.all(owners.map(({ browser }) => here(browser)))
  expect(signed_in.sort()).toEqual([false, true])
})

test('a token has no account, and is nowhere signed in', async () => {
  expect((await shop.send('GET /v1/account')).status).toBe(403)
  expect((await shop.send('POST /v1/account/leave')).status).toBe(403)
  const { data } = await shop.done<{ data: unknown[] }>('GET /v1/account/sessions')
  expect(data).toEqual([])
})

test('the staff have an account of their own', async () => {
  const token = await shop.operatorToken()
  const wish = { email: 'ada@operator.test', name: 'Ada', role: 'operator' }
  const added = await shop.done<AddedMember>('POST /v1/platform/staff', wish, { token })
  const ada = new Stranger(shop)
  await ada.submit(added.setup_path!, { password, password_again: password })
  expect((await ada.look('/platform/account')).html).toContain('operator of the staff')
  const change = { current_password: password, password: newer, password_again: newer }
  const changed = await ada.click('/platform/account', '/platform/account/password', change)
  expect(changed.location).toBe('/platform/account')
  const left = await ada.click('/platform/account', '/platform/account/leave')
  expect(left.status).toBe(409)
})

test.each([
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/131.0 Safari/537.36 Edg/131.0',
    'Edge on Windows',
  ],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.1 Safari/605.1.15', 'Safari on Mac'],
  [
    'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/131.0 Mobile Safari/537.36',
    'Chrome on Android',
  ],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) CriOS/131.0 Safari', 'Chrome on iPhone'],
  ['curl/8.5.0', 'curl'],
  ['', 'Unknown browser'],
])('%p is %p', (user_agent, words) => {
  expect(agentWords(user_agent)).toBe(words)
})
