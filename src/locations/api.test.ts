import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Location, LocationTree, SiteSet } from './schema.ts'

let shop: Shop
let main: SiteSet
beforeAll(async () => {
  shop = await Shop.open()
  main = await shop.done<SiteSet>('POST /v1/locations/defaults')
})
afterAll(() => shop.close())

test('a new business gets a site it can work in, once', async () => {
  expect(main.site).toMatchObject({ code: 'MAIN', is_default: true, type: 'site' })
  const types = main.locations.map((location) => location.type).sort()
  expect(types).toEqual(['bin', 'dock', 'packing', 'quarantine', 'returns'])
  expect(main.locations.every((location) => location.account_id !== null)).toBe(true)
  expect(main.site.receiving_id).toBe(main.locations.find(({ type }) => type === 'dock')!.id)
  const again = await shop.done<SiteSet>('POST /v1/locations/defaults')
  expect(again).toEqual(main)
  expect(shop.events().filter((type) => type === 'location.created')).toHaveLength(6)
})

test('a tree is read in walking order', async () => {
  const site = await shop.done<Location>('POST /v1/locations', { type: 'site', code: 'NORTH' })
  expect(site.is_default).toBe(false)
  const add = (type: string, code: string, parent_id: string) =>
    shop.done<Location>('POST /v1/locations', { type, code, parent_id })
  const zone = await add('zone', 'N-COLD', site.id)
  const aisle = await add('aisle', 'N-COLD-1', zone.id)
  const bin = await add('bin', 'N-COLD-1-A', aisle.id)
  expect(bin).toMatchObject({ site_id: site.id, pickable: true })
  const tree = await shop.done<LocationTree>(`GET /v1/locations/${zone.id}/tree`)
  expect(tree.data.map(({ code, depth }) => [code, depth])).toEqual([
    ['N-COLD', 0],
    ['N-COLD-1', 1],
    ['N-COLD-1-A', 2],
  ])
})

test('a place stands where it can stand, under a code of its own', async () => {
  const bin = main.locations.find(({ type }) => type === 'bin')!
  const refusals = [
    [{ type: 'bin', code: 'B-1' }, 422, '/parent_id'],
    [{ type: 'bin', code: 'B-1', parent_id: bin.id }, 422, '/parent_id'],
    [{ type: 'site', code: 'S-1', parent_id: main.site.id }, 422, '/parent_id'],
    [{ type: 'zone', code: 'Z-1', parent_id: main.site.id, pickable: true }, 422, '/pickable'],
  ] as const
  for (const [body, status, pointer] of refusals) {
    const answer = await shop.send<{ errors: { pointer: string }[] }>('POST /v1/locations', body)
    expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([status, pointer])
  }
  const body = { type: 'bin', code: bin.code, parent_id: main.site.id }
  const taken = await shop.send('POST /v1/locations', body)
  expect([taken.status, taken.body.code]).toEqual([409, 'duplicate_location'])
})

test('a location in use is not archived, an empty one is, and comes back', async () => {
  for (const id of [main.site.id, main.site.receiving_id!]) {
    const refused = await shop.send(`POST /v1/locations/${id}/archive`)
    expect([refused.status, refused.body.code]).toEqual([409, 'location_in_use'])
  }
  const body = { type: 'bin', code: 'SPARE', parent_id: main.site.id }
  const spare = await shop.done<Location>('POST /v1/locations', body)
  const archived = await shop.done<Location>(`POST /v1/locations/${spare.id}/archive`)
  expect(archived.archived_at).toBe('2026-11-21T09:00:00.000Z')
  const change = await shop.send(`PATCH /v1/locations/${spare.id}`, { name: 'x' }, { etag: '"2"' })
  expect(change.body.code).toBe('location_archived')
  const restored = await shop.done<Location>(`POST /v1/locations/${spare.id}/restore`)
  expect(restored.archived_at).toBeNull()
})

test('two people changing one location do not overwrite each other', async () => {
  const { id } = main.locations.find(({ type }) => type === 'bin')!
  const without = await shop.send(`PATCH /v1/locations/${id}`, { on_hold: true })
  expect(without.status).toBe(428)
  const answers = await Promise.all([
    shop.send(`PATCH /v1/locations/${id}`, { on_hold: true }, { etag: '"1"' }),
    shop.send(`PATCH /v1/locations/${id}`, { name: 'Top shelf' }, { etag: '"1"' }),
  ])
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 412])
})
