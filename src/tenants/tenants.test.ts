import { afterAll, beforeAll, expect, test } from 'bun:test'
import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { finishPending } from './finish-pending.ts'
import type { CreatedTenant, Tenant } from './schema.ts'
import { insertTenant } from './store.ts'

let shop: Shop
let token: string
beforeAll(async () => {
  shop = await Shop.open()
  token = await shop.operatorToken()
})
afterAll(() => shop.close())

const create = (wish: object, key?: string) =>
  shop.send<CreatedTenant>(
    'POST /v1/platform/tenants',
    { name: 'Quay Goods', admin_email: 'ida@quay.test', ...wish },
    { token, ...(key && { key }) },
  )
const platformEvents = () =>
  shop.data.platform.read(systemScope('test'), (read) =>
    read.all<{ type: string }>('SELECT type FROM events ORDER BY seq'),
  )

test('a business is founded ready to use, and a retry is not a second one', async () => {
  const first = await create({}, 'found-quay')
  expect(first.status).toBe(201)
  expect(first.body).toMatchObject({ slug: 'quay-goods', status: 'active', environment: 'live' })
  const again = await create({}, 'found-quay')
  expect(again.text).toBe(first.text)
  const items = await shop.send('GET /v1/items', undefined, { token: first.body.token })
  expect(items.status).toBe(200)
  const owner = await shop.done<{ data: object[] }>('GET /v1/members', undefined, first.body)
  expect(owner.data).toMatchObject([{ email: 'ida@quay.test', role: 'owner', has_password: false }])
  expect((await create({})).body.slug).toBe('quay-goods-2')
  expect((await create({ slug: 'quay-goods' })).body).toMatchObject({ code: 'duplicate_slug' })
  expect((await create({ slug: 'admin' })).body).toMatchObject({ code: 'duplicate_slug' })
})

test('of two that want one short name at once, one gets it', async () => {
  const answers = await Promise.all([create({ slug: 'pier' }), create({ slug: 'pier' })])
  expect(answers.map((answer) => answer.status).sort()).toEqual([201, 409])
})

test('a suspended business is read and not written, until it goes on', async () => {
  const { id, token: inside } = (await create({ name: 'Late Payer' })).body
  const item = { sku: 'A', name: 'A' }
  expect((await shop.send('POST /v1/items', item, { token: inside })).status).toBe(201)
  const reason = 'The invoice of October is open.'
  const suspended = await shop.done<Tenant>(
    `POST /v1/platform/tenants/${id}/suspend`,
    { reason },
    { token },
  )
  expect(suspended).toMatchObject({ status: 'suspended', status_reason: reason, version: 3 })
  expect((await shop.send('GET /v1/items', undefined, { token: inside })).status).toBe(200)
  const write = await shop.send('POST /v1/items', { sku: 'B', name: 'B' }, { token: inside })
  expect(write.status).toBe(403)
  expect(write.body.detail).toContain(reason)
  await shop.done(`POST /v1/platform/tenants/${id}/resume`, undefined, { token })
  const after = await shop.send('POST /v1/items', { sku: 'B', name: 'B' }, { token: inside })
  expect(after.status).toBe(201)
  expect(
    platformEvents()
      .slice(-3)
      .map(({ type }) => type),
  ).toEqual(['tenant.created', 'tenant.suspended', 'tenant.resumed'])
})

test('a change needs the version that was read', async () => {
  const { id } = (await create({ name: 'Versioned' })).body
  const path = `PATCH /v1/platform/tenants/${id}`
  const change = { name: 'Versioned Ltd' }
  expect((await shop.send(path, change, { token })).status).toBe(428)
  expect((await shop.send(path, change, { token, etag: '"9"' })).status).toBe(412)
  const changed = await shop.send<Tenant>(path, change, { token, etag: '"2"' })
  expect(changed.body).toMatchObject({ name: 'Versioned Ltd', version: 3 })
  const stale = `POST /v1/platform/tenants/${id}/suspend`
  expect((await shop.send(stale, {}, { token, etag: '"2"' })).status).toBe(412)
})

test('tenants are found by name, state and kind, in pages', async () => {
  const list = (query: string) =>
    shop.done<{ data: Tenant[]; has_more: boolean }>(
      `GET /v1/platform/tenants?${query}`,
      undefined,
      { token },
    )
  await create({ name: 'Zebra Crossing', environment: 'sandbox' })
  expect((await list('search=ZEBRA')).data.map(({ slug }) => slug)).toEqual(['zebra-crossing'])
  expect((await list('environment=sandbox&search=goods')).data).toHaveLength(1)
  expect((await list('status=pending')).data).toEqual([])
  const sorted = await list('sort=-name&limit=1')
  expect(sorted).toMatchObject({ data: [{ name: 'Zebra Crossing' }], has_more: true })
})

test('what a crash left half founded is gone after the start, and its name is free', async () => {
  const { data } = shop
  const scope = systemScope('test')
  const half = await data.platform.write(scope, (tx) => {
    const id = tx.id('ten')
    const admin_email = 'half@made.test'
    const row = { name: 'Half', slug: 'half', environment: 'live' as const, metadata: '{}' }
    insertTenant(tx, { ...row, id, admin_email })
    return id
  })
  await data.tenants.create(half)
  expect(existsSync(data.tenants.pathOf(half))).toBe(true)
  expect((await create({ slug: 'half' })).status).toBe(409)
  expect(await finishPending(data)).toEqual([half])
  expect(existsSync(data.tenants.folderOf(half))).toBe(false)
  expect((await create({ slug: 'half' })).status).toBe(201)
  expect(await finishPending(data)).toEqual([])
})

test('a founding that fails leaves nothing behind', async () => {
  const template = readdirSync(shop.folder).find((name) => name.startsWith('empty-tenant'))!
  const path = join(shop.folder, template)
  renameSync(path, `${path}.kept`)
  writeFileSync(path, 'what a broken disk may hold'.repeat(100))
  expect((await create({ slug: 'unlucky' })).status).toBe(500)
  renameSync(`${path}.kept`, path)
  expect((await create({ slug: 'unlucky' })).status).toBe(201)
})
