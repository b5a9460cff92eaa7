import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { Browser, misdeeds } from '../../tests/browser.ts'
import { liveIn } from '../../tests/lived-in.ts'
import { Shop } from '../../tests/shop.ts'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import { openObjects } from '../objects/open-objects.ts'
import { finishPending } from '../tenants/finish-pending.ts'
import type { MadeSibling, Sibling } from './schema.ts'

let shop: Shop
let simulator: Simulator
/** A place for objects that no business's folder takes along, as a bucket is. */
let objects: ReturnType<typeof openObjects>

beforeAll(async () => {
  simulator = await startSimulator()
  shop = await Shop.open({
    services: { simulator_url: simulator.url, objects: (id) => objects(id) },
  })
  objects = openObjects(
    { kind: 'local' },
    {
      folderOf: (id) => join(shop.folder, 'elsewhere', id),
      scratch_folder: join(shop.folder, 'scratch'),
    },
  )
  await liveIn(shop, shop.tenant.token)
}, 60_000)
afterAll(async () => {
  await shop.close()
  await simulator.stop()
})

const family = async () => (await shop.done<{ data: Sibling[] }>('GET /v1/siblings')).data
const keysOf = async (id: string) =>
  (await Array.fromAsync(objects(id).list())).map(({ key }) => key).sort()
const make = (kind: string, key: string = crypto.randomUUID(), wish: object = {}) =>
  shop.done<MadeSibling>(`POST /v1/${kind}`, wish, { key })
const dieBeforeAnswer = (key: string) =>
  shop.data.tenants.at(shop.tenant.id).write(shop.scope, (tx) => {
    tx.run(
      `UPDATE idempotency_keys SET status = NULL, body = NULL, process_id = 'dead' WHERE key = ?`,
      key,
    )
  })

test('a branch whose making was cut off leaves no object anywhere', async () => {
  const branch = await make('branches')
  expect(await keysOf(branch.id)).toHaveLength(1)
  await shop.data.platform.write(shop.scope, (tx) => {
    tx.run("UPDATE tenants SET status = 'pending' WHERE id = ?", branch.id)
  })
  const { data } = shop
  const told: string[] = []
  const away = () => ({ removeAll: () => Promise.reject(new Error('the bucket is away')) }) as never
  expect(await finishPending(data, away, (_, id) => told.push(id))).toEqual([])
  expect(told).toEqual([branch.id])
  expect(await finishPending(data, objects, (_, id) => told.push(id))).toEqual([branch.id])
  expect(told).toHaveLength(1)
  expect(await keysOf(branch.id)).toEqual([])
  expect(data.tenants.exists(branch.id)).toBe(false)
  expect(await keysOf(shop.tenant.id)).not.toEqual([])
})

test('a retry of one that nobody was told about does not make a second one', async () => {
  for (const kind of ['sandboxes', 'branches']) {
    const key = crypto.randomUUID()
    const first = await make(kind, key)
    await dieBeforeAnswer(key)
    const before = (await family()).length
    const again = await make(kind, key)
    expect(again.id).toBe(first.id)
    expect(again.api_token).not.toBe(first.api_token)
    expect(await family()).toHaveLength(before)
    await shop.done('GET /v1/items', undefined, { token: again.api_token })
    expect((await make(kind, key)).api_token).toBe(again.api_token)
    await shop.done(`DELETE /v1/siblings/${first.id}`)
    await dieBeforeAnswer(key)
    expect((await shop.send(`POST /v1/${kind}`, {}, { key })).status).toBe(404)
  }
})

test('the carriers of a branch are simulated: it quotes and buys a label', async () => {
  const branch = await make('branches')
  const token = { token: branch.api_token }
  interface Listed {
    data: { id: string; mode: string; base_url: string; active: boolean }[]
  }
  const { data } = await shop.done<Listed>('GET /v1/carrier_connections', undefined, token)
  const [connection] = data
  expect(connection).toMatchObject({
    mode: 'simulator',
    base_url: `${simulator.url}/ups`,
    active: true,
  })
  const address = {
    person_name: 'Ada Lane',
    address_line1: '200 Main Street',
    city: 'Chicago',
    state_code: 'IL',
    postal_code: '60601',
    country_code: 'US',
    phone_number: '3125550100',
  }
  const made = await shop.done<{ id: string }>(
    'POST /v1/shipments',
    { shipper: address, recipient: address, parcels: [{ weight: '0.9', weight_unit: 'KG' }] },
    token,
  )
  await shop.done(`POST /v1/shipments/${made.id}/rates`, undefined, token)
  const choice = { connection_id: connection!.id, service: 'ups_ground' }
  const bought = await shop.done(`POST /v1/shipments/${made.id}/purchase`, choice, token)
  expect(bought).toMatchObject({ status: 'purchased' })
  await shop.done(`DELETE /v1/siblings/${branch.id}`)
})

test('above every page stands which of the family it is, and of which business', async () => {
  const hostile = '<b onclick=x>'
  const branch = await make('branches', undefined, { name: `Try ${hostile}` })
  const below = await Browser.enter(shop, 'owner', branch.api_token)
  const html = await below.visit('/items')
  expect(html).toContain('Branch of Harbour Goods')
  expect(misdeeds(html, hostile)).toEqual([])
  const sandbox = await make('sandboxes')
  const there = await Browser.enter(shop, 'owner', sandbox.api_token)
  expect(await there.visit('/items')).toContain('Sandbox of Harbour Goods')
  const mara = await Browser.enter(shop)
  expect(await mara.visit('/items')).not.toContain('of Harbour Goods')
})
