import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import pino from 'pino'
import { Shop } from '../../tests/shop.ts'
import { day_ms, hour_ms } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { Read } from '../db/session.ts'
import { getRun, getSchedule, listRuns } from './read.ts'
import { runNow } from './run-now.ts'
import { nextTime } from './next.ts'
import type { RunContext, Schedule } from './schedule.ts'
import { Scheduler } from './scheduler.ts'
import { forgetIdempotencyKeys } from './upkeep.ts'

let shop: Shop
const started: Scheduler[] = []
beforeEach(async () => {
  shop = await Shop.open()
})
afterEach(async () => {
  for (const scheduler of started.splice(0)) await scheduler.stop()
  await shop.close()
})

const scope = systemScope('test')
const nightly = (
  run: (context: RunContext) => Promise<Record<string, unknown>>,
  more: Partial<Schedule> = {},
): Schedule => ({
  name: 'nightly',
  summary: 'Something at night.',
  cron: '0 3 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  run,
  ...more,
})

async function start(schedule: Schedule, ids: string[] = [shop.tenant.id]): Promise<Scheduler> {
  const tenants = (after: string, limit: number) => ids.filter((id) => id > after).slice(0, limit)
  const { data, house } = shop
  const scheduler = new Scheduler({
    data,
    services: house.door.services,
    schedules: [schedule],
    tenants,
    log: pino({ level: 'silent' }),
  })
  started.push(scheduler)
  await scheduler.start()
  await scheduler.idle()
  return scheduler
}

const ask = <T extends object>(query: (read: Read) => T): T =>
  shop.data.platform.read(scope, query as never) as T
const history = () => ask((read) => listRuns(read, { name: 'nightly' })).data

async function after(scheduler: Scheduler, by_ms: number): Promise<void> {
  shop.clock.advance(by_ms)
  scheduler.wake()
  await scheduler.idle()
}

describe('next', () => {
  const table: [cron: string, zone: string, after: string, next: string][] = [
    ['0 3 * * *', 'UTC', '2026-11-21T09:00:00Z', '2026-11-22T03:00:00.000Z'],
    ['0 3 * * *', 'UTC', '2026-11-22T03:00:00Z', '2026-11-23T03:00:00.000Z'],
    ['*/15 * * * *', 'UTC', '2026-11-21T09:01:00Z', '2026-11-21T09:15:00.000Z'],
    ['0 9 * * 1', 'America/New_York', '2026-11-21T09:00:00Z', '2026-11-23T14:00:00.000Z'],
    // In Berlin clocks go forward on 28 March 2027 and back on 31 October.
    ['30 12 * * *', 'Europe/Berlin', '2027-03-27T12:00:00Z', '2027-03-28T10:30:00.000Z'],
    ['30 12 * * *', 'Europe/Berlin', '2027-10-30T12:00:00Z', '2027-10-31T11:30:00.000Z'],
  ]
  test.each(table)('%s in %s after %s', (cron, zone, from, next) => {
    expect(nextTime(cron, zone, Date.parse(from))).toBe(next)
  })
})

test('it runs at its time, keeps the facts, and knows when it runs next', async () => {
  const scheduler = await start(nightly(() => Promise.resolve({ found: 7 })))
  expect(ask((read) => getSchedule(read, { name: 'nightly' }))).toMatchObject({
    next_at: '2026-11-22T03:00:00.000Z',
    last_run: null,
  })
  await after(scheduler, 17 * hour_ms)
  expect(history()).toEqual([])
  await after(scheduler, hour_ms)
  expect(history()).toMatchObject([
    {
      cause: 'schedule',
      state: 'succeeded',
      facts: { found: 7 },
      due_at: '2026-11-22T03:00:00.000Z',
    },
  ])
  expect(ask((read) => getSchedule(read, { name: 'nightly' })).next_at).toBe(
    '2026-11-23T03:00:00.000Z',
  )
})

test.each(['once', 'skip'] as const)('times that were missed: %s', async (catch_up) => {
  const schedule = nightly(() => Promise.resolve({}), { catch_up })
  await (await start(schedule)).stop()
  shop.clock.advance(5 * day_ms)
  await start(schedule)
  const expected = catch_up === 'once' ? [{ cause: 'catch_up', state: 'succeeded' }] : []
  expect(history()).toMatchObject(expected)
  expect(ask((read) => getSchedule(read, { name: 'nightly' })).next_at).toBe(
    '2026-11-27T03:00:00.000Z',
  )
})

test('a business that fails is written down and the next one has its turn', async () => {
  const seen: string[] = []
  const schedule = nightly(async ({ eachTenant }) => {
    await eachTenant(async ({ tenant_id }) => {
      if (tenant_id === 'ten_b') throw new Error('its file is broken')
      seen.push(tenant_id)
    })
    return { seen: seen.length }
  })
  const scheduler = await start(schedule, ['ten_a', 'ten_b', 'ten_c'])
  await shop.data.platform.write(scope, (tx) => runNow(tx, { name: 'nightly' }))
  await scheduler.idle()
  expect(seen).toEqual(['ten_a', 'ten_c'])
  const [run] = history()
  expect(run).toMatchObject({
    cause: 'manual',
    state: 'failed',
    tenants_done: 3,
    tenants_failed: 1,
  })
  expect(ask((read) => getRun(read, { id: run!.id })).failures).toMatchObject([
    { tenant_id: 'ten_b', detail: 'its file is broken' },
  ])
})

test('a run that is cut off goes on after the business it was at', async () => {
  const ids = Array.from({ length: 50 }, (_, n) => `ten_${String(n).padStart(2, '0')}`)
  const seen: string[] = []
  const schedule = nightly(async ({ eachTenant }) => {
    await eachTenant(async ({ tenant_id }) => {
      seen.push(tenant_id)
      if (seen.length === 30) void first.stop()
      await Bun.sleep(0)
    })
    return {}
  })
  const first: Scheduler = await start(schedule, ids)
  await shop.data.platform.write(scope, (tx) => runNow(tx, { name: 'nightly' }))
  await first.idle()
  expect(seen).toHaveLength(30)
  expect(history()).toMatchObject([{ state: 'queued', tenants_done: 30 }])
  await start(schedule, ids)
  expect(seen).toEqual(ids)
  expect(history()).toMatchObject([{ state: 'succeeded', tenants_done: 50, attempt_count: 1 }])
})

test('two runs of one schedule never overlap', async () => {
  const release = Promise.withResolvers<void>()
  let runs = 0
  const scheduler = await start(
    nightly(async () => {
      runs += 1
      await release.promise
      return {}
    }),
  )
  const ask_now = () => shop.data.platform.write(scope, (tx) => runNow(tx, { name: 'nightly' }))
  const [one, two] = await Promise.allSettled([ask_now(), ask_now()])
  expect([one.status, two.status]).toEqual(['fulfilled', 'rejected'])
  expect(two).toMatchObject({ reason: { code: 'schedule_running' } })
  release.resolve()
  await scheduler.idle()
  expect(runs).toBe(1)
})

test('answers kept for retries are forgotten after a day', async () => {
  const body = { sku: 'CUP', name: 'Cup' }
  await shop.done('POST /v1/items', body, { key: 'cup' })
  const scheduler = await start({ ...forgetIdempotencyKeys, name: 'nightly' })
  await after(scheduler, 18.5 * hour_ms)
  expect((await shop.send('POST /v1/items', body, { key: 'cup' })).status).toBe(201)
  await after(scheduler, day_ms)
  expect((await shop.send('POST /v1/items', body, { key: 'cup' })).status).toBe(409)
  expect(history()).toMatchObject([{ facts: { forgotten: 1 } }, { facts: { forgotten: 0 } }])
})
