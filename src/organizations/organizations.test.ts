import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
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

test('one organization sees itself and not the others', async () => {
  const east = await shop.organization('East')
  const list = (token: string) =>
    shop.done<{ data: Organization[] }>('GET /v1/organizations?sort=name', undefined, { token })
  expect((await list(east.token)).data.map(({ name }) => name)).toEqual(['East'])
  expect((await list(shop.tenant.token)).data.map(({ name }) => name)).toEqual([
    'East',
    'Harbour Goods',
    'Outlet North',
  ])
  const home = `/v1/organizations/${shop.tenant.organization_id}`
  expect((await shop.send(`GET ${home}`, undefined, east)).status).toBe(404)
  const change = { ...east, etag: '"1"' }
  expect((await shop.send(`PATCH ${home}`, { name: 'Mine' }, change)).status).toBe(404)
  const own = await shop.send(`PATCH /v1/organizations/${east.id}`, { name: 'Far East' }, change)
  expect(own.status).toBe(200)
})
