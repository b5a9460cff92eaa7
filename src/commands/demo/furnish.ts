/** Opens the shop: people, places, goods, partners, carriers. */
import type { AddedMember, Member } from '../../access/schema.ts'
import type { Item } from '../../catalog/schema.ts'
import type { Address } from '../../carriers/address.ts'
import type { Location, LocationType } from '../../locations/schema.ts'
import type { Party } from '../../parties/schema.ts'
import type { CarrierConnection } from '../../shipping/schema.ts'
import {
  duties,
  shop_address,
  staff,
  supplier_codes,
  suppliers,
  warehouse_address,
  type Duty,
  type SupplierCode,
} from './company.ts'
import { customersOf } from './customers.ts'
import type { Desk } from './desk.ts'
import { catalogue, newItem } from './goods.ts'
import { wharf_courier } from './rate-sheet.ts'
import type { Article, Buyer, Shop, Site } from './shop.ts'
import { weeklyDemand } from './demand.ts'

const households = 90

export async function furnish(desk: Desk): Promise<Shop> {
  await enrol(desk)
  const warehouse = await buildWarehouse(desk)
  const quay_street = await buildShop(desk)
  const articles = await listGoods(desk, warehouse, quay_street)
  return {
    ...{ warehouse, quay_street, articles },
    bySku: new Map(articles.map((article) => [article.goods.sku, article])),
    supplier_ids: await enterSuppliers(desk),
    buyers: await enterCustomers(desk),
    connections: await connectCarriers(desk),
  }
}

/** From now on everything is done in somebody's name. */
async function enrol(desk: Desk): Promise<void> {
  for (const person of staff) await desk.do<AddedMember>('owner', 'members.add', person)
  const { data } = await desk.do<{ data: Member[] }>('owner', 'members.list', { limit: 100 })
  for (const [duty, email] of Object.entries(duties) as [Duty, string][]) {
    const member = data.find((each) => each.email === email)!
    desk.introduce(duty, { kind: 'user', id: member.id, name: member.name })
  }
}

interface Plan {
  type: LocationType
  code: string
  name?: string
  parent_id?: string
  address?: Address
}

const build = (desk: Desk, plan: Plan) => desk.do<Location>('warehouse', 'locations.create', plan)

const zones = [
  { code: 'A', name: 'Kitchen', aisles: 3 },
  { code: 'B', name: 'Tea, cool and dry', aisles: 2 },
  { code: 'C', name: 'Heavy and gifts', aisles: 2 },
] as const
const bins_per_aisle = 10
const two = (number: number): string => String(number).padStart(2, '0')

async function buildWarehouse(desk: Desk): Promise<Site> {
  const site = await build(desk, {
    ...{ type: 'site', code: 'WHARF', name: 'Custom House Wharf' },
    address: warehouse_address,
  })
  const bins: Site['bins'] = []
  for (const { code, name, aisles } of zones) {
    const zone = await build(desk, { type: 'zone', code, name, parent_id: site.id })
    for (let aisle = 1; aisle <= aisles; aisle++) {
      bins.push(...(await buildAisle(desk, zone.id, `${code}-${two(aisle)}`)))
    }
  }
  return { id: site.id, dock_id: site.receiving_id!, bins }
}

async function buildAisle(desk: Desk, zone_id: string, code: string): Promise<Site['bins']> {
  const aisle = await build(desk, { type: 'aisle', code, parent_id: zone_id })
  const bins: Site['bins'] = []
  for (let place = 1; place <= bins_per_aisle; place++) {
    const bin_code = `${code}-${two(place)}`
    const { id } = await build(desk, { type: 'bin', code: bin_code, parent_id: aisle.id })
    bins.push({ id, code: bin_code })
  }
  return bins
}

async function buildShop(desk: Desk): Promise<Site> {
  const site = await build(desk, {
    ...{ type: 'site', code: 'QUAY', name: 'Shop, Quay Street' },
    address: shop_address,
  })
  const bins: Site['bins'] = []
  for (let shelf = 1; shelf <= 8; shelf++) {
    const code = `Q-${two(shelf)}`
    const { id } = await build(desk, { type: 'bin', code, parent_id: site.id })
    bins.push({ id, code })
  }
  return { id: site.id, dock_id: site.receiving_id!, bins }
}

/** Tea lies in zone B, what is heavy in zone C, the rest in zone A; best sellers in the shop too. */
function placesFor(warehouse: Site): (zone: string) => string {
  const taken = new Map<string, number>()
  return (zone) => {
    const bins = warehouse.bins.filter(({ code }) => code.startsWith(zone))
    const place = taken.get(zone) ?? 0
    taken.set(zone, place + 1)
    return bins[place % bins.length]!.id
  }
}

async function listGoods(desk: Desk, warehouse: Site, quay_street: Site): Promise<Article[]> {
  const nextPlace = placesFor(warehouse)
  const articles: Article[] = []
  for (const [number, goods] of catalogue.entries()) {
    const reorder_point = Math.max(4, Math.round(weeklyDemand(goods, 9) * 3))
    const item = await desk.do<Item>(
      'buying',
      'items.create',
      newItem(goods, number, reorder_point),
    )
    const zone = goods.tracking === 'lot' ? 'B' : goods.weight_g > 1_200 ? 'C' : 'A'
    const in_shop = goods.tracking === 'none' && goods.demand >= 6
    const shelf = quay_street.bins[articles.length % quay_street.bins.length]!.id
    articles.push({
      ...{ goods, id: item.id, bin_id: nextPlace(zone) },
      shop_bin_id: in_shop ? shelf : undefined,
    })
  }
  return articles
}

async function enterSuppliers(desk: Desk): Promise<Record<SupplierCode, string>> {
  const ids: Partial<Record<SupplierCode, string>> = {}
  for (const code of supplier_codes) {
    ids[code] = (await desk.do<Party>('buying', 'parties.create', suppliers[code].party)).id
  }
  return ids as Record<SupplierCode, string>
}

async function enterCustomers(desk: Desk): Promise<Buyer[]> {
  const buyers: Buyer[] = []
  for (const { party, is_cafe } of customersOf(desk.chance, households)) {
    const { id, name } = await desk.do<Party>('service', 'parties.create', party)
    const state_code = party.addresses![0]!.address.state_code!
    buyers.push({ id, name, is_cafe, state_code })
  }
  return buyers
}

async function connectCarriers(desk: Desk): Promise<Shop['connections']> {
  const connect = async (input: object) =>
    (await desk.do<CarrierConnection>('owner', 'carrier_connections.create', input)).id
  const simulated = (carrier_id: string) => ({
    carrier_id,
    mode: 'simulator',
    base_url: desk.simulator.baseUrl(carrier_id),
  })
  return {
    ups: await connect({
      ...simulated('ups'),
      name: 'UPS (simulated)',
      credentials: { client_id: 'harbour', client_secret: 'simulated', account_number: 'A1B2C3' },
    }),
    sendle: await connect({
      ...simulated('sendle'),
      name: 'Sendle (simulated)',
      credentials: { sendle_id: 'harbour', api_key: 'simulated' },
    }),
    courier: await connect({
      ...{ carrier_id: 'generic', name: 'Wharf Courier', mode: 'live' },
      config: {
        ...{ display_name: 'Wharf Courier', tracking_prefix: 'WHF' },
        rate_sheet: wharf_courier,
      },
    }),
  }
}
