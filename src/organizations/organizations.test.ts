import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser } from '../../tests/browser.ts'
import { Shop } from '../../tests/shop.ts'
import type { Member } from '../access/schema.ts'
import type { Organization } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

test('an organization is created, changed and told about', async () => {
  const before = shop.events().length
  const made = await shop.send<Organization>('POST /v1/organizations', { name: 'Harbour Outlet' })
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ slug: 'harbour-outlet', is_default: false, version: 1 })
  const path = `/v1/organizations/${made.body.id}`
  const change = { name: 'Outlet North', slug: 'north' }
  const changed = await shop.send<Organization>(`PATCH ${path}`, change, { etag: '"1"' })
  expect(changed.body).toMatchObject({ ...change, version: 2 })
  const taken = await shop.send('POST /v1/organizations', { name: 'North', slug: 'north' })
  expect(taken.body.code).toBe('duplicate_slug')
  expect(shop.events(before)).toEqual(['organization.created', 'organization.updated'])
})

test('an organization is created with those who are invited to it, or not at all', async () => {
  const wish = (email: string, role: string) => ({
    name: 'North America Team',
    invite_users: [
      { email: 'user1@acme.test', roles: ['member'] },
      { email, roles: [role] },
    ],
  })
  const create = (body: object) => shop.send<Organization>('POST /v1/organizations', body)
  const wrong = await create(wish('admin@acme.test', 'captain'))
  expect(wrong.body).toMatchObject({ errors: [{ pointer: '/invite_users/1/roles/0' }] })
  const made = await create(wish('admin@acme.test', 'admin'))
  expect(made.body).toMatchObject({ slug: 'north-america-team' })
  const there = { headers: { 'stowage-organization': made.body.id } }
  const list = await shop.done<{ data: object[] }>('GET /v1/invitations', undefined, there)
  expect(list.data).toHaveLength(2)
})

test('one organization sees itself and not the others', async () => {
  const east = await shop.organization('East')
  const list = (token: string) =>
    shop.done<{ data: Organization[] }>('GET /v1/organizations?sort=name', undefined, { token })
  expect((await list(east.token)).data.map(({ name }) => name)).toEqual(['East'])
  expect((await list(shop.tenant.token)).data.map(({ name }) => name)).toEqual([
    'East',
    'Harbour Goods',
    'North America Team',
    'Outlet North',
  ])
  const home = `/v1/organizations/${shop.tenant.organization_id}`
  expect((await shop.send(`GET ${home}`, undefined, east)).status).toBe(404)
  const change = { ...east, etag: '"1"' }
  expect((await shop.send(`PATCH ${home}`, { name: 'Mine' }, change)).status).toBe(404)
  const own = await shop.send(`PATCH /v1/organizations/${east.id}`, { name: 'Far East' }, change)
  expect(own.status).toBe(200)
})

test('another organization leads, when those who decide own it too', async () => {
  const fresh = await Shop.open()
  try {
    const old = fresh.tenant.organization_id
    const mara = await Browser.enter(fresh)
    const { id } = await fresh.organization('Next')
    const next = `/v1/organizations/${id}`
    const lead = (token = fresh.tenant.token) =>
      fresh.send<Organization>(`POST ${next}/make_default`, undefined, { token })
    expect((await lead()).body).toMatchObject({ code: 'not_default' })
    const owner = { email: 'other@harbour.test', name: 'Other', role: 'owner' }
    const there = { headers: { 'stowage-organization': id } }
    await fresh.done('POST /v1/members', owner, there)
    const page = `/settings/organizations/${id}`
    const refused = await mara.submit(page, {}, `${page}/make_default`)
    expect([refused.status, refused.html]).toEqual([
      409,
      expect.stringContaining('lose the business'),
    ])
    const before = fresh.events().length
    expect((await lead()).body).toMatchObject({ is_default: true, version: 2 })
    expect(fresh.events(before)).toEqual(['organization.updated', 'organization.updated'])
    // Tokens of the business work in the new one; who owns the old one alone leads no longer.
    const { data } = await fresh.done<{ data: Member[] }>('GET /v1/members')
    expect(data.map(({ name }) => name)).toEqual(['Other'])
    expect((await mara.look(`/settings/organizations/${id}`)).status).toBe(404)
    expect((await mara.look(`/settings/organizations/${old}`)).status).toBe(200)
  } finally {
    await fresh.close()
  }
})

test('the page invites all of a list, or nobody', async () => {
  const mara = await Browser.enter(shop)
  const { id } = await shop.organization('South')
  const page = `/settings/organizations/${id}`
  const send = (emails: string) =>
    mara.submit(page, { emails, role: 'member' }, `${page}/invitations`)
  expect((await send('a@south.test\nb@south.test')).said).toBe('2 people are invited to South.')
  const again = await send('c@south.test, b@south.test')
  expect([again.status, again.html]).toEqual([409, expect.stringContaining('is invited already')])
})

test('who sends two roles hears why there is one', async () => {
  const { id } = await shop.organization('Two Roles')
  const invites = [{ email: 'two@harbour.test', roles: ['member', 'admin'] }]
  const refused = await shop.send(`POST /v1/organizations/${id}/invitations`, { invites })
  expect(refused.body.errors).toEqual([
    {
      pointer: '/invites/0/roles',
      detail: 'At most 1 here. One role: a member has one; who needs two gets a role of your own.',
    },
  ])
})
