import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Read, SqlValue } from '../db/session.ts'
import { systemScope } from '../db/scope.ts'
import { listAudit } from './read.ts'
import { recordAudit } from './record.ts'
import type { AuditEntry, AuditFilter } from './schema.ts'

const hostile = '<b onclick=x>'

interface Trail {
  data: AuditEntry[]
  has_more: boolean
  next_cursor: string | null
}

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const file = () => shop.data.tenants.at(shop.tenant.id)
const here = () => systemScope('test', shop.tenant.organization_id, shop.tenant.id)
const trail = (query: string, token = shop.tenant.token) =>
  shop.done<Trail>(`GET /v1/audit?${query}`, undefined, { token })

const note = (action: string, subject_id = 'sub_1') => ({
  ...{ action, subject_id, before: { name: 'a' }, after: { name: hostile } },
  input: { name: hostile, password: 'hunter2', nested: [{ api_key: 'k' }] },
})

test('an address and a request are searched for, and an organization', async () => {
  const request_id = 'req_0000000042'
  await file().write({ ...here(), ip: '10.1.2.3', request_id }, (tx) =>
    recordAudit(tx, note('things.change')),
  )
  const actions = async (query: string) => (await trail(query)).data.map(({ action }) => action)
  expect(await actions('ip=10.1.2.3')).toEqual(['things.change'])
  expect(await actions(`request_id=${request_id}`)).toEqual(['things.change'])
  expect(await actions(`request_id=${request_id}&action=items.`)).toEqual([])
  const north = await shop.organization('North')
  await shop.done('POST /v1/items', { sku: 'N', name: 'N' }, { token: north.token })
  expect(await actions(`organization_id=${north.id}`)).toEqual(['items.create'])
  const others = await trail(`organization_id=${shop.tenant.organization_id}`, north.token)
  expect(others.data).toEqual([])
})

test('whoever acts in the place of another is named beside him', async () => {
  const impersonator = { id: 'usr_op', name: 'Ada' }
  const actor = { kind: 'user' as const, id: 'usr_1', name: 'June', impersonator }
  await file().write({ ...here(), actor }, (tx) => recordAudit(tx, note('things.impersonated')))
  const [entry] = (await trail('action=things.impersonated')).data
  expect(entry).toMatchObject({ actor: { name: 'June' }, impersonator })
  const sql = "UPDATE audit_entries SET impersonator_id = '' WHERE seq = " + entry!.seq
  await expect(file().write(here(), (tx) => tx.run(sql))).rejects.toThrow('immutable')
})

test('the operator looks through the trail of a business, and both trails say so', async () => {
  const token = await shop.operatorToken()
  const path = `POST /v1/platform/tenants/${shop.tenant.id}/audit`
  const found = await shop.done<Trail>(path, { action: 'things.', limit: 1 }, { token })
  expect(found.data.map(({ action }) => action)).toEqual(['things.impersonated'])
  expect(found.has_more).toBe(true)
  const [theirs] = (await trail('action=tenant_audit.search')).data
  expect(theirs).toMatchObject({
    actor: { kind: 'token', name: 'Operator' },
    changes: { input: { action: 'things.' } },
  })
  const own = await shop.done<Trail>('GET /v1/platform/audit?limit=1', undefined, { token })
  expect(own.data[0]).toMatchObject({
    action: 'tenant_audit.search',
    subject_id: shop.tenant.id,
  })
  const reads = await shop.operatorToken(['*.read'])
  expect((await shop.send(path, {}, { token: reads })).status).toBe(403)
  const nowhere = path.replace(/ten_\w+/, `ten_${'0'.repeat(26)}`)
  expect((await shop.send(nowhere, {}, { token })).status).toBe(404)
})

test('the pages show what was before beside what is after, and nothing that is secret', async () => {
  const mara = await Browser.enter(shop)
  const html = await mara.visit(
    '/settings/audit?action=things.change&from=2026-11-21&to=2026-11-21',
  )
  const seq = /\/settings\/audit\/entries\/(\d+)/.exec(html)![1]
  const entry = await mara.visit(`/settings/audit/entries/${seq}`)
  expect(entry).toContain('What changed')
  expect(entry).toContain('[redacted]')
  expect(entry).not.toContain('hunter2')
  expect([...misdeeds(html, hostile), ...misdeeds(entry, hostile)]).toEqual([])
  expect(await mara.visit('/settings/audit?to=2026-11-20')).toContain('No entry like this')
  expect((await mara.look('/settings/audit/entries/999999')).status).toBe(404)
  const asked = await mara.submit('/settings/audit', {}, '/settings/audit/export')
  expect(asked.said).toContain('export is being made')
  expect(await mara.visit('/settings/audit')).toContain('Asked for')
})

/** Many entries that nobody will ask for, behind those that are there. */
const bury = (count: number) =>
  file().write(here(), (tx) =>
    tx.run(
      `INSERT INTO audit_entries (seq, organization_id, occurred_at, actor_kind, actor_id,
         actor_name, action, subject_id, changes, ip, user_agent, request_id, previous_hash, hash)
       WITH RECURSIVE n (seq) AS (
         SELECT (SELECT max(seq) + 1 FROM audit_entries) UNION ALL SELECT seq + 1 FROM n LIMIT ?)
       SELECT seq, ?, ?, 'token', 'tok_busy', 'Busy', 'stock.' || (seq % 7), '', '{}', '', '', '',
         zeroblob(32), zeroblob(32) FROM n`,
      count,
      shop.tenant.organization_id,
      tx.now,
    ),
  )

test('a search finds what lies far behind, and says when there is more to look through', async () => {
  await bury(120_000)
  expect((await trail('action=things.change')).data).toHaveLength(1)
  expect((await trail('action=things.&limit=2')).data.map(({ action }) => action)).toEqual([
    'things.impersonated',
    'things.change',
  ])
  expect((await trail('actor_id=tok_busy&action=things.change')).data).toEqual([])
  let pages = 0
  let cursor = ''
  let found: AuditEntry[] = []
  do {
    const page = await trail(`ip=10.1.2.3${cursor}`)
    pages += 1
    found = [...found, ...page.data]
    cursor = page.next_cursor ? `&cursor=${page.next_cursor}` : ''
  } while (cursor && pages < 10)
  expect([pages, found.map(({ action }) => action)]).toEqual([3, ['things.change']])
  const upwards = await trail('sort=seq&action=stock.3&limit=3')
  expect(upwards.data.map(({ seq }) => seq)).toEqual(
    upwards.data.map(({ seq }) => seq).sort((a, b) => a - b),
  )
}, 30_000)

test('every search asks an index', () => {
  const plans: string[] = []
  const explained = (read: Read): Read => {
    const look = (sql: string, values: SqlValue[]) => {
      const steps = read.all<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`, ...values)
      plans.push(...steps.map(({ detail }) => detail))
    }
    return {
      ...{ scope: here(), now: read.now, now_ms: read.now_ms },
      get: (sql, ...values) => (look(sql, values), read.get(sql, ...values)),
      all: (sql, ...values) => (look(sql, values), read.all(sql, ...values)),
    }
  }
  const usedBy = (filter: AuditFilter): string => {
    plans.length = 0
    file().read(here(), (read) => listAudit(explained(read), filter))
    return plans.join('; ')
  }
  expect(usedBy({ actor_id: 'tok_busy' })).toContain('audit_entries_of_actor')
  expect(usedBy({ action: 'stock.3' })).toContain('audit_entries_of_action')
  expect(usedBy({ action: 'stock.' })).toContain('audit_entries_of_action')
  expect(usedBy({ subject_id: 'sub_1' })).toContain('audit_entries_of_subject')
  expect(usedBy({ organization_id: 'org_1' })).toContain('audit_entries_of_organization')
  const all = [
    ...[usedBy({ actor_id: 'tok_busy', action: 'stock.3' }), usedBy({ ip: '10.1.2.3' })],
    ...[usedBy({ action: 'stock.' }), usedBy({ actor_id: 'tok_busy', actor_kind: 'user' })],
  ].join('; ')
  expect(all).not.toContain('TEMP B-TREE')
})
