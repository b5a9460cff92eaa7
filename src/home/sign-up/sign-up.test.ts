import { afterAll, beforeAll, expect, test } from 'bun:test'
import pino from 'pino'
import { startSimulator, type Simulator } from '../../carriers/simulator/simulator.ts'
import { Shop } from '../../../tests/shop.ts'
import { misdeeds } from '../../../tests/browser.ts'
import { systemScope } from '../../db/scope.ts'
import { day_ms } from '../../kit/clock.ts'
import type { Tenant } from '../../tenants/schema.ts'
import { reserveTenant } from '../../tenants/found.ts'
import { finishPending } from '../../tenants/finish-pending.ts'
import { finishOnboarding, forgetSignUps } from '../schedules.ts'
import type { SignUp } from './schema.ts'
import { findBySecret, spendSignUp } from './store.ts'
import { sha256 } from '../../kit/secrets.ts'

let shop: Shop
const fail = (error: unknown) => {
  throw error
}
let simulator: Simulator
let operator: string

beforeAll(async () => {
  simulator = await startSimulator()
  shop = await Shop.open({ services: { sign_up: 'sandbox', simulator_url: simulator.url } })
  operator = await shop.operatorToken()
})
afterAll(async () => {
  await shop.close()
  await simulator.stop()
})

const scope = systemScope('test')
const wish = {
  business_name: 'Pottery & Sons',
  person_name: 'Lou',
  email: 'lou@pottery.test',
  domain_preference: 'pottery',
  password: 'nine herons over the quay',
}

/** A browser without a session: what it posts, and what comes back. */
async function browse(route: string, typed?: Record<string, string>, cookie = '', to = shop) {
  const [method, path] = route.split(' ') as [string, string]
  const response = await to.house.app.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers: {
        cookie,
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
      },
      ...(typed && { body: new URLSearchParams(typed).toString() }),
    }),
  )
  return {
    status: response.status,
    html: await response.text(),
    location: response.headers.get('location'),
    cookie: (response.headers.get('set-cookie') ?? '').split(';')[0]!,
  }
}

const mails = (email: string) =>
  shop.data.platform.read(scope, (read) =>
    read.all<{ kind: string; content: string }>(
      'SELECT kind, content FROM mails WHERE recipient = ? ORDER BY id',
      email,
    ),
  )
const linkIn = ({ content }: { content: string }) =>
  (JSON.parse(content) as { action: { path: string } }).action.path

/** Signs up and reads the mail. */
async function askFor(more: Partial<typeof wish>): Promise<string> {
  const { location } = await browse('POST /sign-up', { ...wish, ...more })
  expect(location).toBe('/sign-up/sent')
  return linkIn(mails(more.email ?? wish.email).at(-1)!)
}

const signUps = (query = '') =>
  shop.done<{ data: SignUp[] }>(`GET /v1/platform/sign_ups?${query}`, undefined, {
    token: operator,
  })

const run = (schedule: typeof finishOnboarding) =>
  schedule.run({
    run_id: 'run_test',
    due_at: '',
    data: shop.data,
    services: shop.house.door.services,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    eachTenant: () => Promise.resolve(),
  })

test('where strangers may found nothing, there is no page and no link to it', async () => {
  const closed = await Shop.open()
  for (const path of ['/sign-up', '/sign-up/sent', '/sign-up/anything']) {
    expect((await browse(`GET ${path}`, undefined, '', closed)).status).toBe(404)
  }
  expect((await browse('POST /sign-up', wish, '', closed)).status).toBe(404)
  expect((await browse('GET /sign-in', undefined, '', closed)).html).not.toContain('/sign-up')
  await closed.close()
  expect((await browse('GET /sign-in')).html).toContain('href="/sign-up"')
})

test('what is typed wrongly is said beside the field, and kept as text', async () => {
  const hostile = '<b onclick=x>'
  const wrong = { ...wish, business_name: hostile, email: 'nobody', domain_preference: 'A b' }
  const { status, html } = await browse('POST /sign-up', wrong)
  expect(status).toBe(422)
  expect(html).toContain('This is not an e-mail address.')
  expect(html).toContain('Use small letters, digits and hyphens.')
  expect(misdeeds(html, hostile)).toEqual([])
  const weak = await browse('POST /sign-up', { ...wish, password: 'short' })
  expect(weak.html).toContain('Use at least 12 characters')
  expect(mails('nobody')).toEqual([])
})

test('nothing is founded before the link in the mail was used, and the link is a button', async () => {
  const link = await askFor({})
  expect((await signUps()).data).toMatchObject([{ state: 'pending', email: wish.email }])
  const page = await browse(`GET ${link}`)
  expect(page.html).toContain('Pottery &amp; Sons')
  expect((await signUps()).data[0]!.state).toBe('pending')
  const rows = shop.data.platform.read(scope, (read) => read.all<object>('SELECT * FROM sign_ups'))
  expect(JSON.stringify(rows)).not.toContain(link.split('/').at(-1)!)
})

test('the first ten minutes: from the link to the first call', async () => {
  const link = linkIn(mails(wish.email).at(-1)!)
  const entered = await browse(`POST ${link}`, {})
  expect([entered.status, entered.location]).toEqual([303, '/set-up'])
  const { data } = await signUps()
  expect(data[0]).toMatchObject({ state: 'founded' })
  const tenant = await shop.done<Tenant>(
    `GET /v1/platform/tenants/${data[0]!.tenant_id}`,
    undefined,
    { token: operator },
  )
  expect(tenant).toMatchObject({
    ...{ slug: 'pottery', environment: 'sandbox', status: 'active', plan: 'free' },
    admin_email: wish.email,
  })
  const page = await browse('GET /set-up', undefined, entered.cookie)
  expect(page.html).toContain('Set up Pottery &amp; Sons')
  const csrf_token = /name="csrf_token" value="([^"]+)"/.exec(page.html)![1]!
  const made = await browse('POST /set-up/quickstart', { csrf_token }, entered.cookie)
  expect(made.html).toContain('This is the only time the token is shown.')
  const token = /Bearer (stw_[\w-]+)/.exec(made.html)![1]!
  const done = async () =>
    /\d+ of \d+ done/.exec((await browse('GET /set-up', undefined, entered.cookie)).html)?.[0]
  expect(await done()).toBe('7 of 8 done')
  const items = await shop.send<{ data: object[] }>('GET /v1/items', undefined, { token })
  expect(items.body.data).toHaveLength(5)
  // That a token was used is written beside the answer, not before it.
  await shop.data.tenants.at(tenant.id).write(scope, () => null)
  expect(await done()).toBe('8 of 8 done')
  expect(await run(finishOnboarding)).toMatchObject({ activated: 0 })
  // He signs in with the password he chose, and no second link went out.
  const again = { email: wish.email, password: wish.password, business: 'pottery' }
  expect((await browse('POST /sign-in', again)).location).toBe('/')
  expect(mails(wish.email).map(({ kind }) => kind)).toEqual(['sign_up'])
})

test('of two who use one link at once, one founds; used, it is spent', async () => {
  const link = await askFor({ email: 'two@pottery.test', business_name: 'Twice' })
  const answers = await Promise.all([browse(`POST ${link}`, {}), browse(`POST ${link}`, {})])
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410])
  expect((await browse(`GET ${link}`)).status).toBe(410)
  const { data } = await shop.done<{ data: Tenant[] }>(
    'GET /v1/platform/tenants?search=Twice',
    undefined,
    { token: operator },
  )
  // Its wish was taken by another: the next free one.
  expect(data.map(({ slug }) => slug)).toEqual(['pottery-2'])
})

test('an address that is known gets the same answer, and a mailbox is not filled', async () => {
  const first = await browse('POST /sign-up', { ...wish, email: 'mara@harbour.test' })
  const unknown = await browse('POST /sign-up', { ...wish, email: 'new@nowhere.test' })
  expect([first.status, first.location, first.html]).toEqual([
    unknown.status,
    unknown.location,
    unknown.html,
  ])
  for (let count = 0; count < 5; count++) await askFor({ email: 'filled@pottery.test' })
  expect(mails('filled@pottery.test')).toHaveLength(3)
})

test('a link ends after a day, and when the operator revokes it', async () => {
  const late = await askFor({ email: 'late@pottery.test' })
  shop.clock.advance(day_ms)
  expect((await browse(`POST ${late}`, {})).status).toBe(410)
  expect((await signUps('state=expired&email=late@pottery.test')).data).toHaveLength(1)
  const revoked = await askFor({ email: 'revoked@pottery.test' })
  const { data } = await signUps('state=pending&email=revoked@pottery.test')
  const route = `POST /v1/platform/sign_ups/${data[0]!.id}/revoke`
  await shop.done(route, undefined, { token: operator })
  expect((await shop.send(route, undefined, { token: operator })).status).toBe(409)
  expect((await browse(`POST ${revoked}`, {})).status).toBe(410)
})

test('a crash while it is founded gives the link back', async () => {
  const link = await askFor({ email: 'crash@pottery.test', business_name: 'Crashed' })
  const secret = link.split('/').at(-1)!
  await shop.data.platform.write(scope, (tx) => {
    const { id } = findBySecret(tx, sha256(secret))!
    const tenant_id = reserveTenant(tx, { name: 'Crashed', admin_email: 'crash@pottery.test' })
    spendSignUp(tx, id, tenant_id)
  })
  expect((await browse(`POST ${link}`, {})).status).toBe(410)
  expect(await finishPending(shop.data, shop.house.door.services.objects, fail)).toHaveLength(1)
  expect((await browse(`POST ${link}`, {})).status).toBe(303)
})

test('passwords of those who did not come are forgotten, later the rest', async () => {
  const email = 'gone@pottery.test'
  await askFor({ email })
  const hash = () =>
    shop.data.platform.read(scope, (read) =>
      read.get<{ password_hash: string }>(
        'SELECT password_hash FROM sign_ups WHERE email = ?',
        email,
      ),
    )?.password_hash
  await run(forgetSignUps)
  expect(hash()).toStartWith('$argon2id$')
  shop.clock.advance(day_ms)
  await run(forgetSignUps)
  expect(hash()).toBe('')
  shop.clock.advance(90 * day_ms)
  await run(forgetSignUps)
  expect(hash()).toBeUndefined()
})

test('nobody sends a stream of mails in our name, nor paragraphs of his own', async () => {
  const lines = {
    ...wish,
    business_name: 'Pay here:\r\nhttp://evil.example',
    email: 'v@victim.test',
  }
  const refused = await browse('POST /sign-up', lines)
  expect([refused.status, mails('v@victim.test')]).toEqual([422, []])
  shop.clock.advance(day_ms)
  const statuses: number[] = []
  for (let count = 0; count < 21; count++) {
    const one = { ...wish, email: `victim-${count}@victim.test` }
    statuses.push((await browse('POST /sign-up', one)).status)
  }
  expect(statuses.slice(0, 20)).toEqual(Array<number>(20).fill(303))
  expect(statuses[20]).toBe(429)
  expect(mails('victim-20@victim.test')).toEqual([])
}, 60_000)
