import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { liveIn } from '../../tests/lived-in.ts'
import { Shop } from '../../tests/shop.ts'
import type { Organization } from './schema.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const one = (id: string) => shop.done<Organization>(`GET /v1/organizations/${id}`)
const archive = (id: string) => shop.send(`POST /v1/organizations/${id}/archive`)
const names = async (query = '') =>
  (await shop.done<{ data: Organization[] }>(`GET /v1/organizations?${query}`)).data.map(
    ({ name }) => name,
  )

test('one in which something is open says what, and the default one stays', async () => {
  const lived = await shop.organization('Lived in')
  await liveIn(shop, lived.token)
  const refused = await archive(lived.id)
  expect(refused.body).toMatchObject({ code: 'organization_in_use', status: 409 })
  const open = refused.body.open as { what: string; count: number }[]
  expect(open.map(({ what }) => what)).toEqual([
    'goods in stock',
    'reservations',
    'sales orders',
    'shipments',
    'returns',
    'transfers',
    'counts',
    'invitations',
  ])
  expect(open.at(-1)!.count).toBe(1)
  expect((await one(lived.id)).archived_at).toBeNull()
  const home = await archive(shop.tenant.organization_id)
  expect(home.body).toMatchObject({ code: 'organization_in_use', open: [] })
}, 30_000)

test('one that is archived is read and not written, and leaves the lists', async () => {
  const pop_up = await shop.organization('Pop-up')
  const inside = { token: pop_up.token }
  await shop.done('POST /v1/items', { sku: 'MUG', name: 'Mug' }, inside)
  const member = await Browser.enter(shop, 'owner', pop_up.token)
  const both = await Promise.all([archive(pop_up.id), archive(pop_up.id)])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(shop.events().filter((type) => type === 'organization.archived')).toHaveLength(1)
  expect(await names()).not.toContain('Pop-up')
  expect(await names('archived=true')).toEqual(['Pop-up'])

  expect((await shop.send('GET /v1/items', undefined, inside)).status).toBe(200)
  const wish = { sku: 'NEW', name: 'New' }
  const refused = await shop.send('POST /v1/items', wish, inside)
  expect(refused.body).toMatchObject({
    code: 'forbidden',
    detail: expect.stringContaining('Pop-up is archived'),
  })
  const headers = { 'stowage-organization': pop_up.id }
  expect((await shop.send('POST /v1/items', wish, { headers })).body.code).toBe('forbidden')
  expect((await shop.send('POST /v1/items', wish)).status).toBe(201)
  const invites = [{ email: 'late@harbour.test', roles: ['member'] }]
  const invited = await shop.send(`POST /v1/organizations/${pop_up.id}/invitations`, { invites })
  expect(invited.body.code).toBe('organization_archived')
  const lead = await shop.send(`POST /v1/organizations/${pop_up.id}/make_default`)
  expect(lead.body.code).toBe('organization_archived')

  const html = await member.visit('/items')
  expect(html).toContain('MUG')
  expect(html).toContain('Pop-up is archived and can only be read.')

  await shop.done(`POST /v1/organizations/${pop_up.id}/restore`)
  expect(shop.events()).toContain('organization.restored')
  expect((await shop.send('POST /v1/items', wish, inside)).status).toBe(201)
  expect(await names()).toContain('Pop-up')
})

test('an archived one takes no room in the plan, and comes back only where there is some', async () => {
  const token = await shop.operatorToken()
  const { id } = await shop.organization('Stand')
  const allowed = (await names()).length
  const limit = { kind: 'limit', name: 'organizations', value: allowed, reason: 'A test.' }
  await shop.done(`POST /v1/platform/tenants/${shop.tenant.id}/overrides`, limit, { token })
  await shop.done(`POST /v1/organizations/${id}/archive`)
  await shop.done('POST /v1/organizations', { name: 'In its place' })
  const back = await shop.send(`POST /v1/organizations/${id}/restore`)
  expect(back.body).toMatchObject({ code: 'limit_reached' })
})

test('on its page, with what stands in the way', async () => {
  const hostile = '<b onclick=x>'
  const mara = await Browser.enter(shop)
  const [open] = (await shop.done<{ data: Organization[] }>('GET /v1/organizations?search=lived'))
    .data
  const path = `/settings/organizations/${open!.id}`
  const refused = await mara.submit(path, {}, `${path}/archive`)
  expect(refused.status).toBe(409)
  expect(refused.html).toContain('goods in stock')
  const etag = { etag: '*' }
  await shop.done(`PATCH /v1/organizations/${open!.id}`, { name: `L ${hostile}` }, etag)
  const [archived] = (
    await shop.done<{ data: Organization[] }>('GET /v1/organizations?archived=true')
  ).data
  const there = await mara.visit(`/settings/organizations/${archived!.id}`)
  expect(there).toContain('It is archived')
  expect(there).not.toContain('Send the invitations')
  expect(await mara.visit('/settings/organizations?archived=true')).toContain(archived!.name)
  expect(misdeeds(await mara.visit(path), hostile)).toEqual([])
})
