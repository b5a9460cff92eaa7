import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { createSetupLink } from './setup-link.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const password = 'three gulls over the pier'

interface Shown {
  status: number
  location: string | null
  cookie: string
  html: string
}

/** One browser: it keeps the session cookie and says that it comes from our own page. */
async function browse(
  route: string,
  fields?: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Shown> {
  const [method, path] = route.split(' ') as [string, string]
  const response = await shop.house.app.handle(
    new Request(`http://localhost${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(fields && { 'sec-fetch-site': 'same-origin' }),
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      ...(fields && { body: new URLSearchParams(fields).toString() }),
    }),
  )
  const session = response.headers
    .getSetCookie()
    .find((cookie) => cookie.startsWith('stw_session='))
  return {
    status: response.status,
    location: response.headers.get('location'),
    cookie: session?.split(';')[0] ?? '',
    html: await response.text(),
  }
}
const csrfIn = (html: string) => /name="csrf_token" value="([^"]+)"/.exec(html)?.[1] ?? ''

test('a stranger is led to the sign-in page, and back to where he wanted to go', async () => {
  const away = await browse('GET /settings/tokens?status=active')
  expect(away).toMatchObject({ status: 303 })
  expect(away.location).toBe('/sign-in?to=%2Fsettings%2Ftokens%3Fstatus%3Dactive')
  const page = await browse(`GET ${away.location}`)
  expect(page.status).toBe(200)
  expect(page.html).toContain('autocomplete="current-password"')
})

test('the operator sets up, signs out, and signs in again', async () => {
  const { setup_path } = await createSetupLink(shop.data)
  expect((await browse(`GET ${setup_path}`)).html).toContain('Set Stowage up')
  const person = { name: 'Ada', email: 'ada@operator.test' }
  const twice = { ...person, password, password_again: `${password}!` }
  const differs = await browse(`POST ${setup_path}`, twice)
  expect(differs.status).toBe(422)
  expect(differs.html).toContain('The two passwords differ.')
  expect(differs.html).toContain('value="ada@operator.test"')
  expect(differs.html).not.toContain(password)

  const typed = { ...person, password, password_again: password }
  const entered = await browse(`POST ${setup_path}`, typed)
  expect(entered).toMatchObject({ status: 303, location: '/platform/tenants' })
  expect((await browse(`GET ${setup_path}`)).status).toBe(410)

  const { cookie } = entered
  const list = await browse('GET /platform/tenants', undefined, { cookie })
  expect(list.status).toBe(200)
  expect(list.html).toContain('Harbour Goods')
  const csrf_token = csrfIn(list.html)
  expect((await browse('POST /sign-out', {}, { cookie })).status).toBe(403)
  const out = await browse('POST /sign-out', { csrf_token }, { cookie })
  expect(out).toMatchObject({ status: 303, location: '/sign-in' })
  const gone = await browse('GET /platform/tenants', undefined, { cookie })
  expect(gone.location).toStartWith('/sign-in')

  const again = await browse('POST /sign-in?to=%2Fplatform%2Faudit', {
    email: 'ada@operator.test',
    password,
  })
  expect(again.location).toBe('/platform/audit')
  const trail = await browse('GET /platform/audit', undefined, { cookie: again.cookie })
  expect(trail.html).toContain('sessions.create')
})

test('a form of another site does not sign anybody in', async () => {
  const typed = { email: 'ada@operator.test', password }
  for (const headers of [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': '', origin: 'https://evil.test' },
    { 'sec-fetch-site': '' },
  ] as Record<string, string>[]) {
    const answer = await browse('POST /sign-in', typed, headers)
    expect([answer.status, answer.cookie]).toEqual([403, ''])
  }
  const older = { 'sec-fetch-site': '', origin: 'http://localhost', host: 'localhost' }
  expect((await browse('POST /sign-in', typed, older)).status).toBe(303)
})

test('only our own pages are followed after signing in', async () => {
  for (const to of ['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)']) {
    const path = `POST /sign-in?to=${encodeURIComponent(to)}`
    const answer = await browse(path, { email: 'ada@operator.test', password })
    expect(answer.location).toBe('/platform/tenants')
  }
})

test('a business is founded in the console, and its owner comes in by the link', async () => {
  const { cookie } = await browse('POST /sign-in', { email: 'ada@operator.test', password })
  const page = await browse('GET /platform/tenants/new', undefined, { cookie })
  const fields = {
    csrf_token: csrfIn(page.html),
    idempotency_key: 'found-once',
    name: 'Quay <Goods>',
    admin_name: 'Ida',
    admin_email: 'ida@quay.test',
    environment: 'live',
  }
  const wrong = await browse('POST /platform/tenants', { ...fields, admin_email: 'x' }, { cookie })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('Quay &lt;Goods&gt;')
  const founded = await browse('POST /platform/tenants', fields, { cookie })
  expect(founded.status).toBe(200)
  const path = /\/setup\/ten_[\w.-]+/.exec(founded.html)![0]
  const again = await browse('POST /platform/tenants', fields, { cookie })
  expect(again.html).toContain(path)

  // The operator may try the link himself, in the browser in which he is signed in.
  const welcome = await browse(`GET ${path}`, undefined, { cookie })
  expect(welcome.html).toContain('Welcome, Ida')
  const typed = {
    csrf_token: csrfIn(welcome.html),
    password: 'six gulls beside it',
    password_again: 'six gulls beside it',
  }
  const entered = await browse(`POST ${path}`, typed, { cookie })
  expect(entered).toMatchObject({ status: 303, location: '/' })
  const tokens = await browse('GET /settings/tokens', undefined, { cookie: entered.cookie })
  expect(tokens.html).toContain('First token')
  const made = await browse(
    'POST /settings/tokens',
    { csrf_token: csrfIn(tokens.html), name: 'Till', scopes: 'items.read\nstock.*' },
    { cookie: entered.cookie },
  )
  const text = /stw_tenant_[\w-]+/.exec(made.html)![0]
  expect((await shop.send('GET /v1/items', undefined, { token: text })).status).toBe(200)
  expect(
    (await browse('GET /platform/tenants', undefined, { cookie: entered.cookie })).status,
  ).toBe(403)
})
