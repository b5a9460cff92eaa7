/** A Sendle that answers whatever it is asked, and remembers purchase keys as Sendle does. */
import { hour_ms, timestamp } from '../../kit/clock.ts'
import { shippingLabel } from '../label/layout.ts'
import { writePdf } from '../label/pdf.ts'
import { at, listAt, numberAt, textAt } from '../reading.ts'
import type {
  Route,
  SimulatedAnswer,
  SimulatedRequest,
  Simulation,
} from '../simulator/simulation.ts'
import { plausiblePrice, type Purchase, type Stage, type World } from '../simulator/world.ts'

const refuse = (
  status: number,
  error: string,
  error_description: string,
  messages?: unknown,
): SimulatedAnswer => ({
  status,
  json: { error, error_description, ...(messages !== undefined && { messages }) },
})

const currencies: Record<string, string> = { AU: 'AUD', CA: 'CAD', US: 'USD' }
const products = [
  { code: 'STANDARD-PICKUP', name: 'Standard Pickup', base: 780, days: [2, 5] },
  { code: 'STANDARD-DROPOFF', name: 'Standard Drop Off', base: 690, days: [2, 5] },
  { code: 'EXPRESS-PICKUP', name: 'Express Pickup', base: 1_240, days: [1, 2] },
]

interface Place {
  country: string
  postal_code: string
}

function priceOf(base: number, weight_g: number, from: Place, to: Place) {
  const net = plausiblePrice(base, weight_g, from, to)
  const tax = Math.round(net * 0.1)
  const currency = currencies[from.country] ?? 'USD'
  const money = (cents: number) => ({ amount: cents / 100, currency })
  return {
    price: { gross: money(net + tax), net: money(net), tax: money(tax) },
    breakdown: { base: money(net), base_tax: money(tax) },
  }
}

/** What Sendle says about fields it needs and did not get. */
function blank(fields: Record<string, string | undefined | null>): SimulatedAnswer | undefined {
  const missing = Object.entries(fields).filter(([, value]) => !value)
  if (missing.length === 0) return undefined
  const messages = Object.fromEntries(missing.map(([name]) => [name, ["can't be blank"]]))
  const words = 'The data you supplied is invalid. Error messages are in the messages section.'
  return refuse(422, 'unprocessable_entity', words, messages)
}

function quote({ query }: SimulatedRequest, world: World): SimulatedAnswer {
  const needed = [
    'sender_suburb',
    'sender_postcode',
    'sender_country',
    'receiver_suburb',
    'receiver_postcode',
    'receiver_country',
    'weight_value',
  ]
  const refused = blank(Object.fromEntries(needed.map((name) => [name, query.get(name)])))
  if (refused) return refused
  const place = (side: string): Place => ({
    country: query.get(`${side}_country`)!,
    postal_code: query.get(`${side}_postcode`)!,
  })
  const weight_g = Number(query.get('weight_value')) * 1_000
  const day = (days: number) => timestamp(world.clock.now() + days * 24 * hour_ms).slice(0, 10)
  return {
    status: 200,
    json: products.map(({ code, name, base, days }) => {
      const { price, breakdown } = priceOf(base, weight_g, place('sender'), place('receiver'))
      return {
        quote: price,
        price_breakdown: breakdown,
        plan: 'Sendle Standard',
        eta: { days_range: days, date_range: days.map(day) },
        product: { code, name },
      }
    }),
  }
}

function orderOf(purchase: Purchase): Record<string, unknown> {
  const { identifier, tracking_numbers, data, voided } = purchase
  const { request, price, breakdown } = data as Record<string, unknown>
  const code = textAt(request, 'product_code') ?? 'STANDARD-PICKUP'
  const url = `https://api.sendle.com/api/orders/${identifier}`
  return {
    order_id: identifier,
    state: voided ? 'Cancelled' : 'Pickup',
    order_url: url,
    sendle_reference: tracking_numbers[0],
    tracking_url: `https://track.sendle.com/tracking?ref=${tracking_numbers[0]}`,
    labels: ['a4', 'cropped'].map((size) => ({
      format: 'pdf',
      size,
      url: `${url}/labels/${size}.pdf`,
    })),
    customer_reference: purchase.reference,
    price,
    price_breakdown: breakdown,
    product: { code, name: products.find((one) => one.code === code)?.name ?? code },
  }
}

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** `S` and five signs that never repeat. */
const sendleReference = (number: number): string =>
  Array.from(
    { length: 5 },
    (_, place) => letters[Math.floor(number / 32 ** place) % 32],
  ).reduce<string>((text, letter) => `${text}${letter}`, 'S')

const orderId = (world: World): string =>
  `00000000-0000-4000-8000-${String(world.number()).padStart(12, '0')}`

function book(
  request: unknown,
  account: string,
  world: World,
  key: string | null,
): SimulatedAnswer {
  const refused = blank({
    description: textAt(request, 'description'),
    weight: textAt(request, 'weight.value'),
    sender: textAt(request, 'sender.address.postcode'),
    receiver: textAt(request, 'receiver.address.postcode'),
  })
  if (refused) return refused
  const place = (side: string): Place => ({
    country: textAt(request, `${side}.address.country`) ?? '',
    postal_code: textAt(request, `${side}.address.postcode`) ?? '',
  })
  const base = products.find(({ code }) => code === textAt(request, 'product_code'))?.base
  if (base === undefined) {
    const messages = { product_code: ['is not available for this route'] }
    return refuse(422, 'unprocessable_entity', 'The data you supplied is invalid.', messages)
  }
  const weight_g = (numberAt(request, 'weight.value') ?? 1) * 1_000
  const purchase: Purchase = {
    carrier_id: 'sendle',
    account,
    reference: textAt(request, 'customer_reference') ?? '',
    piece: numberAt(request, 'metadata.parcel') ?? 1,
    identifier: orderId(world),
    tracking_numbers: [sendleReference(world.number() + 40_000)],
    purchased_at_ms: world.clock.now(),
    voided: false,
    data: { request, key, ...priceOf(base, weight_g, place('sender'), place('receiver')) },
  }
  world.buy(purchase)
  return { status: 201, json: orderOf(purchase) }
}

/** Sendle forgets a key after this long. */
const key_life_ms = 72 * hour_ms

/** The same key brings the same order back; with another request it is refused. */
function order({ json, headers, account }: SimulatedRequest, world: World): SimulatedAnswer {
  const key = headers.get('idempotency-key')
  const known = world.find(
    'sendle',
    (one) =>
      key !== null &&
      one.data['key'] === key &&
      one.account === account &&
      world.clock.now() - one.purchased_at_ms < key_life_ms,
  )
  if (!known) return book(json, account, world, key)
  if (JSON.stringify(known.data['request']) === JSON.stringify(json)) {
    return { status: 201, json: orderOf(known) }
  }
  const words = 'This idempotency key was used for another request.'
  return refuse(409, 'conflict', words)
}

const missing = refuse(
  404,
  'not_found',
  'The resource you requested was not found. Please check the URI and try again.',
)
const find = (world: World, account: string, id: string): Purchase | undefined =>
  world.find('sendle', (one) => one.identifier === id && one.account === account)

const party = (value: unknown): string[] => [
  textAt(value, 'contact.company') ?? textAt(value, 'contact.name') ?? '',
  ...['address_line1', 'address_line2'].flatMap((name) => textAt(value, `address.${name}`) ?? []),
  ['suburb', 'state_name', 'postcode', 'country']
    .flatMap((name) => textAt(value, `address.${name}`) ?? [])
    .join(', '),
]

async function label({ account }: SimulatedRequest, world: World, id: string) {
  const found = find(world, account, id)
  if (!found) return missing
  const request = found.data['request']
  const layout = shippingLabel({
    carrier: 'Sendle (simulated)',
    service: textAt(request, 'product_code') ?? '',
    from: party(at(request, 'sender')),
    to: party(at(request, 'receiver')),
    tracking_number: found.tracking_numbers[0]!,
    reference: textAt(request, 'customer_reference') ?? '',
    weight: `${textAt(request, 'weight.value')} kg`,
    piece: '1 of 1',
    note: 'SIMULATED, NOT FOR SHIPPING',
  })
  const bytes = await writePdf([layout])
  return { status: 200, bytes, headers: { 'content-type': 'application/pdf' } }
}

function cancel({ account }: SimulatedRequest, world: World, id: string): SimulatedAnswer {
  const found = find(world, account, id)
  if (!found) return missing
  if (world.scans(found).length > 1) {
    return refuse(422, 'unprocessable_entity', 'The order has already been collected.')
  }
  world.void(found)
  return { status: 200, json: orderOf(found) }
}

const scans: Record<Stage, [type: string, words: string] | undefined> = {
  created: undefined,
  picked_up: ['Pickup', 'Parcel picked up'],
  in_transit: ['In Transit', 'Your parcel is on its way'],
  arrived: ['In Transit', 'Arrived at the depot near you'],
  out_for_delivery: ['Out for Delivery', 'On board for delivery'],
  held: ['Delivery Attempted', 'Nobody was at home: we will try again'],
  delivered: ['Delivered', 'Your parcel has been delivered'],
}

function track(world: World, number: string): SimulatedAnswer {
  const found = world.find('sendle', (one) => one.tracking_numbers.includes(number))
  if (!found) return missing
  const tracking_events = world.scans(found).flatMap(({ stage, at_ms }) => {
    const scan = scans[stage]
    const side = stage === 'picked_up' ? 'sender' : 'receiver'
    const location = textAt(found.data['request'], `${side}.address.suburb`)
    const time = timestamp(at_ms)
    return scan
      ? [
          {
            event_type: scan[0],
            description: scan[1],
            scan_time: time,
            local_scan_time: time.slice(0, 19),
            location,
          },
        ]
      : []
  })
  const state = found.voided
    ? 'Cancelled'
    : (tracking_events.at(-1)?.event_type ?? 'Pickup Pending')
  return { status: 200, json: { state, scheduling: {}, tracking_events } }
}

function sendBack(request: SimulatedRequest, world: World, id: string): SimulatedAnswer {
  const outbound = find(world, request.account, id)
  if (!outbound) return missing
  const first = outbound.data['request'] as Record<string, unknown>
  const back = {
    ...first,
    sender: first['receiver'],
    receiver: first['sender'],
    customer_reference: textAt(request.json, 'customer_reference') ?? '',
  }
  return book(back, request.account, world, null)
}

function manifest({ json, account }: SimulatedRequest, world: World): SimulatedAnswer {
  const orders = listAt(json, 'order_ids').map((id) => find(world, account, String(id)))
  if (orders.some((one) => one === undefined || one.voided)) {
    const messages = { order_ids: ['are not all eligible'] }
    return refuse(422, 'unprocessable_entity', 'The data you supplied is invalid.', messages)
  }
  const id = orderId(world)
  return { status: 201, json: [{ id, state: 'available', order_count: orders.length }] }
}

async function sheet(id: string): Promise<SimulatedAnswer> {
  const text = [`Shipping manifest ${id}`, 'SIMULATED, NOT FOR SHIPPING']
  const marks = text.map((line, index) => ({
    kind: 'text' as const,
    x_mm: 15,
    y_mm: 20 + index * 10,
    height_mm: 5,
    text: line,
  }))
  return { status: 200, bytes: await writePdf([{ width_mm: 210, height_mm: 297, marks }]) }
}

const routes: readonly Route[] = [
  { method: 'GET', path: /^\/api\/products$/, answer: quote },
  { method: 'POST', path: /^\/api\/orders$/, buys: true, answer: order },
  {
    method: 'GET',
    path: /^\/api\/orders\/(?<id>[^/]+)\/labels\/(?:a4|cropped)\.pdf$/,
    answer: (request, world, { id = '' }) => label(request, world, id),
  },
  {
    method: 'POST',
    path: /^\/api\/orders\/(?<id>[^/]+)\/return$/,
    buys: true,
    answer: (request, world, { id = '' }) => sendBack(request, world, id),
  },
  {
    method: 'DELETE',
    path: /^\/api\/orders\/(?<id>[^/]+)$/,
    answer: (request, world, { id = '' }) => cancel(request, world, id),
  },
  {
    method: 'GET',
    path: /^\/api\/tracking\/(?<number>[^/]+)$/,
    answer: (_, world, { number = '' }) => track(world, number),
  },
  { method: 'POST', path: /^\/api\/manifests$/, answer: manifest },
  {
    method: 'GET',
    path: /^\/api\/manifests\/(?<id>[^/]+)\/download$/,
    answer: (_, __, { id = '' }) => sheet(id),
  },
]

export function simulateSendle(): Simulation {
  const words = 'The authorisation details are not valid.'
  return {
    carrier_id: 'sendle',
    authorize: ({ headers }) => {
      const basic = /^Basic (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? ''
      const [user, key] = Buffer.from(basic, 'base64').toString().split(':')
      return user && key && key !== 'wrong' ? user : refuse(401, 'unauthorized', words)
    },
    routes,
    busy: {
      ...refuse(429, 'too_many_requests', 'Too many requests.'),
      headers: { 'retry-after': '1' },
    },
    down: refuse(503, 'service_unavailable', 'Sendle is being looked after.'),
    unknown: missing,
  }
}
