import { afterAll, beforeAll, expect, test } from 'bun:test'
import pino from 'pino'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { day_ms } from '../kit/clock.ts'
import type { CreatedTenant, Tenant } from '../tenants/schema.ts'
import { openTexts } from './find-texts.ts'
import { verifyDomains } from './schedules.ts'
import type { Domain, PlatformDomain } from './schema.ts'
import { DnsServer } from './testing/dns-server.ts'

let dns: DnsServer
let shop: Shop
let operator: string
let quay: CreatedTenant

beforeAll(async () => {
  dns = await DnsServer.start()
  shop = await Shop.open({ services: { findTexts: openTexts([dns.address]) } })
  operator = await shop.operatorToken()
  const wish = { name: 'Quay Goods', admin_email: 'ida@quay.test' }
  quay = await shop.done('POST /v1/platform/tenants', wish, { token: operator })
})
afterAll(async () => {
  await shop.close()
  await dns.stop()
})

const add = (domain: string, token = shop.tenant.token) =>
  shop.send<Domain>('POST /v1/domains', { domain }, { token })
const act = (verb: string, id: string, token = shop.tenant.token) =>
  shop.send<Domain>(`POST /v1/domains/${id}/${verb}`, undefined, { token })
const release = (id: string, token = shop.tenant.token) =>
  shop.send<Domain>(`DELETE /v1/domains/${id}`, undefined, { token })
const get = (id: string) => shop.done<Domain>(`GET /v1/domains/${id}`)
const publish = ({ proof }: Domain, ...more: string[]) =>
  dns.texts.set(proof!.record, [...more, proof!.value])

/** Adds a domain and proves it. */
async function prove(domain: string, token?: string): Promise<Domain> {
  const { body } = await add(domain, token)
  publish(body)
  const { status, body: verified, text } = await act('verify', body.id, token)
  if (status !== 200) throw new Error(text)
  return verified
}

const ask = async (domain: string) =>
  (await shop.house.app.handle(new Request(`http://localhost/ask?domain=${domain}`))).status

const told = () =>
  shop.data.platform.read(systemScope('test'), (read) =>
    read.all<{ type: string }>("SELECT type FROM events WHERE type LIKE 'domain.%' ORDER BY seq"),
  )

/** One run of the daily schedule, as the scheduler would start it. */
const runDaily = () =>
  verifyDomains.run({
    run_id: 'run_test',
    due_at: '2026-11-21T04:20:00.000Z',
    data: shop.data,
    services: shop.house.door.services,
    log: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    eachTenant: () => Promise.resolve(),
  })

test('a business begins with one name below ours, which is its primary one', async () => {
  const { data } = await shop.done<{ data: Domain[] }>('GET /v1/domains')
  expect(data).toMatchObject([
    { domain: 'harbour.localhost', kind: 'subdomain', state: 'verified', is_primary: true },
  ])
  expect(data[0]!.proof).toBeNull()
  expect((await release(data[0]!.id)).body).toMatchObject({ code: 'conflict' })
})

test('a domain is proven by a text in the DNS, and not before', async () => {
  const before = told().length
  const made = await add('Shop.Harbour.Example.')
  expect(made.status).toBe(201)
  const { id, proof } = made.body
  expect(made.body).toMatchObject({ domain: 'shop.harbour.example', state: 'pending', url: null })
  expect(proof!.record).toBe('_stowage.shop.harbour.example')
  const nothing = await act('verify', id)
  expect(nothing.body).toMatchObject({
    code: 'domain_not_proven',
    record: proof!.record,
    found: [],
  })
  dns.texts.set(proof!.record, ['stowage-domain=of-somebody-else'])
  expect((await act('verify', id)).body).toMatchObject({
    code: 'domain_not_proven',
    expected: proof!.value,
    found: ['stowage-domain=of-somebody-else'],
  })
  expect(await get(id)).toMatchObject({ state: 'pending', failure_count: 0 })
  expect(await ask('shop.harbour.example')).toBe(404)
  publish(made.body, 'v=spf1 -all')
  const verified = await act('verify', id)
  expect(verified.body).toMatchObject({
    ...{ state: 'verified', is_primary: true, last_error: '' },
    url: 'https://shop.harbour.example',
  })
  expect(await ask('shop.harbour.example')).toBe(200)
  expect(
    told()
      .slice(before)
      .map(({ type }) => type),
  ).toEqual(['domain.added', 'domain.verified'])
  const path = `GET /v1/platform/tenants/${shop.tenant.id}`
  const tenant = await shop.done<Tenant>(path, undefined, { token: operator })
  expect(tenant.domains.map(({ domain, is_primary }) => [domain, is_primary])).toEqual([
    ['shop.harbour.example', true],
    ['harbour.localhost', false],
  ])
  expect(tenant.api_domains).toEqual(['https://shop.harbour.example', 'http://harbour.localhost'])
})

test.each([
  ['localhost', 422, 'invalid'],
  ['other.localhost', 422, 'invalid'],
  ['127.0.0.1', 422, 'invalid'],
  ['https://shop.example.com', 422, 'invalid'],
  ['shop.harbour.example', 409, 'domain_taken'],
])('%p is refused', async (domain, status, code) => {
  const answer = await add(domain)
  expect([answer.status, answer.body as unknown]).toMatchObject([status, { code }])
})

test('a name that two want belongs to the one who proves it first', async () => {
  const ours = (await add('wanted.example')).body
  const theirs = (await add('wanted.example', quay.api_token)).body
  dns.texts.set(ours.proof!.record, [ours.proof!.value, theirs.proof!.value])
  const answers = await Promise.all([
    act('verify', ours.id),
    act('verify', theirs.id, quay.api_token),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  const lost = answers.find(({ status }) => status === 409)!
  expect(lost.body as unknown).toMatchObject({ code: 'domain_taken' })
})

test('the domain of another business is not there', async () => {
  const { id } = (await add('private.example')).body
  const token = quay.api_token
  for (const route of [`GET /v1/domains/${id}`, `DELETE /v1/domains/${id}`]) {
    expect((await shop.send(route, undefined, { token })).status).toBe(404)
  }
  for (const verb of ['verify', 'make_primary']) {
    expect((await act(verb, id, token)).status).toBe(404)
  }
  const { data } = await shop.done<{ data: Domain[] }>('GET /v1/domains', undefined, { token })
  expect(data.map(({ domain }) => domain)).not.toContain('private.example')
})

test('a primary domain is chosen among those that are verified', async () => {
  const second = await prove('second.example')
  expect(second.is_primary).toBe(false)
  expect((await act('make_primary', second.id)).body.is_primary).toBe(true)
  const pending = (await add('unproven.example')).body
  expect((await act('make_primary', pending.id)).status).toBe(409)
  const { data } = await shop.done<{ data: Domain[] }>('GET /v1/domains')
  expect(data.filter(({ is_primary }) => is_primary).map(({ domain }) => domain)).toEqual([
    'second.example',
  ])
})

test('three days without the proof end it, an answer that fails does not count', async () => {
  const domain = await prove('fading.example')
  await act('make_primary', domain.id)
  const record = domain.proof!.record
  const days = async (count: number) => {
    for (let day = 0; day < count; day++) {
      shop.clock.advance(day_ms)
      await runDaily()
    }
    return get(domain.id)
  }
  expect(await days(1)).toMatchObject({ state: 'verified', failure_count: 0 })
  dns.texts.delete(record)
  expect(await days(2)).toMatchObject({ state: 'verified', failure_count: 2 })
  dns.broken = true
  expect(await days(3)).toMatchObject({ state: 'verified', failure_count: 2 })
  dns.broken = false
  publish(domain)
  expect(await days(1)).toMatchObject({ state: 'verified', failure_count: 0 })
  dns.texts.delete(record)
  expect(await days(3)).toMatchObject({ state: 'unverified', failure_count: 3, is_primary: false })
  expect(await ask('fading.example')).toBe(404)
  expect(told().at(-1)!.type).toBe('domain.unverified')
  const mails = shop.data.platform.read(systemScope('test'), (read) =>
    read.all<{ recipient: string }>(
      "SELECT recipient FROM mails WHERE kind = 'domain_unverified' AND subject LIKE 'fading%'",
    ),
  )
  expect(mails).toEqual([{ recipient: 'mara@harbour.test' }])
  publish(domain)
  expect((await act('verify', domain.id)).body).toMatchObject({ state: 'verified' })
})

test('what is released waits for 30 days, for others and not for its holder', async () => {
  const domain = await prove('given-up.example')
  expect((await release(domain.id)).body).toMatchObject({ state: 'released', is_primary: false })
  expect(await ask('given-up.example')).toBe(404)
  const theirs = await add('given-up.example', quay.api_token)
  expect(theirs.body as unknown).toMatchObject({ code: 'domain_quarantined' })
  expect((await add('given-up.example')).status).toBe(201)
  shop.clock.advance(30 * day_ms)
  await runDaily()
  expect((await add('given-up.example', quay.api_token)).status).toBe(201)
})

test('the operator may take a domain away, and end a quarantine', async () => {
  const domain = await prove('contested.example')
  const route = `DELETE /v1/platform/domains/${domain.id}`
  const init = { token: operator }
  const taken = await shop.send<PlatformDomain>(route, undefined, init)
  expect(taken.body).toMatchObject({ state: 'released', tenant_name: 'Harbour Goods' })
  expect((await add('contested.example', quay.api_token)).status).toBe(409)
  await shop.done(route, undefined, init)
  expect((await add('contested.example', quay.api_token)).status).toBe(201)
})

test('the operator finds domains by name, state and business', async () => {
  const list = async (query: string) => {
    const route = `GET /v1/platform/domains?${query}`
    const { data } = await shop.done<{ data: PlatformDomain[] }>(route, undefined, {
      token: operator,
    })
    return data.map(({ domain }) => domain)
  }
  expect(await list('search=SECOND')).toEqual(['second.example'])
  expect(await list(`tenant_id=${quay.id}&kind=subdomain`)).toEqual(['quay-goods.localhost'])
  expect(await list('state=pending&search=unproven')).toEqual(['unproven.example'])
})

test('a host name leads to its business at the sign-in page, and a stranger’s to none', async () => {
  const look = async (host: string) => {
    const request = new Request('http://localhost/sign-in', { headers: { host } })
    return (await shop.house.app.handle(request)).text()
  }
  expect(await look('second.example')).toContain('Harbour Goods')
  expect(await look('quay-goods.localhost:3210')).toContain('Quay Goods')
  expect(await look('nobody.localhost')).not.toContain('Quay Goods')
})

test('a TLS server is told yes for what leads somewhere, and no for the rest', async () => {
  expect(await ask('quay-goods.localhost')).toBe(200)
  expect(await ask('QUAY-GOODS.localhost.')).toBe(200)
  expect(await ask('nobody.localhost')).toBe(404)
  expect(await ask('a.quay-goods.localhost')).toBe(404)
  expect(await ask('')).toBe(404)
  const statuses: number[] = []
  for (let count = 0; count < 600; count++) statuses.push(await ask('quay-goods.localhost'))
  expect(statuses.at(-1)).toBe(429)
})

test('a plan says how many, and whether at all', async () => {
  const token = operator
  const wish = { name: 'Small', admin_email: 's@small.test', plan: 'free' }
  const small = await shop.done<CreatedTenant>('POST /v1/platform/tenants', wish, { token })
  expect(small.tenant.plan).toBe('free')
  const terms = {
    ...{ plan: { code: 'free', name: 'Free' }, refusals: {}, limits: { custom_domains: 1 } },
    ...{ quotas: {}, rates: {}, is_paying: false, time_zone: 'UTC', period_day: 1 },
  }
  const limited = await Shop.open({ services: { terms: () => terms } })
  const first = await limited.send('POST /v1/domains', { domain: 'one.example' })
  const second = await limited.send('POST /v1/domains', { domain: 'two.example' })
  await limited.close()
  expect([first.status, second.body.code]).toEqual([201, 'limit_reached'])
})

test('the pages show what to put into the DNS, and what was typed as text', async () => {
  const mara = await Browser.enter(shop)
  const hostile = '<b onclick=x>'
  const refused = await mara.submit('/settings/domains', { domain: hostile })
  expect(refused.status).toBe(422)
  expect(refused.html).toContain('aria-invalid="true"')
  expect(misdeeds(refused.html, hostile)).toEqual([])
  const added = await mara.submit('/settings/domains', { domain: 'paged.example' })
  const html = await mara.visit(added.location!)
  expect(html).toContain('_stowage.paged.example')
  const failed = await mara.submit(added.location!, {}, `${added.location!}/verify`)
  expect(failed.html).toContain('There is no TXT record')
  const id = added.location!.split('/').at(-1)!
  publish(await get(id))
  const verified = await mara.submit(added.location!, {}, `${added.location!}/verify`)
  expect(verified.said).toContain('paged.example is verified')
  const gone = await mara.submit(added.location!, {}, `${added.location!}/release`)
  expect(gone.said).toContain('released')
})

test('a DNS that stays silent holds no name for ever, however often it is asked by hand', async () => {
  const domain = await prove('silent.example')
  const route = `POST /v1/domains/${domain.id}/verify`
  const { record } = domain.proof!
  dns.broken = true
  for (let count = 0; count < 20; count++) {
    shop.clock.advance(day_ms)
    await runDaily()
  }
  // That was our own resolver.
  dns.broken = false
  await runDaily()
  expect(await get(domain.id)).toMatchObject({ state: 'verified', failure_count: 0 })
  dns.broken_names.add(record)
  const day = async () => {
    shop.clock.advance(day_ms)
    expect((await shop.send(route)).status).toBe(409)
    await runDaily()
    return get(domain.id)
  }
  for (let count = 1; count < 14; count++) {
    const { state, last_error } = await day()
    expect([count, state]).toEqual([count, 'verified'])
    expect(last_error).toContain('gave no answer')
  }
  expect(await day()).toMatchObject({ state: 'unverified', is_primary: false })
  expect(await ask('silent.example')).toBe(404)
  dns.broken_names.delete(record)
  expect((await act('verify', domain.id)).body.state).toBe('verified')
}, 60_000)
