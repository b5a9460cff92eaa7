/** What is done to items, lots, places, parties, organizations and tokens; and what is only read. */
import type { Item } from '../../../src/catalog/schema.ts'
import type { Location } from '../../../src/locations/schema.ts'
import { command, type Command, type World } from './world.ts'

export function createItem(world: World): Command {
  const number = world.next()
  const body = { sku: `NEW-${number}`, name: `New ${number}`, barcode: `4006${number}` }
  return command<Item>('items.create', { body }, (item) => world.items.keep(item))
}

export function changeItem(world: World): Command | undefined {
  const item = world.items.pick()
  if (!item) return undefined
  const etag = world.random.chance(0.9) ? `"${item.version}"` : '*'
  const body = { name: `Renamed ${world.next()}`, weight_g: 100 + world.random.below(900) }
  const asked = { params: { id: item.id }, body, etag }
  return command<Item>('items.update', asked, (reply) => world.items.keep(reply))
}

/** Only items nobody orders: an archived one stays where it is used. */
export function archiveItem(world: World): Command | undefined {
  const item = world.items.pick()
  if (!item?.sku.startsWith('NEW')) return undefined
  const verb = item.archived_at ? 'restore' : 'archive'
  const asked = { params: { id: item.id } }
  return command<Item>(`items.${verb}`, asked, (reply) => world.items.keep(reply))
}

type Lot = { id: string; version: number }

export function changeLot(world: World): Command | undefined {
  const lot = world.lots.pick()
  if (!lot) return undefined
  const status = world.random.chance(0.75) ? 'ok' : world.random.pick(['hold', 'recalled'])
  const expires = world.random.chance(0.5) ? { expires_on: world.today(60) } : {}
  const body = { status, ...expires }
  const asked = { params: { id: lot.id }, body, etag: `"${lot.version}"` }
  return command<Lot>('lots.update', asked, ({ id, version }) => world.lots.keep({ id, version }))
}

export function createLot(world: World): Command {
  const goods = world.any()
  const body = { item_id: goods.item.id, code: `L-${world.random.below(60)}` }
  return command<Lot & { code: string }>('lots.create', { body }, ({ id, version, code }) => {
    if (goods.item.tracking !== 'lot') return
    world.lots.keep({ id, version })
    goods.lots.push(code)
    if (goods.lots.length > 6) goods.lots.shift()
  })
}

export function createBin(world: World): Command {
  const body = { type: 'bin', code: `B-${world.random.below(4)}`, parent_id: world.site() }
  return command<Location>('locations.create', { body }, (place) => world.learnPlace(place))
}

export function archivePlace(world: World): Command {
  const verb = world.random.pick(['archive', 'restore', 'restore'])
  return command(`locations.${verb}`, { params: { id: world.place().id } })
}

export function createParty(world: World): Command {
  const body = { name: `Party ${world.next()}`, kinds: ['customer'] }
  return command('parties.create', { body })
}

export function createOrganization(world: World): Command {
  const slug = `team-${world.random.below(40)}`
  return command('organizations.create', { body: { name: `Team ${world.next()}`, slug } })
}

export function createToken(world: World): Command {
  const { random } = world
  const confined = random.chance(0.5) ? { organization_id: world.shop.tenant.organization_id } : {}
  const body = { name: `Token ${world.next()}`, scopes: ['*.read'], ...confined }
  return command<{ id: string }>('tokens.create', { body }, ({ id }) => world.tokens.keep({ id }))
}

export const tokenVerb =
  (verb: 'rotate' | 'revoke') =>
  (world: World): Command | undefined => {
    const token = world.tokens.pick()
    if (!token) return undefined
    const body = verb === 'rotate' ? { body: {} } : {}
    return command(`tokens.${verb}`, { params: token, ...body })
  }

/** The neighbour works as well, with goods of his own. */
export function neighbourAdjusts(world: World): Command {
  const { token, item_id, location_id } = world.neighbour
  const quantity = world.random.below(2) ? '3' : '-2'
  const lines = [{ item_id, location_id, quantity }]
  return command('stock.adjust', { body: { reason: 'correction', lines }, token })
}

const lists = [
  'items.list',
  'locations.list',
  'stock.levels',
  'reservations.list',
  'transfers.list',
  'counts.list',
  'purchase_orders.list',
  'receipts.list',
  'sales_orders.list',
  'pick_list.get',
  'shipments.list',
  'trackers.list',
  'returns.list',
  'events.list',
  'audit.list',
  'postings.list',
]

export function look(world: World): Command {
  return command(world.random.pick(lists), { query: { limit: '10' } })
}

export function lookAtItem(world: World): Command {
  const params = { id: world.any().item.id }
  return command(world.random.pick(['stock.availability', 'stock.movements']), { params })
}
