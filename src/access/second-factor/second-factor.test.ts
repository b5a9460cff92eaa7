import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { generateSync } from 'otplib'
import { Shop } from '../../../tests/shop.ts'
import { systemScope } from '../../db/scope.ts'
import { minute_ms, second_ms } from '../../kit/clock.ts'
import { Person } from '../testing/person.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())
// Each test has minutes of its own, so that no code of one was spent by another.
beforeEach(() => shop.clock.advance(20 * minute_ms))

/** What the generator shows now, or so many half minutes later. */
const codeOf = (secret: string, steps = 0): string =>
  generateSync({ secret, epoch: Math.floor(shop.clock.now() / second_ms) + steps * 30 })

const page = '/account/second-factor'

/** Turns the second factor on, as a person does on the page. */
async function enrol(person: Person): Promise<{ secret: string; codes: string[] }> {
  const begun = await person.post(page, {})
  const secret = /name="secret" value="([A-Z2-7]+)"/.exec(begun.html)![1]!
  const typed = { secret, code: codeOf(secret) }
  const done = await person.post(`${page}/confirm`, typed)
  expect(done.status).toBe(200)
  const codes = [...done.html.matchAll(/<code class="mono">([a-z0-9-]{19})<\/code>/g)]
  return { secret, codes: codes.map(([, code]) => code!) }
}

const rowsOf = (sql: string) =>
  shop.data.tenants
    .at(shop.tenant.id)
    .read(systemScope('test'), (read) => read.all<Record<string, unknown>>(sql))

test('a second factor is set up with a picture, the first code, and ten codes for a rainy day', async () => {
  const pim = await Person.enter(shop)
  const begun = await pim.post(page, {})
  expect(begun.html).toContain('<svg class="qr"')
  const secret = /name="secret" value="([A-Z2-7]{32})"/.exec(begun.html)![1]!
  const wrong = await pim.post(`${page}/confirm`, { secret, code: '000000' })
  expect(wrong.status).toBe(401)
  expect(wrong.html).toContain('This code is not right')
  expect(wrong.html).toContain(secret)
  const done = await pim.post(`${page}/confirm`, { secret, code: codeOf(secret) })
  expect(done.html.match(/<code class="mono">[a-z0-9-]{19}<\/code>/g)).toHaveLength(10)
  const [factor] = rowsOf(`SELECT * FROM second_factors WHERE user_id = '${pim.id}'`)
  const kept = Buffer.from(factor!.sealed_secret as Uint8Array).toString('latin1')
  expect(kept).not.toContain(secret)
  expect(shop.events()).toContain('second_factor.added')
  const again = await pim.post(page, {})
  expect(again.status).toBe(409)
})

test('sign-in asks for the code after the password, and only then opens a session', async () => {
  const pim = await Person.enter(shop)
  const { secret } = await enrol(pim)
  const browser = pim.elsewhere()
  const half = await browser.signIn()
  expect(half.location).toBe('/sign-in/code')
  // The half-open challenge opens no page, and is no session.
  expect((await browser.look('/items')).location).toStartWith('/sign-in')
  expect(browser.cookies.has('stw_session')).toBe(false)
  const as_session = browser.cookies.get('stw_challenge')!
  const forged = pim.elsewhere()
  forged.cookies.set('stw_session', as_session)
  expect((await forged.look('/items')).location).toStartWith('/sign-in')
  // Nor does it confirm anything.
  const confirmed = await browser.post('/confirm', { confirm_with: codeOf(secret, 1) })
  expect(confirmed.location).toBe('/sign-in')
  expect((await browser.post('/sign-in/code', { code: '000000' })).status).toBe(401)
  const done = await browser.post('/sign-in/code', { code: codeOf(secret, 1) })
  expect(done.location).toBe('/')
  expect((await browser.look('/items')).status).toBe(200)
  const methods = rowsOf(`SELECT method FROM sessions WHERE user_id = '${pim.id}'`)
  expect(methods.map(({ method }) => method)).toContain('password+totp')
  // The challenge is spent with its answer.
  const late = pim.elsewhere()
  late.cookies.set('stw_challenge', as_session)
  expect((await late.post('/sign-in/code', { code: codeOf(secret, 1) })).status).toBe(410)
})

test('a code is good once: an equal or an earlier one is refused', async () => {
  const pim = await Person.enter(shop)
  const { secret } = await enrol(pim)
  const attempt = async (code: string) => {
    const browser = pim.elsewhere()
    await browser.signIn()
    return (await browser.post('/sign-in/code', { code })).status
  }
  // The code that turned it on counts too.
  expect(await attempt(codeOf(secret))).toBe(401)
  expect(await attempt(codeOf(secret, 1))).toBe(303)
  expect(await attempt(codeOf(secret, 1))).toBe(401)
  expect(await attempt(codeOf(secret))).toBe(401)
  expect(await attempt(codeOf(secret, 2))).toBe(401)
  shop.clock.advance(30 * second_ms)
  expect(await attempt(codeOf(secret, 1))).toBe(303)
})

test('of two who send the same code at once, one gets in', async () => {
  const pim = await Person.enter(shop)
  const { secret } = await enrol(pim)
  const browsers = [pim.elsewhere(), pim.elsewhere(), pim.elsewhere()]
  for (const browser of browsers) await browser.signIn()
  const code = codeOf(secret, 1)
  const answers = await Promise.all(
    browsers.map((browser) => browser.post('/sign-in/code', { code })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 401, 401])
})

test('a recovery code opens once, also when two use it at once, and its owner is told', async () => {
  const pim = await Person.enter(shop)
  const { codes } = await enrol(pim)
  const browsers = [pim.elsewhere(), pim.elsewhere()]
  for (const browser of browsers) await browser.signIn()
  const typed = codes[0]!.toUpperCase().replaceAll('-', ' ')
  const answers = await Promise.all(
    browsers.map((browser) => browser.post('/sign-in/code', { code: typed })),
  )
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 401])
  const mails = rowsOf(`SELECT kind, recipient FROM mails WHERE kind = 'recovery_code_used'`)
  expect(mails).toEqual([{ kind: 'recovery_code_used', recipient: pim.email }])
  expect(await pim.visit(page)).toContain('9')
  // New ones end the others.
  const renewed = await pim.post(`${page}/codes`, {})
  expect(renewed.status).toBe(200)
  const late = pim.elsewhere()
  await late.signIn()
  expect((await late.post('/sign-in/code', { code: codes[1]! })).status).toBe(401)
})

test('wrong codes lock the second step, as wrong passwords lock the first', async () => {
  const pim = await Person.enter(shop)
  const { secret } = await enrol(pim)
  const browser = pim.elsewhere()
  await browser.signIn()
  const statuses: number[] = []
  for (let n = 0; n < 11; n++) {
    statuses.push((await browser.post('/sign-in/code', { code: '111111' })).status)
  }
  expect(statuses.at(0)).toBe(401)
  expect(statuses.at(-1)).toBe(429)
  expect((await browser.post('/sign-in/code', { code: codeOf(secret, 1) })).status).toBe(429)
})

test('a challenge lasts five minutes', async () => {
  const pim = await Person.enter(shop)
  const { secret } = await enrol(pim)
  const browser = pim.elsewhere()
  await browser.signIn()
  shop.clock.advance(5 * minute_ms)
  expect((await browser.look('/sign-in/code')).location).toBe('/sign-in')
  expect((await browser.post('/sign-in/code', { code: codeOf(secret) })).status).toBe(410)
})

test('a set-up link is no way around the second factor', async () => {
  const pim = await Person.enter(shop)
  await enrol(pim)
  const path = `POST /v1/members/${pim.id}/setup_link`
  const { setup_path } = await shop.done<{ setup_path: string }>(path)
  const stranger = pim.elsewhere()
  const words = 'seven herons on the quay'
  const answer = await stranger.post(setup_path, { password: words, password_again: words })
  expect(answer.location).toBe('/sign-in/code')
  expect(stranger.cookies.has('stw_session')).toBe(false)
})

test('removing it asks who is there, when that was not proven a moment ago', async () => {
  const pim = await Person.enter(shop)
  await enrol(pim)
  shop.clock.advance(16 * minute_ms)
  const asked = await pim.post(`${page}/remove`, {})
  expect(asked.status).toBe(307)
  expect(asked.location).toStartWith('/confirm?resume=')
  // The browser sends the same form there; nothing was typed as proof yet.
  const idempotency_key = 'one-of-the-form'
  const shown = await pim.post(asked.location!, { note: 'kept', idempotency_key })
  expect(shown.status).toBe(403)
  expect(shown.html).toContain('name="note" value="kept"')
  const wrong = await pim.post(asked.location!, { confirm_with: 'not my password' })
  expect(wrong.status).toBe(401)
  // A link that somebody else made presses no button: nothing was interrupted.
  const lured = await pim.post(asked.location!, { confirm_with: pim.password })
  expect([lured.status, lured.location]).toEqual([303, page])
  const right = await pim.post(asked.location!, { confirm_with: pim.password, idempotency_key })
  expect(right.status).toBe(307)
  expect(right.location).toBe(`${page}/remove`)
  const removed = await pim.post(right.location!, { confirm_with: pim.password })
  expect(removed).toMatchObject({ status: 303, said: 'The second factor is removed.' })
  expect((await pim.elsewhere().signIn()).location).toBe('/')
  expect(shop.events()).toContain('second_factor.removed')
})

test('a confirmation lasts a quarter of an hour, and a code confirms as well', async () => {
  const pim = await Person.enter(shop)
  const { secret } = await enrol(pim)
  shop.clock.advance(15 * minute_ms)
  expect((await pim.post(`${page}/codes`, {})).status).toBe(307)
  const to = `/confirm?to=${encodeURIComponent(page)}`
  expect((await pim.post(to, { confirm_with: codeOf(secret) })).location).toBe(page)
  shop.clock.advance(15 * minute_ms - second_ms)
  expect((await pim.post(`${page}/codes`, {})).status).toBe(200)
  shop.clock.advance(second_ms)
  expect((await pim.post(`${page}/codes`, {})).status).toBe(307)
})

test('who leads removes the second factor of somebody who lost it; a token is not asked to confirm', async () => {
  const pim = await Person.enter(shop, 'member')
  const { secret } = await enrol(pim)
  const path = `DELETE /v1/members/${pim.id}/second_factor`
  expect((await shop.send(path)).body).toEqual({ id: pim.id, email: pim.email })
  expect((await shop.send(path)).body.code).toBe('second_factor_missing')
  expect((await pim.look('/items')).location).toStartWith('/sign-in')
  const browser = pim.elsewhere()
  expect((await browser.signIn()).location).toBe('/')
  expect(codeOf(secret)).toHaveLength(6)
  const mails = rowsOf(`SELECT recipient FROM mails WHERE kind = 'second_factor_removed'`)
  expect(mails.map(({ recipient }) => recipient)).toContain(pim.email)
})

test('a member cannot take the second factor of an owner away', async () => {
  const owner = await Person.enter(shop, 'owner')
  await enrol(owner)
  const wish = { name: 'People', scopes: ['members.*'] }
  const { token } = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  const path = `DELETE /v1/members/${owner.id}/second_factor`
  expect((await shop.send(path, undefined, { token })).body.code).toBe('exceeds_own_rights')
})

test('what is a person’s own is nothing for tokens', async () => {
  const { status, body } = await shop.send('GET /v1/account/second_factor')
  expect([status, body.code]).toEqual([403, 'forbidden'])
})
