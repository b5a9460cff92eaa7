import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../../tests/browser.ts'
import { Shop } from '../../../tests/shop.ts'
import { operations } from '../../app.ts'
import { permission_sets, permission_set_names } from '../permission-sets.ts'
import { covers, roles } from '../permissions.ts'
import type { Member } from '../schema.ts'
import type { PermissionList, Role } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const night = { name: 'Night shift', permissions: ['pick_orders', 'view_stock'] }
const create = (body: object, token = shop.tenant.token) =>
  shop.send<Role>('POST /v1/roles', body, { token })
const tokenWith = async (scopes: string[]) =>
  (await shop.done<{ token: string }>('POST /v1/tokens', { name: 'Some', scopes })).token

test('the built-in roles grant what their names promise, and not what is others’', () => {
  const has = (role: keyof typeof roles, permissions: string[]) =>
    permissions.map((permission) => covers(roles[role], permission))
  const team = ['members.write', 'shipments.purchase', 'analytics.read']
  expect(has('admin', team)).toEqual([true, true, true])
  expect(has('admin', ['owners.write', 'plans.write'])).toEqual([false, false])
  expect(has('owner', ['owners.write', 'plans.write', ...team])).not.toContain(false)
  expect(has('member', ['shipments.write', 'shipments.read'])).toEqual([true, true])
  expect(has('member', ['tokens.write', 'members.write'])).toEqual([false, false])
  expect(has('developer', ['tokens.write', 'webhooks.read'])).toEqual([true, true])
  expect(has('developer', ['shipments.purchase', 'members.write'])).toEqual([false, false])
  expect(has('viewer', ['stock.read', 'stock.write'])).toEqual([true, false])
})

test('everything that can be permitted is in a named set', () => {
  const forgotten = operations.filter(({ level, permission }) => {
    const here = level === 'platform' ? 'platform' : 'organization'
    const sets = permission_set_names.filter((name) =>
      [here, 'both'].includes(permission_sets[name].level),
    )
    return !permission.startsWith('account.') && !covers(sets, permission)
  })
  const names = forgotten.map(({ level, permission }) => `${level} ${permission}`)
  expect([...new Set(names)]).toEqual([])
})

test('what can be permitted is listed with what it is for', async () => {
  const { permissions, sets } = await shop.done<PermissionList>('GET /v1/permissions')
  const one = permissions.find(({ permission }) => permission === 'roles.write')!
  expect(one.operations).toEqual(['roles.create', 'roles.update', 'roles.remove'])
  expect(one.summary).toStartWith('Create a role from permissions')
  expect(sets.find(({ name }) => name === 'manage_team')!.permissions).toContain('members.*')
})

test('a role is created, given, changed and removed, and each step is told', async () => {
  const before = shop.events().length
  const made = await create(night)
  expect(made.status).toBe(201)
  const { id } = made.body
  expect((await create({ ...night, name: 'NIGHT SHIFT' })).body).toMatchObject({
    code: 'duplicate_role',
    role_id: id,
  })
  const wish = { email: 'noor@harbour.test', name: 'Noor', role: id }
  const noor = await shop.done<Member>('POST /v1/members', wish)
  expect(noor.role_name).toBe('Night shift')
  const used = await shop.send(`DELETE /v1/roles/${id}`)
  expect(used.body).toMatchObject({ code: 'role_in_use', members: 1 })
  const renamed = await shop.send<Role>(
    `PATCH /v1/roles/${id}`,
    { name: 'Nights' },
    { etag: '"1"' },
  )
  expect(renamed.body).toMatchObject({ name: 'Nights', version: 2, member_count: 1 })
  await shop.done(`PATCH /v1/members/${noor.id}`, { role: 'viewer' })
  await shop.done('POST /v1/invitations', { email: 'ole@harbour.test', role: id })
  expect((await shop.send(`DELETE /v1/roles/${id}`)).body).toMatchObject({ invited: 1 })
  const { data } = await shop.done<{ data: { id: string }[] }>('GET /v1/invitations')
  await shop.done(`POST /v1/invitations/${data[0]!.id}/revoke`)
  await shop.done(`DELETE /v1/roles/${id}`)
  expect((await shop.send(`GET /v1/roles/${id}`)).status).toBe(404)
  expect(shop.events(before)).toEqual([
    'role.created',
    'member.added',
    'role.updated',
    'member.updated',
    'invitation.sent',
    'invitation.revoked',
    'role.removed',
  ])
})

test('nobody makes a role that can do more than he can, or changes one', async () => {
  const token = await tokenWith(['manage_team', '*.read', 'items.*'])
  const beyond = await create({ name: 'Beyond', permissions: ['items.*', 'tokens.write'] }, token)
  expect(beyond.body).toMatchObject({ code: 'exceeds_own_rights', missing: ['tokens.write'] })
  const set = await create({ name: 'Beyond', permissions: ['manage_api_keys'] }, token)
  expect(set.body).toMatchObject({ code: 'exceeds_own_rights', missing: ['manage_api_keys'] })
  const strong = (await create({ name: 'Strong', permissions: ['tokens.*'] })).body.id
  const weaker = { permissions: ['items.read'] }
  const init = { token, etag: '"1"' }
  const changed = await shop.send(`PATCH /v1/roles/${strong}`, weaker, init)
  expect(changed.body.code).toBe('exceeds_own_rights')
  expect((await shop.send(`DELETE /v1/roles/${strong}`, undefined, { token })).status).toBe(403)
  const within = await create({ name: 'Within', permissions: ['items.*', 'view_shipments'] }, token)
  expect(within.status).toBe(201)
  const wish = { email: 'up@harbour.test', name: 'Up', role: strong }
  expect((await shop.send('POST /v1/members', wish, { token })).body.code).toBe(
    'exceeds_own_rights',
  )
})

test('names of nothing are refused, and so are those of built-in roles', async () => {
  const wrong = async (body: object) => {
    const { status, body: problem } = await create(body)
    return [status, (problem as never as { errors: { pointer: string }[] }).errors[0]!.pointer]
  }
  expect(await wrong({ name: 'X', permissions: ['manage_everything'] })).toEqual([
    422,
    '/permissions/0',
  ])
  expect(await wrong({ name: 'owner', permissions: ['items.read'] })).toEqual([422, '/name'])
  const nobody = { email: 'x@harbour.test', name: 'X', role: 'captain' }
  expect((await shop.send('POST /v1/members', nobody)).body).toMatchObject({ code: 'invalid' })
})

test('a change counts in the very next request, of people and of tokens made from sets', async () => {
  const { id } = (await create({ name: 'Clerk', permissions: ['home.read', 'items.*'] })).body
  const clerk = await Browser.enter(shop, id)
  expect((await clerk.look('/items/new')).status).toBe(200)
  const less = { permissions: ['home.read', 'items.read'] }
  await shop.done(`PATCH /v1/roles/${id}`, less, { etag: '"1"' })
  const refused = await clerk.submit('/items', {}, '/items').catch((error: Error) => error.message)
  expect(refused).toContain('has no form')
  expect((await clerk.look('/settings/members')).status).toBe(403)
  await shop.done(`PATCH /v1/roles/${id}`, { permissions: ['*.read'] }, { etag: '"2"' })
  expect((await clerk.look('/settings/members')).status).toBe(200)
  const token = await tokenWith(['view_stock'])
  expect((await shop.send('GET /v1/items', undefined, { token })).status).toBe(200)
  expect((await shop.send('GET /v1/shipments', undefined, { token })).status).toBe(403)
})

test('a role belongs to its organization, and is not found from another', async () => {
  const { id } = (await create({ name: 'Only here', permissions: ['items.read'] })).body
  const north = await shop.organization('North')
  expect((await shop.send(`GET /v1/roles/${id}`, undefined, north)).status).toBe(404)
  const wish = { email: 'n@harbour.test', name: 'N', role: id }
  expect((await shop.send('POST /v1/members', wish, north)).status).toBe(422)
  const { data } = await shop.done<{ data: Role[] }>('GET /v1/roles', undefined, north)
  expect(data.every((role) => role.is_built_in)).toBe(true)
})

test('a role is given and removed at once: one of both happens', async () => {
  const { id } = (await create({ name: 'Contended', permissions: ['items.read'] })).body
  const wish = { email: 'race@harbour.test', name: 'Race', role: id }
  const answers = await Promise.all([
    shop.send(`DELETE /v1/roles/${id}`),
    shop.send('POST /v1/members', wish),
  ])
  const done = answers.filter(({ status }) => status < 300)
  expect(done).toHaveLength(1)
  expect((await shop.send(`GET /v1/roles/${id}`)).status).toBe(answers[0]!.status < 300 ? 404 : 200)
})

test('an admin neither makes owners nor tokens that would', async () => {
  const admin = await Browser.enter(shop, 'admin')
  const asOwner = { name: 'O', email: 'o@harbour.test', role: 'owner' }
  const refused = await admin.submit('/settings/members', asOwner)
  expect([refused.status, refused.html]).toEqual([
    403,
    expect.stringContaining('More than you have'),
  ])
  const token = { name: 'All', scopes: '*' }
  expect((await admin.submit('/settings/tokens', token)).status).toBe(403)
  const less = await admin.submit('/settings/tokens', { name: 'Some', scopes: 'manage_team' })
  expect(less.html).toContain('stw_tenant_')
})

test('the pages show what each may do, and make a role from boxes', async () => {
  const mara = await Browser.enter(shop)
  const list = await mara.visit('/settings/roles')
  expect(misdeeds(list)).toEqual([])
  expect(list).toContain('<code>purchasing.receive</code>')
  const none = await mara.submit('/settings/roles/new', { name: 'Empty' }, '/settings/roles')
  expect(none.status).toBe(422)
  expect(none.html).toContain('Choose at least one thing')
  const typed = { name: 'Dock <b onclick=x>', permissions: ['receive_purchases', 'items.read'] }
  const made = await mara.submit('/settings/roles/new', typed, '/settings/roles')
  expect(made.said).toContain('can be given now')
  const { data } = await shop.done<{ data: Role[] }>('GET /v1/roles?search=Dock')
  const page = await mara.visit(`/settings/roles/${data[0]!.id}`)
  expect(misdeeds(page)).toEqual([])
  expect(page).toMatch(/value="receive_purchases" checked/)
  const more = { name: 'Dock', permissions: ['receive_purchases'] }
  const saved = await mara.submit(`/settings/roles/${data[0]!.id}`, more)
  expect(saved.said).toContain('is changed')
})
