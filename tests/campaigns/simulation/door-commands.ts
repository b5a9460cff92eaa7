/** What happens at the door: labels are bought and voided, parcels followed, goods come back. */
import type { FaultKind } from '../../../src/carriers/simulator/simulator.ts'
import type { SalesOrder } from '../../../src/orders/schema.ts'
import type { Return } from '../../../src/returns/schema.ts'
import { dispositions, return_reasons } from '../../../src/returns/schema.ts'
import type { Shipment, Tracker } from '../../../src/shipping/schema.ts'
import { millionths } from './model.ts'
import { address, command, type Command, type World } from './world.ts'

/** Those that end by themselves; silence would wait for a clock that stands still. */
const faults: FaultKind[] = ['lost_answer', 'late_error', 'rate_limited', 'server_error']

/** The states in which each of these does something. */
const fits: Record<string, RegExp> = {
  change: /draft|rated/,
  rate: /draft|rated/,
  discard: /draft|rated/,
  purchase: /draft|rated|uncertain/,
  settle: /uncertain|purchasing/,
  void: /purchased/,
  receive: /authorized|partially/,
  inspect: /received/,
  close: /received|inspected/,
  cancel: /authorized/,
  label: /authorized/,
}
const able =
  (verb: string) =>
  ({ status }: { status: string }): boolean =>
    fits[verb]!.test(status)

const doubtful = new Set(['purchasing', 'uncertain'])

/** A shipment moves its order: what became of it is asked for. */
export const learnShipment = (world: World) => async (shipment: Shipment) => {
  world.shipments.keep(shipment)
  if (shipment.tracker_id) world.trackers.keep({ id: shipment.tracker_id })
  const { order_id } = shipment
  if (!order_id) return
  if (doubtful.has(shipment.status)) world.in_doubt.add(shipment.id)
  else world.in_doubt.delete(shipment.id)
  await world.seeOrder(order_id)
}

const parcel = (world: World) => ({ weight: 1 + world.random.below(10), weight_unit: 'KG' })

const hasPacked = ({ lines }: SalesOrder): boolean =>
  lines.some((line) => Number(line.packed_quantity) > 0)

export function draft(world: World): Command {
  const { random } = world
  const order = random.chance(0.8) ? world.orders.pick(hasPacked) : undefined
  const packed = order && hasPacked(order)
  const plain = {
    shipper: address('Dock'),
    recipient: address('Ada Lane'),
    parcels: Array.from({ length: 1 + random.below(2) }, () => parcel(world)),
  }
  const body = order && (packed || random.chance(0.05)) ? { order_id: order.id } : plain
  return command<Shipment>('shipments.create', { body }, learnShipment(world))
}

export function changeShipment(world: World): Command | undefined {
  const shipment = world.shipments.pick(able('change'))
  if (!shipment) return undefined
  const { id, version } = shipment
  const body = world.random.chance(0.5)
    ? { metadata: { seen: String(world.next()) } }
    : { parcels: [parcel(world)] }
  const asked = { params: { id }, body, etag: `"${version}"` }
  return command<Shipment>('shipments.update', asked, learnShipment(world))
}

/** What needs no more than the shipment. */
export const shipmentVerb =
  (verb: 'rate' | 'settle' | 'void' | 'discard') =>
  (world: World): Command | undefined => {
    const shipment = world.shipments.pick(able(verb))
    if (!shipment) return undefined
    const asked = { params: { id: shipment.id } }
    return command<Shipment>(`shipments.${verb}`, asked, learnShipment(world))
  }

export function purchase(world: World): Command | undefined {
  const { random } = world
  const shipment = world.shipments.pick(able('purchase'))
  if (!shipment) return undefined
  if (random.chance(0.2)) world.simulator.failNext(random.pick(faults))
  const rate = random.chance(0.5) ? shipment.rates.at(0) : undefined
  const plain = { connection_id: world.connection.id, service: 'ups_ground' }
  const body = rate ? { rate_id: rate.id } : plain
  const asked = { params: { id: shipment.id }, body }
  return command<Shipment>('shipments.purchase', asked, learnShipment(world))
}

export function label(world: World): Command | undefined {
  const shipment = world.shipments.pick()
  if (!shipment) return undefined
  return command('shipments.label', { params: { id: shipment.id, position: '0' } })
}

export function refresh(world: World): Command | undefined {
  const tracker = world.trackers.pick()
  if (!tracker) return undefined
  return command<Tracker>('trackers.refresh', { params: tracker }, async ({ shipment_id }) => {
    if (!shipment_id) return
    const shipment = await world.shop.done<Shipment>(`GET /v1/shipments/${shipment_id}`)
    if (shipment.order_id) await world.seeOrder(shipment.order_id)
  })
}

// Back again

const learnReturn = (world: World) => (seen: Return) => {
  world.model.seeReturn(seen, (id) => world.kindOf(id))
  world.returns.keep(seen)
}

export function authorize(world: World): Command | undefined {
  const { random } = world
  const order = world.sent.pick()
  if (!order) return undefined
  const gone = order.lines.filter((line) => Number(line.shipped_quantity) > 0)
  if (gone.length === 0) return undefined
  const lines = [random.pick(gone)].map(({ line, item_id, shipped_quantity }) => {
    const goods = world.goods.find(({ item }) => item.id === item_id)!
    const tracked = world.name(goods)
    const { lot_code, serial_code } = tracked
    const quantity = serial_code ? '1' : random.chance(0.8) ? '1' : shipped_quantity
    return { line, ...(lot_code && { lot_code }), ...(serial_code && { serial_code }), quantity }
  })
  const body = { sales_order_id: order.id, reason: random.pick(return_reasons), lines }
  return command<Return>('returns.authorize', { body }, learnReturn(world))
}

export function receiveReturn(world: World): Command | undefined {
  const { random } = world
  const back = world.returns.pick(able('receive'))
  if (!back) return undefined
  const some = [{ line: random.pick(back.lines).line, quantity: String(1 + random.below(2)) }]
  const body = random.chance(0.5) ? {} : { lines: some }
  return command<Return>('returns.receive', { params: { id: back.id }, body }, learnReturn(world))
}

export function inspect(world: World): Command | undefined {
  const { random } = world
  const back = world.returns.pick(able('inspect'))
  if (!back) return undefined
  const { line, received_quantity, inspected_quantity } = random.pick(back.lines)
  const waiting = (millionths(received_quantity) - millionths(inspected_quantity)) / 1_000_000
  const disposition = random.pick(dispositions)
  const quantity = random.chance(0.1) ? '2' : String(Math.max(1, waiting))
  const restock = disposition === 'restock' && random.chance(0.95)
  const place = restock ? { location_id: world.place(back.site_id).id } : {}
  const body = { lines: [{ line, disposition, quantity, ...place }] }
  return command<Return>('returns.inspect', { params: { id: back.id }, body }, learnReturn(world))
}

export const returnVerb =
  (verb: 'close' | 'cancel') =>
  (world: World): Command | undefined => {
    const back = world.returns.pick(able(verb))
    if (!back) return undefined
    const asked = { params: { id: back.id }, ...(verb === 'close' && { body: {} }) }
    return command<Return>(`returns.${verb}`, asked, learnReturn(world))
  }

export function labelReturn(world: World): Command | undefined {
  const back = world.returns.pick(able('label'))
  if (!back) return undefined
  const body = {
    connection_id: world.connection.id,
    service: 'ups_ground',
    parcels: [parcel(world)],
  }
  return command<Return>('returns.label', { params: { id: back.id }, body }, learnReturn(world))
}
