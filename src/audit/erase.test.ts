import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { queueMail } from '../mail/queue.ts'
import type { Mail } from '../mail/schema.ts'
import { recordAudit } from './record.ts'
import type { AuditEntry, AuditProof, ErasedPerson } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const email = 'Canary.Pim@quayside.test'
const name = 'Pim Canarybird'
const file = () => shop.data.tenants.at(shop.tenant.id)
const here = () => systemScope('test', shop.tenant.organization_id, shop.tenant.id)
const join_ = (more: object = {}) =>
  shop.done<{ id: string }>('POST /v1/members', { email, name, role: 'member', ...more })
const erase = (id: string) => shop.send<ErasedPerson>(`POST /v1/members/${id}/erase`)
const trail = async (query: string) =>
  (await shop.done<{ data: AuditEntry[] }>(`GET /v1/audit?${query}`)).data

/** Every row of every table that holds one of these, as text. */
const rowsWith = (words: readonly string[]) =>
  file().read(here(), (read) =>
    read
      .all<{ name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .flatMap((table) =>
        read
          .all<object>(`SELECT * FROM "${table.name}"`)
          .map((row) => `${table.name}: ${JSON.stringify(row)}`)
          .filter((text) => words.some((word) => text.toLowerCase().includes(word.toLowerCase()))),
      ),
  )

test('whoever is erased leaves a pseudonym, and the chain stays whole', async () => {
  const { id } = await join_()
  await shop.done(`PATCH /v1/members/${id}`, { role: 'viewer' })
  await shop.done('POST /v1/invitations', { email: 'other@quayside.test', role: 'member' })
  await shop.done('POST /v1/invitations', { email, role: 'member' }).catch(() => undefined)
  // He works, and something else names him.
  const actor = { kind: 'user', id, name } as const
  await file().write({ ...here(), actor, ip: '10.9.8.7', user_agent: 'Canary' }, (tx) => {
    recordAudit(tx, {
      ...{ action: 'items.update', subject_id: 'itm_1' },
      ...{ before: { name: 'a' }, after: { name: 'b' }, input: {} },
    })
    queueMail(tx, { kind: 'invitation', recipient: email, subject: `For ${name}`, lines: [email] })
  })
  await file().write(here(), (tx) =>
    recordAudit(tx, {
      ...{ action: 'organizations.send_invites', subject_id: 'org_1' },
      ...{ before: undefined, after: undefined, input: { invites: [{ email }] } },
    }),
  )
  expect(rowsWith([email, name]).length).toBeGreaterThan(5)

  const before = shop.events().length
  const { body, status } = await erase(id)
  expect(status).toBe(200)
  expect(body.pseudonym).toBe(`erased-${id.slice(-8)}`)
  expect(body).toMatchObject({ id, mails_forgotten: 1 })
  expect(body.entries_forgotten).toBeGreaterThanOrEqual(4)
  expect(body.events_forgotten).toBeGreaterThanOrEqual(2)
  expect(shop.events(before)).toEqual(['person.erased'])

  // Answers that are kept for a retry go by themselves, a day later.
  const left = rowsWith([email, name, '10.9.8.7', 'Canarybird'])
  expect(left.filter((row) => !row.startsWith('idempotency_keys:'))).toEqual([])
  const [own] = await trail(`actor_id=${id}`)
  expect(own).toMatchObject({
    ...{ action: 'items.update', is_forgotten: true, changes: {}, ip: '' },
    actor: { id, name: body.pseudonym },
  })
  const proof = await shop.done<AuditProof>('GET /v1/audit/proof')
  expect(proof).toMatchObject({ holds: true, complete: true })
  expect((await shop.send(`GET /v1/members/${id}`)).status).toBe(404)
  const { data } = await shop.done<{ data: Mail[] }>('GET /v1/mails?recipient=erased-')
  expect(data).toMatchObject([{ subject: '', has_text: false, state: 'cancelled' }])
  expect((await erase(id)).status).toBe(404)
  // The address is free again: a new person with it is another one.
  expect((await join_()).id).not.toBe(id)
})

test('two who erase the same person at once: one does', async () => {
  const { id } = await join_({ email: 'twice@quayside.test' })
  const answers = await Promise.all([erase(id), erase(id)])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404])
})

test('the last owner stays, and an admin erases no owner', async () => {
  const owner = await shop.done<{ data: { id: string; role: string }[] }>('GET /v1/members')
  const { id } = owner.data.find(({ role }) => role === 'owner')!
  expect((await erase(id)).body).toMatchObject({ code: 'last_owner' })
  await join_({ email: 'second@quayside.test', role: 'owner' })
  const wish = { name: 'Admin', scopes: ['members.*'] }
  const { token } = await shop.done<{ token: string }>('POST /v1/tokens', wish)
  const refused = await shop.send(`POST /v1/members/${id}/erase`, undefined, { token })
  expect(refused.body.code).toBe('exceeds_own_rights')
  const north = await shop.organization('North')
  const confined = await shop.send(`POST /v1/members/${id}/erase`, undefined, north)
  expect(confined.status).toBe(403)
})

test('the page of a member leads to it', async () => {
  const mara = await Browser.enter(shop)
  const { id } = await join_({ email: 'page@quayside.test', name: 'Page' })
  const html = await mara.visit(`/settings/members/${id}/erase`)
  expect(html).toContain('Forget this person')
  const { location } = await mara.submit(`/settings/members/${id}/erase`)
  expect(location).toBe('/settings/members')
  expect((await shop.send(`GET /v1/members/${id}`)).status).toBe(404)
})

test('staff are erased as members are', async () => {
  const operator = { token: await shop.operatorToken() }
  const add = (wish: object) => shop.done<{ id: string }>('POST /v1/platform/staff', wish, operator)
  const { id } = await add({ email: 'ada.canary@op.test', name: 'Ada', role: 'support' })
  const { body } = await shop.send<ErasedPerson>(
    `POST /v1/platform/staff/${id}/erase`,
    undefined,
    operator,
  )
  expect(body.entries_forgotten).toBeGreaterThan(0)
  const entries = await shop.done<{ data: AuditEntry[] }>(
    'GET /v1/platform/audit?action=staff.',
    undefined,
    operator,
  )
  expect(JSON.stringify(entries)).not.toContain('ada.canary')
  const proof = await shop.done<AuditProof>('GET /v1/platform/audit/proof', undefined, operator)
  expect(proof.holds).toBe(true)
})
