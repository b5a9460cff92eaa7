/** What is done with orders to suppliers and from customers, up to the door. */
import type { Fulfilment } from '../../../src/orders/fulfilment-schema.ts'
import type { SalesOrder } from '../../../src/orders/schema.ts'
import type { PurchaseOrder, Receipt, Received } from '../../../src/purchasing/schema.ts'
import { millionths, type Effect } from './model.ts'
import { address, command, type Command, type World } from './world.ts'

const price = (world: World) => ({ amount: 100 + world.random.below(5_000), currency: 'USD' })

const linesOf = (world: World, most: number) =>
  Array.from({ length: 1 + world.random.below(3) }, () => {
    const goods = world.any()
    const quantity = world.quantity(goods, goods.item.tracking === 'serial' ? 3 : most)
    return { item_id: goods.item.id, quantity, unit_price: price(world) }
  })

/** The states in which each of these does something. */
const fits: Record<string, RegExp> = {
  send: /draft/,
  receive: /sent|partially/,
  close: /partially|shipped|delivered/,
  cancel: /draft|sent|placed|allocated/,
  change: /draft/,
  place: /draft/,
  allocate: /placed|picking/,
  hold: /draft|placed|allocated/,
  release: /draft|placed|allocated|picking|packed/,
  pick: /placed|allocated|picking/,
  pack: /picking/,
  unpack: /packed|picking/,
  ship: /packed|picking/,
  void_dispatch: /shipped|packed|picking/,
  deliver: /shipped/,
}
const able =
  (verb: string) =>
  ({ status, on_hold = false }: { status: string; on_hold?: boolean }): boolean =>
    fits[verb]!.test(status) && on_hold === (verb === 'release')

// To suppliers

const learnPurchase = (world: World) => (order: PurchaseOrder) => {
  world.model.seePurchaseOrder(order)
  world.purchases.keep(order)
}

export function createPurchase(world: World): Command {
  const { random } = world
  const body = {
    supplier_id: random.pick(world.parties.supplier),
    over_receipt_percent: random.pick([0, 0, 10, 50]),
    ...(random.chance(0.3) && { site_id: world.site() }),
    lines: linesOf(world, 40),
  }
  return command<PurchaseOrder>('purchase_orders.create', { body }, learnPurchase(world))
}

export function changePurchase(world: World): Command | undefined {
  const order = world.purchases.pick(able('change'))
  if (!order) return undefined
  const body = world.random.chance(0.5)
    ? { note: `Note ${world.next()}` }
    : { lines: linesOf(world, 30) }
  const asked = { params: { id: order.id }, body, etag: `"${order.version}"` }
  return command<PurchaseOrder>('purchase_orders.update', asked, learnPurchase(world))
}

/** Sent, closed or cancelled. */
export const purchaseVerb =
  (verb: 'send' | 'close' | 'cancel') =>
  (world: World): Command | undefined => {
    const order = world.purchases.pick(able(verb))
    if (!order) return undefined
    const asked = { params: { id: order.id } }
    return command<PurchaseOrder>(`purchase_orders.${verb}`, asked, learnPurchase(world))
  }

function arrivalOf(
  world: World,
  { line, item_id, outstanding_quantity }: PurchaseOrder['lines'][0],
) {
  const { random } = world
  const goods = world.goods.find(({ item }) => item.id === item_id)!
  const { tracking } = goods.item
  const missing = Math.max(1, Math.floor(Number(outstanding_quantity)))
  const some = 1 + random.below(missing + (random.chance(0.15) ? 5 : 0))
  const rejected = random.chance(0.1) ? 1 : 0
  const serials = (count: number) =>
    Array.from({ length: count }, () => `S-${goods.item.sku}-${world.next()}`)
  const codes = tracking === 'serial' ? serials(some) : undefined
  const bad_codes = tracking === 'serial' && rejected ? serials(rejected) : undefined
  const wanted = {
    line,
    ...(!codes || random.chance(0.3) ? { quantity: String(some) } : {}),
    ...(codes && { serial_codes: codes }),
    ...(rejected && !bad_codes ? { rejected_quantity: String(rejected) } : {}),
    ...(bad_codes && { rejected_serial_codes: bad_codes }),
    ...(tracking === 'lot' && { lot_code: random.pick(goods.lots) }),
  }
  return { wanted, some, rejected, codes: [...(codes ?? []), ...(bad_codes ?? [])], goods }
}

export function receivePurchase(world: World): Command | undefined {
  const { random, model } = world
  const order = world.purchases.pick(able('receive'))
  if (!order) return undefined
  const chosen = order.lines.filter(() => random.chance(0.7)).slice(0, 2)
  const place = random.chance(0.7)
    ? random.pick(
        [...world.places.values()].filter(({ site_id, kind }) => {
          return site_id === order.site_id && kind === 'bin'
        }),
      )
    : undefined
  const arrivals = (chosen.length > 0 ? chosen : order.lines.slice(0, 1)).map((line) =>
    arrivalOf(world, line),
  )
  const lines = arrivals.map(({ wanted }) => ({
    ...wanted,
    ...(place && { location_id: place.id }),
  }))
  const effects = arrivals.flatMap(({ goods, some, rejected }): Effect[] => {
    const item_id = goods.item.id
    return [
      { item_id, from: 'supplier', to: place?.kind ?? 'receiving', amount: millionths(some) },
      { item_id, from: 'supplier', to: 'quarantine', amount: millionths(rejected) },
    ]
  })
  const asked = { params: { id: order.id }, body: { lines } }
  return command<Received>('purchase_orders.receive', asked, ({ purchase_order, ...receipt }) => {
    model.apply(effects, receipt.id)
    learnPurchase(world)(purchase_order)
    world.receipts.keep(receipt)
    for (const { goods, codes } of arrivals) goods.serials.push(...codes)
    for (const { goods } of arrivals) goods.serials.splice(0, goods.serials.length - 60)
  })
}

export function reverseReceipt(world: World): Command | undefined {
  const receipt = world.receipts.pick()
  if (!receipt) return undefined
  const { id, purchase_order_id } = receipt
  return command<Receipt>('receipts.reverse', { params: { id }, body: {} }, async () => {
    world.model.takeBack(id)
    const route = `GET /v1/purchase_orders/${purchase_order_id}` as const
    world.model.seePurchaseOrder(await world.shop.done<PurchaseOrder>(route))
  })
}

// From customers

const learnOrder = (world: World) => (order: SalesOrder) => world.learnOrder(order)
const learnWhole =
  (world: World) =>
  ({ order }: Fulfilment) =>
    world.learnOrder(order)

export function createOrder(world: World): Command {
  const { random } = world
  const body = {
    currency: 'USD',
    ...(random.chance(0.5) && { customer_id: random.pick(world.parties.customer) }),
    ...(random.chance(0.2) && { site_id: world.site() }),
    ...(random.chance(0.2) && { backorder_policy: 'refuse' }),
    ...(random.chance(0.1) && { external_reference: `web-${random.below(500)}` }),
    ship_to: address('Ada Lane'),
    lines: linesOf(world, 5),
  }
  return command<SalesOrder>('sales_orders.create', { body }, learnOrder(world))
}

export function changeOrder(world: World): Command | undefined {
  const order = world.orders.pick(able('change'))
  if (!order) return undefined
  const body = world.random.chance(0.5)
    ? { priority: world.random.below(10) }
    : { lines: linesOf(world, 4) }
  const asked = { params: { id: order.id }, body, etag: `"${order.version}"` }
  return command<SalesOrder>('sales_orders.update', asked, learnOrder(world))
}

/** What needs no more than the order. */
export const orderVerb =
  (verb: 'place' | 'allocate' | 'hold' | 'release' | 'cancel' | 'close') =>
  (world: World): Command | undefined => {
    const order = world.orders.pick(able(verb))
    if (!order) return undefined
    const body = verb === 'hold' ? { body: { reason: 'A word with the customer' } } : {}
    const asked = { params: { id: order.id }, ...body }
    return command<SalesOrder>(`sales_orders.${verb}`, asked, learnOrder(world))
  }

/** Parcels leave, come back, arrive. */
export const parcelVerb =
  (verb: 'ship' | 'void_dispatch' | 'deliver') =>
  (world: World): Command | undefined => {
    const order = verb === 'ship' ? world.orders.pick(able(verb)) : world.sent.pick(able(verb))
    if (!order) return undefined
    const asked = { params: { id: order.id }, body: {} }
    return command<Fulfilment>(`sales_orders.${verb}`, asked, learnWhole(world))
  }

export const pickAll = (world: World): Command | undefined => {
  const order = world.orders.pick(able('pick'))
  if (!order) return undefined
  const asked = { params: { id: order.id }, body: {} }
  return command<Fulfilment>('sales_orders.pick', asked, learnWhole(world))
}

/** A part, or less than should be there. */
export async function pickSome(world: World): Promise<Command | undefined> {
  const { random } = world
  const order = world.orders.pick(able('pick'))
  if (!order) return undefined
  const { to_pick } = await world.fulfilment(order.id)
  if (to_pick.length === 0) return pickAll(world)
  const { line, location_id, lot_id, serial_id, quantity } = random.pick(to_pick)
  const short = random.chance(0.4)
  const wanted = {
    line,
    location_id,
    ...(lot_id && { lot_id }),
    ...(serial_id && { serial_id }),
    quantity: short ? '0' : random.chance(0.5) ? quantity : '1',
    ...(short && { short }),
  }
  const asked = { params: { id: order.id }, body: { lines: [wanted] } }
  return command<Fulfilment>('sales_orders.pick', asked, learnWhole(world))
}

export function scanPick(world: World): Command {
  const { item } = world.any()
  const body = { code: item.sku, quantity: '1' }
  return command<Fulfilment>('pick_list.confirm', { body }, learnWhole(world))
}

export function putBack(world: World): Command | undefined {
  const order = world.orders.pick(able('pack'))
  if (!order) return undefined
  const bins = [...world.places.values()].filter(
    ({ kind, site_id }) => kind === 'bin' && site_id === order.site_id,
  )
  const body = { location_id: world.random.pick(bins).id }
  const asked = { params: { id: order.id }, body }
  return command<Fulfilment>('sales_orders.put_back', asked, learnWhole(world))
}

export async function pack(world: World): Promise<Command | undefined> {
  const { random } = world
  const order = world.orders.pick(able('pack'))
  if (!order) return undefined
  const all = [{ weight_g: 300 + random.below(3_000) }]
  const params = { id: order.id }
  const learn = learnWhole(world)
  if (random.chance(0.7)) {
    return command<Fulfilment>('sales_orders.pack', { params, body: { parcels: all } }, learn)
  }
  const { picked } = await world.fulfilment(order.id)
  const parcels = picked.slice(0, 2).map(({ line, lot_id, serial_id, quantity }) => ({
    weight_g: 500,
    contents: [{ line, ...(lot_id && { lot_id }), ...(serial_id && { serial_id }), quantity }],
  }))
  const body = { parcels: parcels.length > 0 ? parcels : all }
  return command<Fulfilment>('sales_orders.pack', { params, body }, learn)
}

export async function unpack(world: World): Promise<Command | undefined> {
  const order = world.orders.pick(able('unpack'))
  if (!order) return undefined
  const { parcels } = await world.fulfilment(order.id)
  if (parcels.length === 0) return undefined
  const params = { id: order.id, parcel_id: world.random.pick(parcels).id }
  return command<Fulfilment>('sales_orders.unpack', { params }, learnWhole(world))
}
