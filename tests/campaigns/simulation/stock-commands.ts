/** What is done to stock by hand: adjusted, moved, transferred, counted, reserved, taken back. */
import { hour_ms, timestamp } from '../../../src/kit/clock.ts'
import type { Location } from '../../../src/locations/schema.ts'
import type { Count } from '../../../src/stock/counts/schema.ts'
import type { Confirmed, Reservation } from '../../../src/stock/reservations/schema.ts'
import type { Posted, Posting } from '../../../src/stock/schema.ts'
import type { Transfer } from '../../../src/stock/transfers/schema.ts'
import { millionths, type Effect, type Kind } from './model.ts'
import { command, type Command, type Goods, type World } from './world.ts'

const reasons: Record<string, Kind> = {
  opening: 'opening',
  receipt: 'supplier',
  supplier_return: 'supplier',
  sale: 'customer',
  return: 'customer',
  damage: 'scrap',
  theft: 'adjustment',
  found: 'adjustment',
  correction: 'adjustment',
  assembly: 'production',
  disassembly: 'production',
}
const inward = new Set(['opening', 'receipt', 'return', 'found', 'disassembly'])

const effect = (goods: Goods, from: Kind, to: Kind, quantity: string | number): Effect => {
  const amount = millionths(quantity)
  const item_id = goods.item.id
  return amount < 0
    ? { item_id, from: to, to: from, amount: -amount }
    : { item_id, from, to, amount }
}

const upTo = (world: World, most: number): undefined[] =>
  Array.from({ length: world.random.chance(0.6) ? 1 : 1 + world.random.below(most) })

/** Now and then something is written down hours after it happened. */
const dated = (world: World): { occurred_at?: string } =>
  world.random.chance(0.1)
    ? { occurred_at: timestamp(world.shop.clock.now() - world.random.below(40) * hour_ms) }
    : {}

export function adjust(world: World): Command {
  const { random, model } = world
  const reason = random.pick(Object.keys(reasons))
  const effects: Effect[] = []
  const lines = upTo(world, 3).map(() => {
    const goods = world.any()
    const place = world.place()
    const into = inward.has(reason) || random.chance(0.05)
    const amount = goods.item.tracking === 'serial' ? '1' : world.quantity(goods, into ? 40 : 8)
    const quantity = into ? amount : `-${amount}`
    effects.push(effect(goods, reasons[reason]!, place.kind, quantity))
    const expect = random.chance(0.03) ? { expect: random.below(30) } : {}
    return { ...world.name(goods), location_id: place.id, quantity, ...expect }
  })
  const body = { reason, lines, ...dated(world) }
  return command<Posted>('stock.adjust', { body }, ({ id }) => {
    model.apply(effects, id)
    world.postings.keep({ id })
  })
}

export function move(world: World): Command {
  const effects: Effect[] = []
  const lines = upTo(world, 3).map(() => {
    const goods = world.any()
    const from = world.place()
    const to = world.place(world.random.chance(0.8) ? from.site_id : undefined)
    const quantity = goods.item.tracking === 'serial' ? '1' : world.quantity(goods, 10)
    effects.push(effect(goods, from.kind, to.kind, quantity))
    return { ...world.name(goods), from_location_id: from.id, to_location_id: to.id, quantity }
  })
  return command<Posted>('stock.move', { body: { lines, ...dated(world) } }, ({ id }) => {
    world.model.apply(effects, id)
    world.postings.keep({ id })
  })
}

export function reverse(world: World): Command | undefined {
  const posting = world.postings.pick()
  if (!posting) return undefined
  return command<Posting>('postings.reverse', { params: posting, body: {} }, () =>
    world.model.takeBack(posting.id),
  )
}

export function sendTransfer(world: World): Command {
  const [here, there] = world.random.chance(0.5) ? world.sites : [...world.sites].reverse()
  const effects: Effect[] = []
  const lines = upTo(world, 2).map(() => {
    const goods = world.any()
    const from = world.place(here)
    const quantity = goods.item.tracking === 'serial' ? '1' : world.quantity(goods)
    effects.push(effect(goods, from.kind, 'in_transit', quantity))
    return { ...world.name(goods), from_location_id: from.id, quantity }
  })
  const body = { to_site_id: there, lines, expected_on: world.today(3) }
  return command<Transfer>('transfers.create', { body }, (transfer) => {
    world.model.apply(effects, transfer.id)
    world.transfers.keep(transfer)
  })
}

export function receiveTransfer(world: World): Command | undefined {
  const { random } = world
  const transfer = world.transfers.pick(({ status }) => /sent|partially/.test(status))
  if (!transfer) return undefined
  const line = random.pick(transfer.lines)
  const all = Math.ceil(Number(line.outstanding_quantity))
  const quantity = String(1 + random.below(Math.max(1, all) + (random.chance(0.1) ? 3 : 0)))
  const rejected = random.chance(0.15)
  const place = random.chance(0.5) ? world.place(transfer.to_site_id) : undefined
  const arrival = rejected ? { rejected_quantity: quantity } : { quantity }
  const lines = [{ line: line.line, ...arrival, ...(place && { location_id: place.id }) }]
  const to = rejected ? 'quarantine' : (place?.kind ?? 'receiving')
  const amount = millionths(quantity)
  return command<Transfer>(
    'transfers.receive',
    { params: { id: transfer.id }, body: { lines } },
    (reply) => {
      world.model.apply([{ item_id: line.item_id, from: 'in_transit', to, amount }])
      world.transfers.keep(reply)
    },
  )
}

export function cancelTransfer(world: World): Command | undefined {
  const transfer = world.transfers.pick(({ status }) => status === 'sent')
  if (!transfer) return undefined
  const { id } = transfer
  return command<Transfer>('transfers.cancel', { params: { id } }, (reply) => {
    world.model.takeBack(id)
    world.transfers.keep(reply)
  })
}

export function requestCount(world: World): Command {
  const place = world.place()
  const body = { location_ids: [place.id], item_ids: [world.any().item.id, world.any().item.id] }
  if (body.item_ids[0] === body.item_ids[1]) body.item_ids.pop()
  return command<Count>('counts.create', { body }, (count) => world.counts.keep(count))
}

export function recordCount(world: World): Command | undefined {
  const { random } = world
  const count = world.counts.pick(({ status }) => /requested|counting/.test(status))
  if (!count) return undefined
  const entries: object[] = count.lines.map(({ line, serial_id, expected_quantity }) => ({
    line,
    quantity: serial_id
      ? random.below(2)
      : random.chance(0.7) && expected_quantity
        ? expected_quantity
        : random.below(30),
  }))
  if (entries.length === 0 || random.chance(0.1)) {
    const goods = world.any()
    const { id: location_id } = world.place(count.site_id)
    const quantity = goods.item.tracking === 'serial' ? 1 : random.below(10)
    entries.push({ ...world.name(goods), location_id, quantity })
  }
  const asked = { params: { id: count.id }, body: { entries } }
  return command<Count>('counts.record', asked, (reply) => world.counts.keep(reply))
}

export function postCount(world: World): Command | undefined {
  const count = world.counts.pick(({ status }) => status === 'counted')
  if (!count) return undefined
  return command<Count>('counts.post', { params: { id: count.id } }, async (reply) => {
    world.counts.keep(reply)
    // What a count comes to depends on what moved meanwhile, so its postings are asked for.
    for (const line of reply.lines) {
      if (line.posting_id) await learnPosting(world, line.posting_id)
    }
  })
}

export function cancelCount(world: World): Command | undefined {
  const count = world.counts.pick()
  if (!count) return undefined
  const asked = { params: { id: count.id } }
  return command<Count>('counts.cancel', asked, (reply) => world.counts.keep(reply))
}

async function learnPosting(world: World, id: string): Promise<void> {
  const posting = await world.shop.done<Posting>(`GET /v1/postings/${id}`)
  const kindOf = (location_id: string | null, counterpart: string): Kind =>
    location_id ? world.kindOf(location_id) : (counterpart as Kind)
  const effects = posting.movements.map((each) => ({
    item_id: each.item_id,
    from: kindOf(each.from_location_id, each.from),
    to: kindOf(each.to_location_id, each.to),
    amount: millionths(each.quantity),
  }))
  world.model.apply(effects, id)
}

export function reserve(world: World): Command {
  const { random } = world
  const goods = world.any()
  const ends = timestamp(world.shop.clock.now() + (1 + random.below(72)) * hour_ms)
  const expiry = random.chance(0.8) ? { expires_at: ends } : {}
  const hard = random.chance(0.4)
  const where = hard
    ? { ...world.name(goods), location_id: world.place().id }
    : { item_id: goods.item.id, ...(random.chance(0.5) && { site_id: world.site() }) }
  const quantity = goods.item.tracking === 'serial' && hard ? '1' : world.quantity(goods, 5)
  const body = { ...where, quantity, ...expiry }
  return command<Reservation>('reservations.create', { body }, (reply) => learn(world, reply))
}

function learn(world: World, reservation: Reservation): void {
  world.model.seeReservation(reservation)
  world.reservations.keep(reservation)
}

const isOpen = ({ state }: Reservation): boolean => state === 'open'

export function confirm(world: World): Command | undefined {
  const reservation = world.reservations.pick(isOpen)
  if (!reservation) return undefined
  const quantity = world.random.chance(0.4) ? { quantity: '1' } : {}
  const asked = { params: { id: reservation.id }, body: quantity }
  return command<Confirmed>('reservations.confirm', asked, async ({ posting, ...reply }) => {
    learn(world, reply as Reservation)
    await learnPosting(world, posting.id)
    world.postings.keep({ id: posting.id })
  })
}

export function extend(world: World): Command | undefined {
  const reservation = world.reservations.pick(isOpen)
  if (!reservation) return undefined
  const later = timestamp(world.shop.clock.now() + world.random.below(96) * hour_ms)
  const asked = { params: { id: reservation.id }, body: { expires_at: later } }
  return command<Reservation>('reservations.extend', asked, (reply) => learn(world, reply))
}

export function release(world: World): Command | undefined {
  const reservation = world.reservations.pick(isOpen)
  if (!reservation) return undefined
  const body = world.random.chance(0.4) ? { quantity: '1' } : {}
  const asked = { params: { id: reservation.id }, body }
  return command<Reservation>('reservations.release', asked, (reply) => learn(world, reply))
}

export function changeLocation(world: World): Command {
  const { id } = world.place()
  const { random } = world
  const body = random.chance(0.6)
    ? { on_hold: random.chance(0.2) }
    : random.chance(0.5)
      ? { name: `Place ${world.next()}` }
      : { receivable: random.chance(0.8) }
  return command<Location>('locations.update', { params: { id }, body, etag: '*' })
}

export function closePeriod(world: World): Command {
  const until = timestamp(world.shop.clock.now() - 48 * hour_ms)
  return command('stock_periods.close', { body: { until } })
}
