import { afterEach, beforeEach, expect, test } from 'bun:test'
import { join } from 'node:path'
import { Type } from '@sinclair/typebox'
import pino from 'pino'
import { Shop } from '../../tests/shop.ts'
import { day_ms } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { systemScope } from '../db/scope.ts'
import { openObjects } from '../objects/open-objects.ts'
import type { Services } from '../operations/services.ts'
import { foundTenant } from '../tenants/found.ts'
import { enqueue } from './enqueue.ts'
import { forgetJobs } from './forget.ts'
import { jobKind, type JobContext, type JobKind } from './kind.ts'
import { LeaseLost } from './lease.ts'
import { JobRunner } from './runner.ts'
import type { Job, JobDetail } from './schema.ts'

let shop: Shop
let services: Services
const runners: JobRunner[] = []

beforeEach(async () => {
  shop = await Shop.open()
  const scratch_folder = join(shop.folder, 'scratch')
  const folderOf = (id: string) => shop.data.tenants.folderOf(id)
  const objects = openObjects({ kind: 'local' }, { folderOf, scratch_folder })
  services = { ...shop.house.door.services, objects }
})
afterEach(async () => {
  for (const runner of runners.splice(0)) await runner.stop(50)
  await shop.close()
})

const kind = (run: (context: JobContext, input: { n: number }) => Promise<object>): JobKind =>
  jobKind({
    kind: 'counting',
    summary: 'Count',
    permission: 'jobs.write',
    input: Type.Object({ n: Type.Integer() }),
    run,
  })

function runner(of: JobKind, concurrency = 4): JobRunner {
  const { data } = shop
  const made = new JobRunner({
    data,
    services,
    kinds: [of],
    log: pino({ level: 'silent' }),
    concurrency,
  })
  runners.push(made)
  made.start()
  return made
}

const scope = (tenant_id = shop.tenant.id, organization_id = shop.tenant.organization_id) =>
  systemScope('test', organization_id, tenant_id)
const ask = (of: JobKind, n = 1): Promise<Job> =>
  shop.data.tenants.at(shop.tenant.id).write(scope(), (tx) => enqueue(tx, of, { n }))
const see = (id: string) => shop.done<JobDetail>(`GET /v1/jobs/${id}`)

/** Waits for what runs at the same time; never longer than the test may take. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 800; tries += 1) {
    if (await holds()) return
    await Bun.sleep(5)
  }
  throw new Error('it did not happen')
}

test('a job runs, shows how far it is, and leaves a log, an artifact and an answer', async () => {
  const count = kind(async (context, { n }) => {
    await context.log('begun')
    await context.progress({ done: 1, total: n, note: 'one' })
    for (const text of ['two', 'three']) {
      await context.artifact('count.txt', new TextEncoder().encode(text), 'text/plain')
    }
    return { counted: n }
  })
  const running = runner(count)
  const { id } = await ask(count, 3)
  await running.idle()
  const done = await see(id)
  expect(done).toMatchObject({
    state: 'succeeded',
    output: { counted: 3 },
    progress: { done: 1, total: 3, note: 'one' },
    attempt_count: 1,
    error: null,
  })
  expect(done.log.map(({ message }) => message)).toEqual(['begun'])
  expect(done.artifacts).toMatchObject([{ name: 'count.txt', size_bytes: 5 }])
  expect(shop.events()).toEqual(['job.succeeded'])
  expect(await Array.fromAsync(services.objects(shop.tenant.id).list())).toHaveLength(1)

  const file = shop.data.tenants.at(shop.tenant.id)
  const store = services.objects(shop.tenant.id)
  expect(await forgetJobs(file, scope(), store)).toEqual({ artifacts: 0, jobs: 0 })
  shop.clock.advance(91 * day_ms)
  expect(await forgetJobs(file, scope(), store)).toEqual({ artifacts: 1, jobs: 1 })
  expect(await Array.fromAsync(store.list())).toEqual([])
  expect((await shop.send(`GET /v1/jobs/${id}`)).status).toBe(404)
})

test('our own failures are tried again with growing waits; a problem is final', async () => {
  let runs = 0
  const failing = kind(async (_context, { n }) => {
    runs += 1
    if (n === 2) throw new Problem('conflict', 'Two are never counted.')
    throw new Error('broken')
  })
  const running = runner(failing)
  const { id } = await ask(failing)
  for (const wait_ms of [0, 30_000, 120_000, day_ms]) {
    shop.clock.advance(wait_ms)
    running.ring()
    await running.idle()
  }
  expect(runs).toBe(3)
  expect(await see(id)).toMatchObject({ state: 'failed', error: { code: 'internal' } })

  const final = await ask(failing, 2)
  await running.idle()
  const error = { code: 'conflict', detail: 'Two are never counted.' }
  expect(await see(final.id)).toMatchObject({ state: 'failed', attempt_count: 1, error })
  expect(shop.events()).toEqual(['job.failed', 'job.failed'])

  const again = await shop.send<Job>(`POST /v1/jobs/${final.id}/retry`)
  expect(again.body).toMatchObject({ state: 'queued', attempt_count: 0 })
  await running.idle()
  expect(runs).toBe(5)
})

test('a job of a dead process is taken over, and the old worker can write nothing more', async () => {
  const release = Promise.withResolvers<void>()
  const outcomes: unknown[] = []
  const stuck = kind(async (context) => {
    if (context.attempt === 1) {
      await release.promise
      outcomes.push(await context.log('too late').catch((error: unknown) => error))
    }
    return { attempt: context.attempt }
  })
  const first = runner(stuck)
  const { id } = await ask(stuck)
  await until(async () => (await see(id)).state === 'running')
  const second = runner(stuck)
  await until(async () => (await see(id)).state === 'succeeded')
  release.resolve()
  await Promise.all([first.idle(), second.idle()])
  expect(outcomes[0]).toBeInstanceOf(LeaseLost)
  expect(await see(id)).toMatchObject({ output: { attempt: 2 }, attempt_count: 2, log: [] })
  expect(shop.events()).toEqual(['job.succeeded'])
})

test('cancel: a queued job never begins, a running one stops at its next step', async () => {
  let begun = 0
  const patient = kind(async ({ signal }) => {
    begun += 1
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    )
    return {}
  })
  const running = runner(patient)
  const one = await ask(patient)
  const two = await ask(patient)
  await until(() => begun === 1)
  expect(await shop.done(`POST /v1/jobs/${two.id}/cancel`)).toMatchObject({ state: 'cancelled' })
  await shop.done(`POST /v1/jobs/${one.id}/cancel`)
  await running.idle()
  expect(await see(one.id)).toMatchObject({ state: 'cancelled' })
  expect(begun).toBe(1)
  const late = await shop.send(`POST /v1/jobs/${one.id}/cancel`)
  expect(late.body.code).toBe('job_finished')
})

test('a job that could not begin in time expires', async () => {
  const never = kind(() => Promise.resolve({}))
  const { id } = await ask(never)
  shop.clock.advance(8 * day_ms)
  await runner(never).idle()
  expect(await see(id)).toMatchObject({ state: 'expired', attempt_count: 0 })
  expect(shop.events()).toEqual(['job.expired'])
})

test('stopping gives running jobs back without counting the try', async () => {
  let begun = false
  const patient = kind(async ({ signal }) => {
    begun = true
    await new Promise((_resolve, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason as Error)),
    )
    return {}
  })
  const running = runner(patient)
  const { id } = await ask(patient)
  await until(() => begun)
  await running.stop()
  expect(await see(id)).toMatchObject({ state: 'queued', attempt_count: 0 })
})

test('every business has its turn: a long queue of one does not hold up another', async () => {
  const other = await foundTenant(shop.data, systemScope('test'), {
    name: 'Quay Supplies',
    domain: 'quay',
    admin_email: 'ines@quay.test',
    environment: 'sandbox',
  })
  const order: string[] = []
  const count = kind(async (context) => {
    order.push(context.tenant_id)
    return {}
  })
  for (let n = 0; n < 6; n += 1) await ask(count)
  const theirs = scope(other.id, other.organization_id)
  await shop.data.tenants.at(other.id).write(theirs, (tx) => enqueue(tx, count, { n: 1 }))
  await runner(count, 1).idle()
  expect(order).toHaveLength(7)
  expect(order.indexOf(other.id)).toBeLessThan(2)
})
