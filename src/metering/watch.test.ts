import { afterEach, beforeEach, expect, test } from 'bun:test'
import { day_ms, hour_ms } from '../kit/clock.ts'
import type { TenantUsage, PlatformDays } from './schema-platform.ts'
import type { Usage, UsageRecord } from './schema.ts'
import { meter } from './meter.ts'
import { Metered } from './testing/metered.ts'
import { measure, watch } from './watch.ts'

let metered: Metered
let operator: { token: string }
beforeEach(async () => {
  metered = await Metered.open({
    time_zone: 'UTC',
    quotas: { labels: { included: 100, hard: true }, jobs: { included: 10, hard: false } },
  })
  operator = { token: await metered.shop.operatorToken() }
})
afterEach(() => metered.close())

const house = () => ({ data: metered.shop.data, services: metered.services })
const look = () => watch(house(), metered.file)
const use = (quantity: number, occurred_at?: string) =>
  metered.file.write(metered.scope, (tx) =>
    meter(tx, 'labels', tx.id('key'), quantity, occurred_at ? { occurred_at } : {}),
  )
const warnings = () =>
  metered.file.read(metered.scope, (read) =>
    read
      .all<{ recipient: string; subject: string }>(
        "SELECT recipient, subject FROM mails WHERE kind = 'usage_alert' ORDER BY id",
      )
      .map(({ recipient, subject }) => `${recipient} ${subject}`),
  )
const told = () => metered.shop.events().filter((type) => type === 'usage.threshold_reached')
const alerts = async () =>
  ((await metered.send('GET /v1/usage')).body as unknown as Usage).alerts.map(
    ({ meter, threshold_percent, used }) => [meter, threshold_percent, used] as const,
  )
const correction = (quantity: number, more: object = {}) => ({
  meter: 'labels',
  quantity,
  reason: 'Printed twice by our mistake',
  ...more,
})
const correct = (quantity: number, more: object = {}) =>
  metered.send(
    `POST /v1/platform/tenants/${metered.shop.tenant.id}/usage/corrections`,
    correction(quantity, more),
    operator,
  )

test('owners hear of half, four fifths and all of a quota, once in a period', async () => {
  await use(49)
  await look()
  expect(warnings()).toEqual([])
  await use(1)
  await Promise.all([look(), look()])
  expect(warnings()).toEqual(['mara@harbour.test 50 % of the labels of this period are used'])
  await use(29)
  await look()
  expect(told()).toHaveLength(1)
  await use(21)
  await look()
  expect(warnings().at(-1)).toBe('mara@harbour.test 100 % of the labels of this period are used')
  // 80 was passed on the way to 100: it is kept, and nobody hears of it any more.
  expect(told()).toHaveLength(2)
  expect(await alerts()).toEqual([
    ['labels', 50, 50],
    ['labels', 80, 100],
    ['labels', 100, 100],
  ])
  metered.shop.clock.set('2026-12-02T00:00:00.000Z')
  await look()
  expect(told()).toHaveLength(2)
  await use(80)
  await look()
  expect(told()).toHaveLength(3)
  expect(warnings()).toHaveLength(3)
})

test('a correction lowers the usage, and what was told is not told again', async () => {
  await use(60)
  await look()
  const { status, body } = await correct(-30)
  expect(status).toBe(201)
  expect(body).toMatchObject({ quantity: -30, corrected_by: 'Operator', is_late: false })
  const { meters } = (await metered.send('GET /v1/usage')).body as unknown as Usage
  expect(meters.find((each) => each.meter === 'labels')).toMatchObject({ used: 30 })
  await use(30)
  await look()
  expect(told()).toHaveLength(1)
})

test('a correction needs a reason, a counter, and something to take away', async () => {
  await use(5)
  const pointer = async (quantity: number, more: object = {}) => {
    const { body } = await correct(quantity, more)
    return (body.errors as { pointer: string }[])[0]?.pointer
  }
  expect(await pointer(-6)).toBe('/quantity')
  expect(await pointer(0)).toBe('/quantity')
  expect(await pointer(-1, { reason: 'no' })).toBe('/reason')
  expect(await pointer(-1, { meter: 'seats' })).toBe('/meter')
  expect(await pointer(-1, { day: '2026-11-22' })).toBe('/day')
  const nowhere = await correct(-1, { organization_id: 'org_01h455vb4pex5vsknk084sn02q' })
  expect(nowhere.status).toBe(404)
  // Of the period before, where nothing was counted.
  expect(await pointer(-1, { day: '2026-10-22' })).toBe('/quantity')
  expect((await correct(-5)).status).toBe(201)
})

test('two corrections that together take too much: one wins', async () => {
  await use(5)
  const both = await Promise.all([correct(-4), correct(-4)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
})

test('a retry of a correction is one correction', async () => {
  await use(5)
  const route = `POST /v1/platform/tenants/${metered.shop.tenant.id}/usage/corrections`
  const init = { ...operator, key: 'the-same' }
  await metered.send(route, correction(-2), init)
  const again = await metered.send(route, correction(-2), init)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  const { data } = (
    await metered.send(
      `GET /v1/platform/tenants/${metered.shop.tenant.id}/usage/records`,
      undefined,
      operator,
    )
  ).body as unknown as { data: UsageRecord[] }
  expect(data.map(({ quantity }) => quantity).sort()).toEqual([-2, 5])
})

test('every hour the stored bytes and the people are read, once', async () => {
  const { shop } = metered
  const bytes = new TextEncoder().encode('a label')
  const about = { content_type: 'text/plain', name: 'label.txt', collection: 'labels' }
  await metered.services.objects(shop.tenant.id).put(bytes, about)
  await Promise.all([measure(house(), metered.file), measure(house(), metered.file)])
  const file_bytes = metered.file.read(metered.scope, (read) =>
    read.get<{ n: number }>(
      'SELECT page_count * page_size AS n FROM pragma_page_count(), pragma_page_size()',
    ),
  )!.n
  const { meters } = (await metered.send('GET /v1/usage')).body as unknown as Usage
  const of = (name: string) => meters.find((each) => each.meter === name)!
  expect(of('storage_bytes').used).toBe(file_bytes + bytes.length)
  expect(of('seats')).toMatchObject({ used: 1, highest: 1, projected: null })
  const lines = () =>
    metered.file.read(metered.scope, (read) =>
      read.all('SELECT key FROM usage_records WHERE meter IN (?, ?)', 'seats', 'storage_bytes'),
    )
  expect(lines()).toHaveLength(2)
  shop.clock.advance(hour_ms)
  await measure(house(), metered.file)
  expect(lines()).toHaveLength(4)
})

test('the operator sees all businesses by their use, and all together by day', async () => {
  await use(7, '2026-11-19T23:59:59.999Z')
  await use(60)
  await look()
  const top = () =>
    metered
      .send('GET /v1/platform/usage?meter=labels', undefined, operator)
      .then(({ body }) => (body as unknown as { data: TenantUsage[] }).data)
  const days = () =>
    metered
      .send('GET /v1/platform/usage/days?meter=labels', undefined, operator)
      .then(({ body }) => (body as unknown as PlatformDays).points)
      .then((points) => points.filter(({ quantity }) => quantity > 0))
  expect(await top()).toMatchObject([
    { name: 'Harbour Goods', used: 67, included: 100, share_percent: 67, plan_code: 'growth' },
  ])
  expect(await days()).toEqual([
    { day: '2026-11-19', quantity: 7, tenants: 1 },
    { day: '2026-11-21', quantity: 60, tenants: 1 },
  ])
  // What comes late changes the day it is of, and nothing is written when nothing changed.
  metered.shop.clock.advance(day_ms)
  await use(1, '2026-11-19T12:00:00.000Z')
  metered.shop.clock.advance(1)
  await look()
  expect((await days())[0]).toEqual({ day: '2026-11-19', quantity: 8, tenants: 1 })
  const [{ measured_at } = {}] = await top()
  metered.shop.clock.advance(hour_ms)
  await look()
  expect((await top())[0]?.measured_at).toBe(measured_at!)
})

test('the operator looks at one business as it is now, and nobody else does', async () => {
  await use(12)
  const path = `/v1/platform/tenants/${metered.shop.tenant.id}/usage`
  const { body } = await metered.send(`GET ${path}`, undefined, operator)
  const { meters, plan_code } = body as unknown as Usage
  expect(plan_code).toBe('growth')
  expect(meters.find((each) => each.meter === 'labels')).toMatchObject({ used: 12, included: 100 })
  expect((await metered.send(`GET ${path}`)).status).toBe(403)
  expect((await metered.send(`POST ${path}/corrections`, correction(-1))).status).toBe(403)
})
