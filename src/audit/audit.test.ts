import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import { minute_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import { forgetSubject } from './forget-subject.ts'
import { hashFromBefore } from './hash.ts'
import type { AuditEntry, AuditProof } from './schema.ts'
import { insertEntry } from './store.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

interface Trail {
  data: AuditEntry[]
  has_more: boolean
  next_cursor: string | null
}
const trail = (query = '', token = shop.tenant.token) =>
  shop.done<Trail>(`GET /v1/audit?${query}`, undefined, { token })
const proof = (query = '') => shop.done<AuditProof>(`GET /v1/audit/proof?${query}`)
const add = (sku: string, init = {}) =>
  shop.done<{ id: string }>('POST /v1/items', { sku, name: sku }, init)

test('each change is written down with who, what, before and after', async () => {
  const { id } = await add('MUG')
  await shop.done(`PATCH /v1/items/${id}`, { name: 'Blue mug' }, { etag: '"1"' })
  const { data } = await trail(`subject_id=${id}`)
  expect(data).toMatchObject([
    {
      action: 'items.update',
      actor: { kind: 'token', name: 'First token' },
      organization_id: shop.tenant.organization_id,
      changes: { before: { name: 'MUG' }, after: { name: 'Blue mug' } },
    },
    { action: 'items.create', changes: { input: { sku: 'MUG' } } },
  ])
  expect(data[0]!.previous_hash).toBe(data[1]!.hash)
})

test('a refused or rehearsed command leaves no entry', async () => {
  const before = (await trail('limit=1')).data[0]!.seq
  await shop.send('POST /v1/items', { sku: 'MUG', name: 'Again' })
  await shop.send('POST /v1/items?dry_run=true', { sku: 'CUP', name: 'Cup' })
  expect((await trail('limit=1')).data[0]!.seq).toBe(before)
})

test('the trail is searched by actor, action, room and time, page by page', async () => {
  const started = timestamp(shop.clock.now() + minute_ms)
  shop.clock.advance(minute_ms)
  for (const n of [1, 2, 3, 4, 5]) await add(`PAGE-${n}`)
  const wish = { name: 'Other', scopes: ['items.*'] }
  const other = await shop.done<{ id: string; token: string }>('POST /v1/tokens', wish)
  await add('BY-OTHER', { token: other.token })
  expect((await trail(`actor_id=${other.id}`)).data.map(({ action }) => action)).toEqual([
    'items.create',
  ])
  expect((await trail('action=tokens.')).data.map(({ action }) => action)).toEqual([
    'tokens.create',
  ])
  const seen: number[] = []
  let cursor = ''
  do {
    const page = await trail(`limit=2&sort=seq&action=items.create&from=${started}${cursor}`)
    seen.push(...page.data.map(({ seq }) => seq))
    cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : ''
  } while (cursor && seen.length < 20)
  expect(seen).toHaveLength(6)
  expect(seen).toEqual([...seen].sort((a, b) => a - b))
  expect((await trail(`to=${started}`)).data.map(({ seq }) => seq)).not.toContain(seen[0]!)
  expect((await shop.send('GET /v1/audit?cursor=nonsense')).status).toBe(422)
})

test('an organization sees what happened in it alone', async () => {
  const north = await shop.organization('North')
  await add('NORTHERN', { token: north.token })
  const entries = (await trail('', north.token)).data
  expect(new Set(entries.map((entry) => entry.organization_id))).toEqual(new Set([north.id]))
  expect((await trail()).data.some((entry) => entry.organization_id === north.id)).toBe(true)
  const whole = await shop.send('GET /v1/audit/proof', undefined, { token: north.token })
  expect(whole.status).toBe(403)
})

test('the operator has a trail of his own', async () => {
  const token = await shop.operatorToken()
  const wish = { name: 'Quay Goods', admin_email: 'ida@quay.test' }
  const { id } = await shop.done<{ id: string }>('POST /v1/platform/tenants', wish, { token })
  const { data } = await shop.done<Trail>('GET /v1/platform/audit', undefined, { token })
  expect(data[0]).toMatchObject({ action: 'tenants.create', subject_id: id })
  const whole = await shop.done<AuditProof>('GET /v1/platform/audit/proof', undefined, { token })
  expect(whole).toMatchObject({ holds: true, complete: true })
})

const file = () => shop.data.tenants.at(shop.tenant.id)
const run = (sql: string) => file().write(systemScope('test'), (tx) => tx.run(sql))
const tamper = (sql: string) =>
  file().write(systemScope('test'), (tx) => {
    tx.run('DROP TRIGGER IF EXISTS audit_entries_are_not_changed')
    tx.run('DROP TRIGGER IF EXISTS audit_entries_are_not_removed')
    tx.run(sql)
  })

test('details can be forgotten, and nothing else can be done to an entry', async () => {
  const { id } = await add('FORGOTTEN')
  const { seq, hash } = (await trail(`subject_id=${id}`)).data[0]!
  const refused = [
    "action = 'x'",
    "changes = '{}'",
    "salt = NULL, changes = '{}', ip = '10.0.0.1', user_agent = ''",
    "salt = NULL, changes = '{}', ip = '', user_agent = '', actor_name = 'Somebody else'",
    "salt = NULL, changes = '{}', ip = '', user_agent = '', digest = NULL",
    "salt = NULL, changes = '{}', ip = '', user_agent = '', hash = x'00'",
  ]
  for (const change of refused) {
    await expect(run(`UPDATE audit_entries SET ${change} WHERE seq = ${seq}`)).rejects.toThrow(
      'audit entries are immutable',
    )
  }
  const before = await proof()
  const forgotten = await file().write(systemScope('test'), (tx) => forgetSubject(tx, [id]))
  expect(forgotten).toBe(1)
  expect((await trail(`subject_id=${id}`)).data[0]).toMatchObject({
    ...{ is_forgotten: true, salt: null, changes: {}, hash },
    actor: { name: 'First token' },
  })
  expect(await proof()).toMatchObject({ holds: true, forgotten: before.forgotten + 1 })
  expect(await file().write(systemScope('test'), (tx) => forgetSubject(tx, [id]))).toBe(0)
})

test('the salt is what lets nobody guess what was forgotten', async () => {
  const { id } = await add('SALTED')
  const { id: other } = await add('SALTED-2')
  const [a, b] = [await trail(`subject_id=${id}`), await trail(`subject_id=${other}`)]
  expect(a.data[0]!.salt).toHaveLength(32)
  expect(a.data[0]!.salt).not.toBe(b.data[0]!.salt)
})

test('entries from before details had a digest keep their own formula', async () => {
  const last = (await trail('limit=1')).data[0]!
  const entry = {
    ...{ seq: last.seq + 1, organization_id: '', occurred_at: last.occurred_at },
    ...{ actor_kind: 'system', actor_id: 'old', actor_name: 'Old', action: 'old.thing' },
    ...{ impersonator_id: '', impersonator_name: '', subject_id: 's', changes: '{"a":1}' },
    ...{ ip: '10.0.0.1', user_agent: 'curl', request_id: 'r', salt: null, digest: null },
  }
  const previous_hash = Buffer.from(last.hash, 'hex')
  const hash = hashFromBefore(previous_hash, entry)
  await file().write(systemScope('test'), (tx) =>
    insertEntry(tx, { ...entry, previous_hash, hash }),
  )
  await add('AFTER')
  expect(await proof()).toMatchObject({ holds: true, complete: true })
  await file().write(systemScope('test'), (tx) => forgetSubject(tx, ['old']))
  expect((await trail(`seq=${entry.seq}`)).data[0]).toMatchObject({
    actor: { name: 'erased-old' },
    changes: { a: 1 },
    ip: '10.0.0.1',
  })
  expect((await proof()).holds).toBe(true)
})

test('the chain is proven, and shows the first entry that was touched', async () => {
  const whole = await proof()
  expect(whole).toMatchObject({ holds: true, complete: true, broken: null })
  expect(whole.checked).toBeGreaterThan(10)
  expect(await proof(`after=${whole.checked_to}`)).toMatchObject({ holds: true, checked: 0 })
  const changes: [sql: string, seq: number, reason: string][] = [
    ["SET actor_id = 'x' WHERE seq = 9", 9, 'It was changed.'],
    ["SET actor_name = 'x' WHERE seq = 8", 8, 'Its details were changed.'],
    ['SET salt = NULL WHERE seq = 7', 7, 'It has details that were forgotten once.'],
    [`SET changes = '{"input":{"sku":"CUP"}}' WHERE seq = 3`, 3, 'Its details were changed.'],
  ]
  for (const [sql, seq, reason] of changes) {
    await tamper(`UPDATE audit_entries ${sql}`)
    expect(await proof()).toMatchObject({ holds: false, broken: { seq, reason } })
  }
  await tamper('DELETE FROM audit_entries WHERE seq = 2')
  expect(await proof()).toMatchObject({ broken: { seq: 3, reason: 'Entry 2 is missing.' } })
})
