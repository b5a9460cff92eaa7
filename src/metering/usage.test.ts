import { afterEach, beforeEach, expect, test } from 'bun:test'
import { day_ms, hour_ms, minute_ms } from '../kit/clock.ts'
import type { Meter } from '../kit/terms.ts'
import { meter } from './meter.ts'
import type { Series, Usage, UsageRecord } from './schema.ts'
import { Metered } from './testing/metered.ts'

let metered: Metered
beforeEach(async () => {
  metered = await Metered.open()
})
afterEach(() => metered.close())

type Page = { data: UsageRecord[]; next_cursor: string | null }
const ask = <T>(path: string, token?: string) =>
  metered.shop.done<T>(`GET ${path}`, undefined, token ? { token } : {})
const usage = (query = '') => ask<Usage>(`/v1/usage${query}`)
const usedOf = async (name: Meter, query = '') =>
  (await usage(query)).meters.find((each) => each.meter === name)!.used
const records = (query = '') => ask<Page>(`/v1/usage/records?${query}`).then(({ data }) => data)
/** Under the terms of the test; the question itself is counted too. */
const asked = async <T>(path: string): Promise<T> => (await metered.send(`GET ${path}`)).body as T
const call = (token?: string) => metered.send('GET /v1/items', undefined, token ? { token } : {})

test('calls are counted by token and organization, with the bytes of their answers', async () => {
  const east = await metered.shop.organization('East')
  let bytes = 0
  for (let n = 0; n < 7; n++) bytes += Buffer.byteLength((await call()).text)
  const item = { sku: 'TEA', name: 'Tee für Übersee' }
  bytes += Buffer.byteLength((await metered.send('POST /v1/items', item)).text)
  await call(east.token)
  expect(await usedOf('api_calls')).toBe(0)
  await metered.calls.flush()
  expect(await usedOf('api_calls')).toBe(9)
  const home = await records(
    `meter=bandwidth_bytes&organization_id=${metered.shop.tenant.organization_id}`,
  )
  expect(home.map(({ quantity }) => quantity)).toEqual([bytes])
  const lines = await records(`meter=api_calls&organization_id=${east.id}`)
  expect(lines).toMatchObject([{ quantity: 1, plan_code: 'growth', is_late: false }])
  expect(lines[0]?.subject_id).toMatch(/^tok_/)
})

test('who is refused at the door is not counted, and neither is the console', async () => {
  expect((await call('nobody')).status).toBe(401)
  const { token } = await metered.shop.done<{ token: string }>('POST /v1/tokens', {
    name: 'Little',
    scopes: ['parties.read'],
  })
  expect((await call(token)).status).toBe(403)
  await metered.house.app.handle(new Request('http://localhost/sign-in'))
  await metered.calls.flush()
  expect(await usedOf('api_calls')).toBe(0)
})

test('a flush that is repeated, or two at once, count once; what could not be kept is kept later', async () => {
  await call()
  await Promise.all([metered.calls.flush(), metered.calls.flush()])
  await metered.calls.flush()
  expect(await usedOf('api_calls')).toBe(1)
  await call()
  await metered.shop.data.tenants.withClosed(metered.shop.tenant.id, 'It is moved.', () =>
    metered.calls.flush(),
  )
  await call()
  await metered.calls.flush()
  expect(await usedOf('api_calls')).toBe(3)
})

test('a key counts once, also when two tell it together', async () => {
  const tell = () => metered.file.write(metered.scope, (tx) => meter(tx, 'labels', 'labels:one', 4))
  const told = await Promise.all([tell(), tell(), tell()])
  expect(told.sort()).toEqual([false, false, true])
  expect(await usedOf('labels')).toBe(4)
})

test('usage cannot be changed or removed', async () => {
  await metered.file.write(metered.scope, (tx) => meter(tx, 'labels', 'one', 4))
  const attempts = ['UPDATE usage_records SET quantity = 1', 'DELETE FROM usage_records']
  for (const sql of attempts) {
    const attempt = metered.file.write(metered.scope, (tx) => tx.run(sql))
    expect(attempt).rejects.toThrow('usage is never')
  }
  expect(await usedOf('labels')).toBe(4)
})

test('a hard quota lets exactly as many in as it includes, and those who come together too', async () => {
  metered.under({ quotas: { api_calls: { included: 10, hard: true } } })
  for (let n = 0; n < 4; n++) expect((await call()).status).toBe(200)
  await metered.calls.flush()
  const together = await Promise.all(Array.from({ length: 20 }, () => call()))
  expect(together.filter(({ status }) => status === 200)).toHaveLength(6)
  const refused = together.find(({ status }) => status === 403)!
  expect(refused.body).toMatchObject({
    code: 'quota_exceeded',
    meter: 'api_calls',
    used: 10,
    included: 10,
    resets_at: '2026-11-30T23:00:00.000Z',
  })
  await metered.calls.flush()
  expect((await call()).status).toBe(403)
  expect(await usedOf('api_calls')).toBe(10)
  // With the next period it begins anew; with a better plan at once.
  metered.under({ quotas: { api_calls: { included: 11, hard: true } } })
  expect((await call()).status).toBe(200)
  expect((await call()).status).toBe(403)
  metered.shop.clock.set('2026-11-30T23:00:00.000Z')
  expect((await call()).status).toBe(200)
})

test('a soft quota refuses nothing and tells how far it is', async () => {
  metered.under({ quotas: { api_calls: { included: 4, hard: false } } })
  for (let n = 0; n < 5; n++) expect((await call()).status).toBe(200)
  await metered.calls.flush()
  const [calls] = (await asked<Usage>('/v1/usage')).meters
  expect(calls).toMatchObject({
    meter: 'api_calls',
    used: 5,
    included: 4,
    is_hard: false,
    share_percent: 125,
    resets_at: '2026-11-30T23:00:00.000Z',
  })
})

/** So many labels at a time, told now unless said otherwise. */
const use = (quantity: number, occurred_at?: string, name: Meter = 'labels') =>
  metered.file.write(metered.scope, (tx) =>
    meter(tx, name, tx.id('key'), quantity, occurred_at ? { occurred_at } : {}),
  )

test('what is projected is the pace of the last seven days for the rest of the period', async () => {
  metered.under({ time_zone: 'UTC', quotas: { labels: { included: 100, hard: false } } })
  // Long ago, and before the seven days: used, but no pace.
  await use(5, '2026-11-02T00:00:00.000Z')
  // 14 in the seven days before the 21st at 09:00: 2 a day, for 9 days and 15 hours.
  await use(6, '2026-11-15T09:00:00.000Z')
  await use(8)
  const { meters } = await asked<Usage>('/v1/usage')
  const labels = meters.find((each) => each.meter === 'labels')!
  expect(labels).toMatchObject({
    used: 19,
    share_percent: 19,
    projected: 19 + Math.round((14 * (9 * 24 + 15)) / (7 * 24)),
    projected_from_days: 7,
  })
})

test('a young business is projected from the days there are', async () => {
  metered.under({ time_zone: 'UTC' })
  await use(3, '2026-11-19T09:00:00.000Z')
  await use(3)
  const { meters } = await asked<Usage>('/v1/usage')
  const labels = meters.find((each) => each.meter === 'labels')!
  expect(labels).toMatchObject({ projected_from_days: 2 })
  expect(labels.projected).toBe(6 + Math.round((6 * (9 * 24 + 15)) / 48))
})

test('what comes late counts in its hour and says so; the previous period shows it', async () => {
  const halloween = '2026-10-31T12:00:00.000Z'
  await use(2, halloween)
  await use(5)
  const [now, late] = await records('meter=labels')
  expect(now).toMatchObject({ quantity: 5, is_late: false })
  expect(late).toMatchObject({ quantity: 2, is_late: true, occurred_at: halloween })
  expect(await usedOf('labels')).toBe(5)
  expect(await usedOf('labels', '?period=previous')).toBe(2)
  expect(await usedOf('labels', '?from=2026-10-31&to=2026-11-21')).toBe(7)
})

test('a change of plan in the middle keeps the lines, and the quota is that of now', async () => {
  await use(5)
  metered.under({
    plan: { code: 'scale', name: 'Scale' },
    quotas: { labels: { included: 20, hard: true } },
  })
  await use(5)
  expect((await records('meter=labels')).map(({ plan_code }) => plan_code).sort()).toEqual([
    'growth',
    'scale',
  ])
  const { meters, plan_code } = await asked<Usage>('/v1/usage')
  expect(plan_code).toBe('scale')
  expect(meters.find((each) => each.meter === 'labels')).toMatchObject({
    used: 10,
    included: 20,
    share_percent: 50,
  })
})

test('days are those of the business, hours those of UTC', async () => {
  metered.under({ time_zone: 'Asia/Kathmandu' })
  await use(1, '2026-11-20T18:14:59.999Z')
  await use(2, '2026-11-20T18:15:00.000Z')
  await use(4, '2026-11-21T08:59:00.000Z')
  const days = await asked<Series>('/v1/usage/series?meter=labels&from=2026-11-20&to=2026-11-21')
  expect(days.points).toEqual([
    { starts_at: '2026-11-19T18:15:00.000Z', day: '2026-11-20', quantity: 1 },
    { starts_at: '2026-11-20T18:15:00.000Z', day: '2026-11-21', quantity: 6 },
  ])
  const day = 'from=2026-11-21&to=2026-11-21'
  const hours = await asked<Series>(`/v1/usage/series?meter=labels&by=hour&${day}`)
  const some = hours.points.filter(({ quantity }) => quantity > 0)
  expect(some.map(({ starts_at, quantity }) => [starts_at.slice(0, 13), quantity])).toEqual([
    ['2026-11-20T18', 3],
    ['2026-11-21T08', 4],
  ])
  const long = '/v1/usage/series?meter=labels&from=2024-01-01&to=2026-01-01'
  expect((await metered.shop.send(`GET ${long}`)).status).toBe(422)
})

test('an organization sees its own lines and no quota; the business sees all', async () => {
  const east = await metered.shop.organization('East')
  await use(5)
  const theirs = { ...metered.scope, organization_id: east.id }
  await metered.file.write(theirs, (tx) => meter(tx, 'labels', 'theirs', 3, { subject_id: 'shp' }))
  expect(await usedOf('labels')).toBe(8)
  const own = await ask<Usage>('/v1/organization_usage', east.token)
  expect(own.meters.find((each) => each.meter === 'labels')).toMatchObject({
    used: 3,
    included: null,
  })
  expect(own.meters.map((each) => each.meter)).not.toContain('seats')
  const lines = await ask<Page>('/v1/organization_usage/records', east.token)
  expect(lines.data.map(({ quantity }) => quantity)).toEqual([3])
  const series = await ask<Series>('/v1/organization_usage/series?meter=labels', east.token)
  expect(series.points.at(-1)?.quantity).toBe(3)
  const refused = await metered.shop.send('GET /v1/usage', undefined, { token: east.token })
  expect(refused.status).toBe(403)
  expect((await records('subject_id=shp')).map(({ quantity }) => quantity)).toEqual([3])
})

test('a token of the business that chose an organization sees that one alone', async () => {
  const east = await metered.shop.organization('East')
  await use(5)
  const theirs = { ...metered.scope, organization_id: east.id }
  await metered.file.write(theirs, (tx) => meter(tx, 'labels', 'theirs', 3))
  const headers = { 'stowage-organization': east.id }
  const chosen = async <T>(path: string) =>
    (await metered.shop.send<T>(path, path.startsWith('POST') ? {} : undefined, { headers })).body
  const { meters } = await chosen<Usage>('GET /v1/usage')
  expect(meters.find((each) => each.meter === 'labels')).toMatchObject({ used: 3 })
  const lines = async (query = '') =>
    (await chosen<Page>(`GET /v1/usage/records?${query}`)).data.map(({ quantity }) => quantity)
  expect(await lines()).toEqual([3])
  expect(await lines(`organization_id=${metered.shop.tenant.organization_id}`)).toEqual([])
  const series = await chosen<Series>('GET /v1/usage/series?meter=labels')
  expect(series.points.at(-1)?.quantity).toBe(3)
  await metered.shop.done('POST /v1/jobs/business_usage_export', {})
  expect(await chosen<Page>('GET /v1/usage/exports')).toMatchObject({ data: [] })
  expect(await chosen('POST /v1/jobs/business_usage_export')).toMatchObject({ code: 'forbidden' })
})

test('lines are paged from the newest, within two times', async () => {
  for (let n = 1; n <= 5; n++) {
    await use(n)
    metered.shop.clock.advance(hour_ms)
  }
  const first = await ask<Page>('/v1/usage/records?meter=labels&limit=2')
  const second = await ask<Page>(
    `/v1/usage/records?meter=labels&limit=2&cursor=${first.next_cursor}`,
  )
  expect([...first.data, ...second.data].map(({ quantity }) => quantity)).toEqual([5, 4, 3, 2])
  // The same moment, said in another zone.
  const between = await records('from=2026-11-21T11:00:00%2B01:00&to=2026-11-21T12:00:00Z')
  expect(between.map(({ quantity }) => quantity)).toEqual([3, 2])
})

test('a question that makes no sense says where', async () => {
  const wrong = async (query: string) => {
    const { body } = await metered.shop.send(`GET /v1/usage?${query}`)
    return (body.errors as { pointer: string }[])[0]?.pointer
  }
  expect(await wrong('from=2026-11-01')).toBe('/query/to')
  expect(await wrong('from=2026-11-02&to=2026-11-01')).toBe('/query/to')
  expect(await wrong('period=previous&from=2026-11-02&to=2026-11-03')).toBe('/query/period')
  expect(await wrong('from=2020-11-02&to=2026-11-03')).toBe('/query/to')
})

test('nobody looks at every line to know a total', async () => {
  const { starts_at_ms } = { starts_at_ms: metered.shop.clock.now() - day_ms }
  await use(1, new Date(starts_at_ms + minute_ms).toISOString())
  const plans = metered.file.read(metered.scope, (read) =>
    [
      `SELECT coalesce(sum(quantity), 0) FROM usage_hours WHERE meter = 'labels' AND hour >= 'a' AND hour < 'b'`,
      `SELECT coalesce(sum(quantity), 0) FROM usage_records WHERE meter = 'labels' AND occurred_at >= 'a' AND occurred_at < 'b'`,
      `SELECT meter, hour FROM usage_hours WHERE touched_at >= 'a'`,
      `SELECT * FROM usage_records ORDER BY occurred_at DESC, id DESC LIMIT 26`,
      `SELECT * FROM usage_records WHERE organization_id = 'o' AND occurred_at >= 'a' ORDER BY occurred_at DESC, id DESC LIMIT 26`,
      `SELECT * FROM usage_records WHERE subject_id = 's' AND subject_id <> '' ORDER BY occurred_at DESC, id DESC LIMIT 26`,
    ].map((sql) =>
      read
        .all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
        .map(({ detail }) => detail)
        .join('; '),
    ),
  )
  for (const plan of plans) {
    expect(plan).toMatch(/USING (COVERING INDEX|INDEX|PRIMARY KEY)/)
    expect(plan).not.toContain('TEMP B-TREE')
  }
})
