import { afterAll, beforeAll, expect, test } from 'bun:test'
import { misdeeds } from '../../../tests/browser.ts'
import { Shop } from '../../../tests/shop.ts'
import { setUp } from '../../access/set-up.ts'
import { createSetupLink } from '../../access/setup-link.ts'
import { startSession } from '../../access/sessions.ts'
import { recordAudit } from '../../audit/record.ts'

const hostile = '<b onclick=x>'

let shop: Shop
let cookie: string

beforeAll(async () => {
  shop = await Shop.open({ services: { sign_up: 'live' } })
  const { setup_path } = await createSetupLink(shop.data)
  const ada = { name: 'Ada', email: 'ada@operator.test', password: 'three gulls over the pier' }
  const from = { ip: '', user_agent: 'test', request_id: 'req_test' }
  const signed = await setUp(shop.data, setup_path.replace('/setup/', ''), ada, from, recordAudit)
  const facts = { organization_id: '', method: 'password', ip: '', user_agent: '' } as const
  cookie = (await startSession(shop.data, 'http://localhost', signed, facts)).split(';')[0]!
})
afterAll(() => shop.close())

async function browse(route: string, typed?: Record<string, string>) {
  const [method, path] = route.split(' ') as [string, string]
  const response = await shop.house.app.handle(
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
    location: response.headers.get('location') ?? '',
  }
}

/** The hidden field that every form of this session carries. */
async function csrf(path: string): Promise<string> {
  const { html } = await browse(`GET ${path}`)
  return /name="csrf_token" value="([^"]+)"/.exec(html)![1]!
}

test('a business is founded on a plan, in a zone, with sample data, and found again', async () => {
  const csrf_token = await csrf('/platform/tenants/new')
  expect((await browse('GET /platform/tenants/new')).html).toContain('value="starter"')
  const typed = {
    ...{ csrf_token, name: `Sampled ${hostile}`, domain: 'sampled', admin_email: 'kim@s.test' },
    ...{ environment: 'sandbox', plan: 'starter', time_zone: 'Europe/Berlin', sample_data: 'true' },
  }
  const wrong = await browse('POST /platform/tenants', { ...typed, time_zone: 'Mars' })
  expect(wrong.status).toBe(422)
  expect(wrong.html).toContain('Mars is not a time zone')
  expect(misdeeds(wrong.html, hostile)).toEqual([])
  const founded = await browse('POST /platform/tenants', typed)
  expect(founded.html).toContain('An invitation is on its way to kim@s.test')
  expect(misdeeds(founded.html, hostile)).toEqual([])
  const list = await browse('GET /platform/tenants?plan=starter&environment=sandbox')
  expect(list.html).toContain('sampled.localhost')
  const path = /href="(\/platform\/tenants\/ten_\w+)"/.exec(list.html)![1]!
  const page = await browse(`GET ${path}`)
  expect(page.html).toContain('Europe/Berlin')
  expect(page.html).toContain('leads here')
  expect(misdeeds(page.html, hostile)).toEqual([])
  const version = /name="version" value="(\d+)"/.exec(page.html)![1]!
  const change = { csrf_token, version, name: 'Sampled', admin_email: 'kim@s.test' }
  const changed = await browse(`POST ${path}`, { ...change, time_zone: 'Asia/Tokyo' })
  expect(changed.location).toBe(path)
  expect((await browse(`GET ${path}`)).html).toContain('Asia/Tokyo')
})

test('the pages that stand beside a business are there', async () => {
  const path = `/platform/tenants/${shop.tenant.id}`
  const { html } = await browse(`GET ${path}`)
  const tabs = [...html.matchAll(new RegExp(`href="(${path}(?:/[a-z]+)?)"`, 'g'))]
  expect(tabs.length).toBeGreaterThan(5)
  for (const [, href] of tabs)
    expect([href, (await browse(`GET ${href}`)).status]).toEqual([href!, 200])
})

test('the operator looks through the domains, and ends a quarantine', async () => {
  const { id } = await shop.done<{ id: string }>('POST /v1/domains', { domain: 'seen.example' })
  const list = await browse('GET /platform/domains?search=seen')
  expect(list.html).toContain('seen.example')
  expect((await browse('GET /platform/domains?search=nothing')).html).toContain('No domain like')
  const page = await browse(`GET /platform/domains/${id}`)
  expect(page.html).toContain('_stowage.seen.example')
  const csrf_token = await csrf(`/platform/domains/${id}`)
  const gone = await browse(`POST /platform/domains/${id}/release`, { csrf_token })
  expect(gone.location).toBe('/platform/domains')
})

test('the operator sees who signs up, and revokes it', async () => {
  expect((await browse('GET /platform/sign_ups')).html).toContain('Nobody yet')
  const typed = {
    ...{ business_name: hostile, person_name: 'Lou', email: 'lou@pottery.test' },
    ...{ domain_preference: '', password: 'nine herons over the quay' },
    csrf_token: await csrf('/platform/tenants/new'),
  }
  expect((await browse('POST /sign-up', typed)).location).toBe('/sign-up/sent')
  const { html } = await browse('GET /platform/sign_ups')
  expect(misdeeds(html, hostile)).toEqual([])
  const action = /action="(\/platform\/sign_ups\/sup_\w+\/revoke)"/.exec(html)![1]!
  const { csrf_token } = typed
  expect((await browse(`POST ${action}`, { csrf_token })).location).toBe('/platform/sign_ups')
  const again = await browse(`POST ${action}`, { csrf_token })
  expect([again.status, again.html.includes('revoked already')]).toEqual([409, true])
})
