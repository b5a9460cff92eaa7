import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { liveIn } from '../../tests/lived-in.ts'
import { Shop } from '../../tests/shop.ts'
import { proveAudit } from '../audit/prove.ts'
import { systemScope } from '../db/scope.ts'
import { proveWhole } from '../ledger/proof/prove-whole.ts'
import { watchAllRequirements } from '../lifecycle/schedules.ts'
import { finishPending } from '../tenants/finish-pending.ts'
import { reserveTenant } from '../tenants/found.ts'
import { makeBranch } from './make.ts'
import { removeSibling } from './remove.ts'
import { removeExpiredSiblings } from './schedules.ts'
import type { MadeSibling, Sibling } from './schema.ts'
import { insertSibling } from './store.ts'

let shop: Shop
const fail = (error: unknown) => {
  throw error
}
beforeAll(async () => {
  shop = await Shop.open()
  await liveIn(shop, shop.tenant.token)
}, 60_000)
afterAll(() => shop.close())

const make = (kind: 'sandboxes' | 'branches', wish: object = {}) =>
  shop.done<MadeSibling>(`POST /v1/${kind}`, wish)
const family = async () => (await shop.done<{ data: Sibling[] }>('GET /v1/siblings')).data
const remove = (id: string) => shop.done<Sibling>(`DELETE /v1/siblings/${id}`)

interface Shown {
  data: Record<string, unknown>[]
}
const list = (what: string, token: string) =>
  shop.done<Shown>(`GET /v1/${what}`, undefined, { token })

const rows = <T>(id: string, sql: string): T[] =>
  shop.data.tenants.at(id).read(systemScope('test'), (read) => read.all<T>(sql))
const count = (id: string, table: string): number =>
  rows<{ n: number }>(id, `SELECT count(*) AS n FROM ${table}`)[0]!.n

test('a sandbox begins empty, beside the live business, with a token of its own', async () => {
  const sandbox = await make('sandboxes')
  expect(sandbox).toMatchObject({
    name: 'Harbour Goods (sandbox)',
    kind: 'sandbox',
    environment: 'sandbox',
    status: 'active',
    is_here: false,
    anonymised: null,
    expires_at: null,
  })
  expect((await list('items', sandbox.api_token)).data).toEqual([])
  await shop.done('POST /v1/items', { sku: 'MUG', name: 'Try' }, { token: sandbox.api_token })
  expect((await list('items', shop.tenant.token)).data).toHaveLength(3)
  expect((await family()).map(({ kind, is_here }) => [kind, is_here])).toEqual([
    ['primary', true],
    ['sandbox', false],
  ])
  const mails = shop.data.platform.read(shop.scope, (read) =>
    read.all<{ subject: string }>('SELECT subject FROM mails'),
  )
  expect(mails.filter(({ subject }) => subject.includes('sandbox'))).toEqual([])
  const second = await shop.send('POST /v1/sandboxes', {}, { token: sandbox.api_token })
  expect(second.body).toMatchObject({ code: 'conflict' })
  await remove(sandbox.id)
})

describe('a branch', () => {
  let branch: MadeSibling
  beforeAll(async () => {
    branch = await make('branches', { name: 'Before the move' })
  })

  test('is the live business as it was, with its ledger intact and proven', async () => {
    expect((await list('items', branch.api_token)).data).toHaveLength(3)
    const [order] = (await list('sales_orders', branch.api_token)).data
    expect(order).toMatchObject({ ship_to: { person_name: 'Ada Lane' } })
    const report = await proveWhole(shop.data.tenants.open(branch.id))
    expect(report).toMatchObject({ holds: true, through_seq: branch.ledger!.postings })
    expect(report.head_hash).toBe(branch.ledger!.head_hash)
    const live = await proveWhole(shop.data.tenants.open(shop.tenant.id))
    expect(live.head_hash).toBe(branch.ledger!.head_hash)
    const trail = shop.data.tenants
      .at(branch.id)
      .read(shop.scope, (read) => proveAudit(read, { after: 0 }))
    expect(trail.holds).toBe(true)
  })

  test('does not know the tokens, the passwords and the sessions of the live business', async () => {
    const inside = shop.tenant.token.replace(/[0-9a-z]{26}/, branch.id.replace('ten_', ''))
    expect(inside).not.toBe(shop.tenant.token)
    expect((await shop.send('GET /v1/items', undefined, { token: inside })).status).toBe(401)
    expect((await list('tokens', branch.api_token)).data).toHaveLength(1)
    for (const table of ['sessions', 'setup_links', 'idempotency_keys', 'invitations']) {
      expect([table, count(branch.id, table)]).toEqual([table, 0])
    }
    expect(rows(branch.id, 'SELECT id FROM users WHERE password_hash IS NOT NULL')).toEqual([])
  })

  test('cannot act outside: no webhooks, no mails, no jobs, no real carriers', async () => {
    for (const table of ['webhook_endpoints', 'webhook_deliveries', 'mails', 'jobs']) {
      expect([table, count(branch.id, table)]).toEqual([table, 0])
    }
    expect(count(shop.tenant.id, 'webhook_endpoints')).toBeGreaterThan(0)
    expect(rows(branch.id, 'SELECT id FROM trackers WHERE next_ask_at IS NOT NULL')).toEqual([])
    const [connection] = (await list('carrier_connections', branch.api_token)).data
    // This installation has no simulator: it is paused.
    expect(connection).toMatchObject({ mode: 'sandbox', base_url: null, active: false })
  })

  test('what happens in one does not happen in the other', async () => {
    const before = (await list('items', shop.tenant.token)).data.length
    await shop.done('POST /v1/items', { sku: 'NEW', name: 'New' }, { token: branch.api_token })
    expect((await list('items', shop.tenant.token)).data).toHaveLength(before)
  })

  test('shares the bytes of labels, and neither can change those of the other', async () => {
    const { objects } = shop.house.door.services
    const [here, there] = [objects(shop.tenant.id), objects(branch.id)]
    const keys = (await Array.fromAsync(here.list('labels'))).map(({ key }) => key)
    expect(keys.length).toBeGreaterThan(0)
    expect((await Array.fromAsync(there.list('labels'))).map(({ key }) => key)).toEqual(keys)
    const { object, bytes } = await here.read(keys[0]!)
    const about = { ...object, collection: 'labels' }
    // Damaged on one side and healed on that side alone.
    await there.remove(keys[0]!)
    expect((await here.read(keys[0]!)).bytes).toEqual(bytes)
    await there.put(bytes, about)
    await there.put(new Uint8Array([1, 2, 3]), about)
    expect(await Array.fromAsync(here.list('labels'))).toHaveLength(keys.length)
  })

  test('is removed with everything, and its name is free again', async () => {
    const folder = shop.data.tenants.folderOf(branch.id)
    expect(existsSync(folder)).toBe(true)
    expect(await remove(branch.id)).toMatchObject({ status: 'deleted' })
    expect(existsSync(folder)).toBe(false)
    const gone = await shop.send('GET /v1/items', undefined, { token: branch.api_token })
    expect(gone.status).toBe(401)
    expect(await family()).toHaveLength(1)
    expect((await shop.send(`DELETE /v1/siblings/${branch.id}`)).status).toBe(404)
    const again = await make('branches', { name: 'Before the move' })
    expect(again.slug).toBe(branch.slug)
    await remove(again.id)
  })
})

test('one that is only for a while goes by itself', async () => {
  const over = await shop.send('POST /v1/sandboxes', { expires_at: '2026-11-20T00:00:00.000Z' })
  expect(over.body).toMatchObject({ code: 'invalid', errors: [{ pointer: '/expires_at' }] })
  const wish = { expires_at: '2026-11-21T10:00:00.000Z' }
  const { id } = await make('sandboxes', wish)
  const { data, services, log } = shop.house.door
  const run = () =>
    removeExpiredSiblings.run({
      data,
      services,
      log,
      signal: new AbortController().signal,
    } as never)
  expect(await run()).toEqual({ removed: 0, failed: 0 })
  shop.clock.advance(2 * 60 * 60_000)
  expect(await run()).toEqual({ removed: 1, failed: 0 })
  expect(data.tenants.exists(id)).toBe(false)
})

test('of two that want the last room at once, one gets it', async () => {
  const terms = {
    plan: { code: 'small', name: 'Small' },
    ...{ refusals: {}, quotas: {}, rates: {}, is_paying: false, time_zone: 'UTC', period_day: 1 },
    limits: { tenants: (await family()).length + 1 },
  }
  const { data, services } = shop.house.door
  const scope = { ...systemScope('test', '', shop.tenant.id), terms }
  const asker = { data, services, scope, parent_id: shop.tenant.id }
  const both = await Promise.allSettled([makeBranch(asker, {}), makeBranch(asker, {})])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  const [refused] = both.filter((each) => each.status === 'rejected')
  expect(refused).toMatchObject({ reason: { code: 'limit_reached' } })
  for (const made of both) if (made.status === 'fulfilled') await remove(made.value.id)
})

test('what a crash left of a half-made branch is gone after the start', async () => {
  const { data } = shop
  const before = (await family()).length
  const id = await data.platform.write(shop.scope, (tx) => {
    const wish = { name: 'Half', admin_email: 'a@b.test', environment: 'sandbox' as const }
    const sibling = { kind: 'branch' as const, parent_id: shop.tenant.id }
    const tenant_id = reserveTenant(tx, { ...wish, sibling })
    insertSibling(tx, { tenant_id, anonymised: 0, expires_at: null })
    return tenant_id
  })
  const aside = join(data.path, 'tenants', `.making-${id}`)
  mkdirSync(aside)
  await data.tenants.open(shop.tenant.id).copyTo(join(aside, 'tenant.db'))
  expect(await finishPending(data, shop.house.door.services.objects, fail)).toEqual([id])
  expect(existsSync(aside)).toBe(false)
  expect(await family()).toHaveLength(before)
})

test('what the live business may use counts beside it too', async () => {
  const token = await shop.operatorToken()
  const sandbox = await make('sandboxes')
  const inside = { token: sandbox.api_token }
  const found = () => shop.send('POST /v1/organizations', { name: 'Team' }, inside)
  expect((await found()).status).toBe(201)
  const at = `POST /v1/platform/tenants/${shop.tenant.id}/overrides`
  const without = { kind: 'feature', name: 'organizations', value: false, reason: 'A test.' }
  const { id } = await shop.done<{ id: string }>(at, without, { token })
  expect((await found()).body).toMatchObject({ code: 'feature_unavailable' })
  await shop.done(`DELETE /v1/platform/plan_overrides/${id}`, undefined, { token })
  await remove(sandbox.id)
})

test('a removal that was cut off goes on when it is asked again', async () => {
  const { id } = await make('sandboxes')
  const { data, services } = shop.house.door
  const broken = { removeAll: () => Promise.reject(new Error('the bucket is away')) }
  const cut = { ...services, objects: () => broken as never }
  const scope = systemScope('test')
  const first = removeSibling({ data, services: cut, scope }, shop.tenant.id, id)
  expect(first).rejects.toThrow('the bucket is away')
  await first.catch(() => undefined)
  const [left] = (await family()).filter((each) => each.id === id)
  expect(left).toMatchObject({ status: 'closing' })
  expect(await remove(id)).toMatchObject({ status: 'deleted' })
  expect(data.tenants.exists(id)).toBe(false)
})

test('nothing of one that was removed is looked after any more', async () => {
  const token = await shop.operatorToken()
  const { id } = await make('sandboxes')
  const at = `POST /v1/platform/tenants/${id}`
  const seats = { kind: 'limit', name: 'seats', value: 3, reason: 'A test.' }
  await shop.done(`${at}/overrides`, seats, { token })
  const due_at = new Date(shop.clock.now() + 3_600_000).toISOString()
  const wish = { code: 'second_factor', capabilities: ['webhooks'], due_at }
  await shop.done(`${at}/requirements`, wish, { token })
  await shop.done(`${at}/suspend`, { reason: 'A test.' }, { token })
  const { services, log } = shop.house.door
  const watched = () =>
    watchAllRequirements.run({
      ...{ run_id: 'run', due_at: '', data: shop.data, services, log },
      signal: new AbortController().signal,
      eachTenant: () => Promise.resolve(),
    })
  const { businesses } = await watched()
  await shop.done(`${at}/resume`, undefined, { token })
  await remove(id)
  expect(await watched()).toMatchObject({ businesses: Number(businesses) - 1, failed: 0 })
  const left = shop.data.platform.read(systemScope('test'), (read) =>
    ['requirements', 'plan_overrides', 'tenant_pauses', 'told_states', 'domains'].filter((table) =>
      read.get(`SELECT 1 FROM ${table} WHERE tenant_id = ?`, id),
    ),
  )
  expect(left).toEqual([])
})

test('the operator makes, sees and removes them for a business', async () => {
  const token = await shop.operatorToken()
  const at = `/v1/platform/tenants/${shop.tenant.id}`
  const branch = await shop.done<MadeSibling>(`POST ${at}/branches`, {}, { token })
  const listed = await shop.done<{ data: Sibling[] }>(`GET ${at}/siblings`, undefined, { token })
  expect(listed.data.map(({ id }) => id)).toContain(branch.id)
  await shop.done(`DELETE ${at}/siblings/${branch.id}`, undefined, { token })
  expect(shop.data.tenants.exists(branch.id)).toBe(false)
})

test('the live business writes on while it is copied', async () => {
  const [branch] = await Promise.all([
    make('branches'),
    ...Array.from({ length: 100 }, (_, n) =>
      shop.done('POST /v1/items', { sku: `B-${n}`, name: 'While' }),
    ),
  ])
  const report = await proveWhole(shop.data.tenants.open(branch.id))
  expect(report.holds).toBe(true)
  const ok = rows<{ integrity_check: string }>(branch.id, 'PRAGMA integrity_check')
  expect(ok).toEqual([{ integrity_check: 'ok' }])
  await remove(branch.id)
}, 30_000)
