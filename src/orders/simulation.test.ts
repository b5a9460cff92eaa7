import { expect, test } from 'bun:test'
import { Random } from '../../tests/random.ts'
import { Shop } from '../../tests/shop.ts'
import { systemScope } from '../db/scope.ts'
import { proveWholeNow } from '../ledger/proof/prove-whole.ts'
import type { Location, SiteSet } from '../locations/schema.ts'
import type { Item } from '../catalog/schema.ts'
import type { Availability } from '../stock/schema.ts'
import type { SalesOrder } from './schema.ts'

const seeds = [1, 20_261_121]
const rounds = 40
const at_once = 6

interface House {
  shop: Shop
  random: Random
  items: Item[]
  bins: string[]
  orders: string[]
}

/** What is done how often: an order is worked on more often than another one is made. */
const kinds = [0, 0, 1, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7, 7, 7, 8, 8, 8, 9, 10, 11]

/** Anything somebody might do, sensible or not; a refusal is an answer, our own mistake is not. */
function command({
  random,
  items,
  bins,
  orders,
}: House): [route: string, body: object | undefined] {
  const item_id = random.pick(items).id
  const quantity = 1 + random.below(4)
  const order = orders.length > 0 ? random.pick(orders.slice(-3)) : undefined
  const kind = order ? random.pick(kinds) : 3
  const at = (verb: string, body?: object): [string, object | undefined] => [
    `POST /v1/sales_orders/${order}/${verb}`,
    body,
  ]
  switch (kind) {
    case 0: {
      const lines = [{ item_id, location_id: random.pick(bins), quantity }]
      return ['POST /v1/stock/adjustments', { reason: 'found', lines }]
    }
    case 1: {
      const lines = [{ item_id, location_id: random.pick(bins), quantity: -quantity }]
      return ['POST /v1/stock/adjustments', { reason: 'damage', lines }]
    }
    case 2: {
      const [from_location_id, to_location_id] = [random.pick(bins), random.pick(bins)]
      const lines = [{ item_id, from_location_id, to_location_id, quantity }]
      return ['POST /v1/stock/moves', { lines }]
    }
    case 3: {
      const lines = [item_id, random.pick(items).id].map((id) => ({ item_id: id, quantity }))
      return ['POST /v1/sales_orders', { currency: 'EUR', ship_to: { country_code: 'DK' }, lines }]
    }
    case 4:
      return at('place')
    case 5:
      return at('allocate')
    case 6:
      return at('picks', random.chance(0.5) ? {} : { lines: [{ line: 1, quantity, short: true }] })
    case 7:
      return at('parcels', { parcels: [{}] })
    case 8:
      return at('ship', {})
    case 9:
      return at('void_dispatch', {})
    case 10:
      return random.chance(0.5) ? at('cancel') : at('put_back', { location_id: random.pick(bins) })
    default:
      return ['POST /v1/reservations', { item_id, quantity }]
  }
}

async function open(seed: number): Promise<House> {
  const shop = await Shop.open()
  const main = await shop.done<SiteSet>('POST /v1/locations/defaults')
  const first = main.locations.find(({ type }) => type === 'bin')!.id
  const second = await shop.done<Location>('POST /v1/locations', {
    ...{ type: 'bin', code: 'B-2', parent_id: main.site.id },
  })
  const items: Item[] = []
  for (const sku of ['A', 'B', 'C']) {
    items.push(await shop.done<Item>('POST /v1/items', { sku, name: sku }))
  }
  return { shop, random: new Random(seed), items, bins: [first, second.id], orders: [] }
}

async function requireTruth({ shop, items }: House, seed: number, round: number): Promise<void> {
  const where = `seed ${seed}, round ${round}`
  const scope = systemScope('simulation', shop.tenant.organization_id)
  const proof = shop.data.tenants.at(shop.tenant.id).read(scope, proveWholeNow)
  expect([where, proof.differences]).toEqual([where, []])
  for (const { id } of items) {
    const sums = await shop.done<Availability>(`GET /v1/items/${id}/availability`)
    expect([where, Number(sums.available) >= 0, Number(sums.on_hand) >= 0]).toEqual([
      where,
      true,
      true,
    ])
  }
  const page = await shop.done<{ data: SalesOrder[] }>('GET /v1/sales_orders?limit=100')
  for (const order of page.data) {
    for (const line of order.lines) {
      const parts = [
        line.backordered_quantity,
        line.allocated_quantity,
        line.picked_quantity,
        line.packed_quantity,
        line.shipped_quantity,
      ].map(Number)
      expect([where, order.id, Math.min(...parts) >= 0]).toEqual([where, order.id, true])
      const sum = parts.reduce((total, part) => total + part, 0)
      const whole = ['draft', 'cancelled'].includes(order.status) ? 0 : Number(line.quantity)
      expect([where, order.id, order.status, sum]).toEqual([where, order.id, order.status, whole])
    }
  }
}

for (const seed of seeds) {
  test(`whatever is done, and at once, the ledger and the orders agree (seed ${seed})`, async () => {
    const house = await open(seed)
    for (let round = 0; round < rounds; round++) {
      const commands = Array.from({ length: at_once }, () => command(house))
      const answers = await Promise.all(
        commands.map(([route, body]) => house.shop.send<SalesOrder>(route, body)),
      )
      answers.forEach(({ status, body, text }, index) => {
        const [route] = commands[index]!
        expect([route, status < 500 ? '' : text]).toEqual([route, ''])
        if (status === 201 && route.endsWith('/sales_orders')) house.orders.push(body.id)
      })
      if (round % 5 === 4) await requireTruth(house, seed, round)
    }
    const shipped = house.shop.events().filter((type) => type === 'sales_order.shipped')
    expect(shipped.length).toBeGreaterThan(0)
    await house.shop.close()
  })
}
