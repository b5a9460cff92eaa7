/** Books one Sendle order a parcel; if one is refused, those already booked are cancelled again. */
import { addMoney, moneyToDecimal } from '../../kit/money.ts'
import { invalid } from '../../kit/problem.ts'
import type { Address } from '../address.ts'
import type {
  Ask,
  Connection,
  Operation,
  PurchasedParcel,
  PurchasedShipment,
  Reading,
  ShipmentRequest,
} from '../contract.ts'
import { bodyBase64, bodyJson, succeeded, type HttpCall, type HttpResponse } from '../exchange.ts'
import { message } from '../message.ts'
import { isOn, textOption } from '../options.ts'
import { weightIn, type Commodity, type Parcel } from '../parcel.ts'
import { at, listAt, moneyAt, present, textAt } from '../reading.ts'
import { services } from './codes.ts'
import { allErrors } from './errors.ts'
import { centimetres, chargesOf, cubicMetres, serviceOf } from './rate.ts'

function party(address: Address, instructions: string | undefined): unknown {
  const { person_name, company_name, phone_number, email } = address
  return present({
    contact: present({
      name: person_name ?? company_name,
      phone: phone_number,
      email,
      company: company_name,
    }),
    address: present({
      address_line1: address.address_line1,
      address_line2: address.address_line2,
      suburb: address.city,
      state_name: address.state_code,
      postcode: address.postal_code,
      country: address.country_code,
    }),
    instructions,
  })
}

const contents_types: Record<string, string> = {
  documents: 'Documents',
  gift: 'Gift',
  merchandise: 'Merchandise',
  sale: 'Merchandise',
  return_merchandise: 'Returned Goods',
  sample: 'Sample',
  repair: 'Other',
  other: 'Other',
}

/** Sendle takes values without a currency: they are in that of the sender's country. */
const currencies: Record<string, string> = { AU: 'AUD', CA: 'CAD', US: 'USD' }

/** @throws Problem `invalid` when the worth is told in another currency */
function contentOf(commodity: Commodity, { country_code }: Address): unknown {
  const { value_amount, value_currency = '' } = commodity
  const own = currencies[country_code]
  if (value_amount !== undefined && value_currency !== own) {
    const detail = `Sendle takes values from ${country_code} in ${own}, not ${value_currency}.`
    throw invalid('/customs/commodities/0/value_currency', detail)
  }
  return present({
    description: commodity.description ?? commodity.title ?? 'Goods',
    quantity: commodity.quantity,
    country_of_origin: commodity.origin_country,
    hs_code: commodity.hs_code,
    // Of the whole line.
    value:
      value_amount === undefined
        ? undefined
        : moneyToDecimal({ amount: value_amount * commodity.quantity, currency: value_currency }),
  })
}

/** What is inside, in a few words: an order without a description is refused by Sendle. */
function describe({ customs }: ShipmentRequest, { description, items = [] }: Parcel): string {
  const words = items.flatMap((item) => item.title ?? item.description ?? item.sku ?? [])
  return description ?? (words.join(', ') || (customs?.content_description ?? 'Goods'))
}

/** The key under which Sendle remembers this one order for 72 hours. */
const keyOf = ({ id }: Connection, { reference }: ShipmentRequest, index: number): string =>
  `${id}-${reference}-${index + 1}`

function order(request: ShipmentRequest, parcel: Parcel, index: number, ask: Ask): HttpCall {
  const { options, customs } = request
  const service = services.find(({ id }) => id === request.service)
  const volume = cubicMetres(parcel)
  const size = centimetres(parcel)
  return {
    method: 'POST',
    path: '/api/orders',
    headers: { 'Idempotency-Key': keyOf(ask.connection, request, index) },
    json: present({
      sender: party(request.shipper, undefined),
      receiver: party(request.recipient, textOption(options, 'instructions')),
      description: describe(request, parcel).slice(0, 255),
      weight: { value: weightIn(parcel.weight_g, 'kg', 3), units: 'kg' },
      ...(volume !== undefined && { volume: { value: volume, units: 'm3' } }),
      ...(size.length !== undefined && { dimensions: { ...size, units: 'cm' } }),
      customer_reference: request.reference,
      product_code: service?.carrier_code ?? request.service,
      metadata: { parcel: index + 1, of: request.parcels.length },
      pickup_date: textOption(options, 'shipment_date'),
      packaging_type: textOption(options, 'sendle_packaging_type'),
      hide_pickup_address: isOn(options, 'sendle_hide_pickup_address') ? true : undefined,
      ...(customs && {
        parcel_contents: customs.commodities.map((one) => contentOf(one, request.shipper)),
        contents_type: contents_types[customs.content_type ?? 'merchandise'],
      }),
    }),
    effect: 'act',
  }
}

/** The address of a label on Sendle's own host; anything else is not followed. */
function labelCall(response: HttpResponse, { connection }: Ask): HttpCall | undefined {
  const wanted = connection.config['label_size'] === 'cropped' ? 'cropped' : 'a4'
  const labels = listAt(bodyJson(response), 'labels')
  const chosen = labels.find((label) => textAt(label, 'size') === wanted) ?? labels[0]
  const url = textAt(chosen, 'url')
  if (url === undefined || !URL.canParse(url)) return undefined
  const { pathname, searchParams } = new URL(url)
  if (!pathname.startsWith('/api/orders/')) return undefined
  return {
    method: 'GET',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: { accept: 'application/pdf' },
    effect: 'read',
  }
}

const orderId = (response: HttpResponse): string | undefined =>
  succeeded(response) ? textAt(bodyJson(response), 'order_id') : undefined

export const cancelCall = (order_id: string): HttpCall => ({
  method: 'DELETE',
  path: `/api/orders/${encodeURIComponent(order_id)}`,
  effect: 'act',
})

/** Labels when every order was booked; else the booked ones are given back. */
function labelsOrCancel(ask: Ask): HttpCall[] {
  const booked = ask.earlier.flatMap((response) => orderId(response) ?? [])
  if (booked.length < ask.earlier.length) return booked.map(cancelCall)
  return ask.earlier.flatMap((response) => labelCall(response, ask) ?? [])
}

function parcelOf(response: HttpResponse, label: HttpResponse | undefined): PurchasedParcel {
  const answer = bodyJson(response)
  const has_label = label !== undefined && succeeded(label) && label.bytes.length > 0
  return {
    tracking_number: textAt(answer, 'sendle_reference')!,
    charges: chargesOf(at(answer, 'price_breakdown')),
    ...(has_label && { label: { format: 'PDF' as const, data: bodyBase64(label) } }),
  }
}

function shipmentOf(
  orders: HttpResponse[],
  labels: (HttpResponse | undefined)[],
  request: ShipmentRequest,
): Reading<PurchasedShipment> {
  const first = bodyJson(orders[0]!)
  const totals = orders.flatMap((response) => {
    const answer = bodyJson(response)
    return moneyAt(answer, 'price.gross.amount', textAt(answer, 'price.gross.currency')) ?? []
  })
  const parcels = orders.map((response, index) => parcelOf(response, labels[index]))
  const unlabelled = parcels.filter(({ label }) => label === undefined).length
  const detail = `Booked, but ${unlabelled} of ${parcels.length} labels could not be fetched.`
  const order_ids = orders.flatMap((response) => orderId(response) ?? [])
  return {
    result: present({
      carrier_id: 'sendle',
      service: serviceOf(textAt(first, 'product.code') ?? request.service),
      reference: request.reference,
      shipment_identifier: order_ids.join(','),
      tracking_number: parcels[0]!.tracking_number,
      tracking_url: textAt(first, 'tracking_url'),
      parcels,
      charges: parcels.flatMap(({ charges }) => charges),
      total: totals.length === orders.length ? totals.reduce(addMoney) : undefined,
      documents: [],
      meta: present({ order_ids, order_url: textAt(first, 'order_url') }),
    }),
    messages:
      unlabelled === 0
        ? []
        : [
            message('sendle', 'carrier_down', detail, {
              severity: 'warning',
              field: '/label_type',
            }),
          ],
  }
}

/** The first answers are the orders, then labels or cancellations. */
export function readPurchase(
  responses: HttpResponse[],
  request: ShipmentRequest,
  ask: Ask,
): Reading<PurchasedShipment> {
  const count = request.parcels.length
  const orders = responses.slice(0, count)
  const messages = allErrors(orders)
  if (messages.length === 0 && orders.every((one) => textAt(bodyJson(one), 'sendle_reference'))) {
    // A label is missing for an order without one: the answers that came fill the others in order.
    const came = responses.slice(count)
    const labels = orders.map((one) => (labelCall(one, ask) ? came.shift() : undefined))
    return shipmentOf(orders, labels, request)
  }
  const left = orders.flatMap((one) => orderId(one) ?? [])
  const cancelled = responses.slice(count).filter(succeeded).length
  if (left.length > cancelled) {
    const detail = `Of the parcels booked before, cancel by hand: ${left.join(', ')}.`
    messages.push(message('sendle', 'unknown', detail))
  }
  return { messages }
}

export const ship: Operation<ShipmentRequest, PurchasedShipment> = {
  request: [
    (input, ask) => input.parcels.map((parcel, index) => order(input, parcel, index, ask)),
    (_, ask) => labelsOrCancel(ask),
  ],
  read: readPurchase,
}

/** @throws Problem `invalid` without the outbound order, or for more than its one parcel */
function returnCall({ options, parcels, reference }: ShipmentRequest): HttpCall {
  const outbound = textOption(options, 'sendle_outbound_order_id')
  if (outbound === undefined) {
    throw invalid('/options/sendle_outbound_order_id', 'Sendle returns an order that it carried.')
  }
  if (parcels.length > 1) throw invalid('/parcels', 'Sendle returns one parcel at a time.')
  return {
    method: 'POST',
    path: `/api/orders/${encodeURIComponent(outbound)}/return`,
    json: { customer_reference: reference },
    effect: 'act',
  }
}

/** The label with which the receiver of an earlier order sends it back. */
export const sendBack: Operation<ShipmentRequest, PurchasedShipment> = {
  request: [(input) => returnCall(input), (_, ask) => labelsOrCancel(ask)],
  read: readPurchase,
}
