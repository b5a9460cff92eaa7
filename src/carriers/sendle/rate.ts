/** Asks Sendle for its products, parcel by parcel, and adds up what all of them can have. */
import type { HttpCall, HttpResponse } from '../exchange.ts'
import { bodyJson } from '../exchange.ts'
import { addMoney } from '../../kit/money.ts'
import type { Charge, Operation, Rate, RateRequest } from '../contract.ts'
import { lengthIn, volumeInLitres, weightIn, type Parcel } from '../parcel.ts'
import { at, listAt, moneyAt, present, textAt } from '../reading.ts'
import { services } from './codes.ts'
import { allErrors } from './errors.ts'

/** Cubic metres; Sendle counts hundredths of a litre at most. */
export const cubicMetres = (parcel: Parcel): number | undefined =>
  volumeInLitres(parcel)?.div(1_000).round(5, 3).toNumber()

/** Length, width and height in centimetres with one decimal, where they are known. */
export const centimetres = (parcel: Parcel): { length?: number; width?: number; height?: number } =>
  present({
    length: parcel.length_mm === undefined ? undefined : lengthIn(parcel.length_mm, 'cm', 1),
    width: parcel.width_mm === undefined ? undefined : lengthIn(parcel.width_mm, 'cm', 1),
    height: parcel.height_mm === undefined ? undefined : lengthIn(parcel.height_mm, 'cm', 1),
  })

function productsOf(request: RateRequest, parcel: Parcel): HttpCall {
  const { shipper, recipient } = request
  const size = centimetres(parcel)
  const sized = size.length !== undefined
  const query = {
    sender_address_line1: shipper.address_line1,
    sender_suburb: shipper.city,
    sender_postcode: shipper.postal_code,
    sender_country: shipper.country_code,
    receiver_address_line1: recipient.address_line1,
    receiver_address_line2: recipient.address_line2,
    receiver_suburb: recipient.city,
    receiver_postcode: recipient.postal_code,
    receiver_country: recipient.country_code,
    weight_value: String(weightIn(parcel.weight_g, 'kg', 3)),
    weight_units: 'kg',
    volume_value: cubicMetres(parcel)?.toString(),
    volume_units: sized ? 'm3' : undefined,
    length_value: size.length?.toString(),
    width_value: size.width?.toString(),
    height_value: size.height?.toString(),
    dimension_units: sized ? 'cm' : undefined,
  }
  return { method: 'GET', path: '/api/products', query: present(query), effect: 'read' }
}

/** Everything in the price that is not zero; together it is the gross price. */
export function chargesOf(breakdown: unknown): Charge[] {
  return Object.entries((breakdown ?? {}) as Record<string, unknown>).flatMap(([name, value]) => {
    const amount = moneyAt(value, 'amount', textAt(value, 'currency'))
    return amount && amount.amount !== 0 ? [{ name, amount }] : []
  })
}

/** Our code for Sendle's; its own where we have none. */
export const serviceOf = (code: string): string =>
  services.find(({ carrier_code }) => carrier_code === code)?.id ?? code

function rateOf(product: unknown): Rate | undefined {
  const code = textAt(product, 'product.code')
  const total = moneyAt(product, 'quote.gross.amount', textAt(product, 'quote.gross.currency'))
  if (code === undefined || total === undefined) return undefined
  const days = listAt(product, 'eta.days_range').map(Number)
  const dates = listAt(product, 'eta.date_range').map(String)
  return present({
    carrier_id: 'sendle',
    service: serviceOf(code),
    service_name: textAt(product, 'product.name') ?? code,
    total,
    charges: chargesOf(at(product, 'price_breakdown')),
    transit_days: days.length > 0 ? Math.max(...days) : undefined,
    estimated_delivery: dates.at(-1),
    meta: present({ plan: textAt(product, 'plan'), days_range: days, date_range: dates }),
  })
}

const addCharges = (a: Charge[], b: Charge[]): Charge[] => {
  const names = [...new Set([...a, ...b].map(({ name }) => name))]
  return names.map((name) => ({
    name,
    amount: [...a, ...b]
      .filter((one) => one.name === name)
      .map((one) => one.amount)
      .reduce(addMoney),
  }))
}

/** A service that every parcel can have, at the sum of the parcels' prices and the slowest pace. */
function together(offers: Rate[][]): Rate[] {
  const [first = [], ...rest] = offers
  return first.flatMap((rate) => {
    const same = rest.map((offer) =>
      offer.find((o) => o.service === rate.service && o.total.currency === rate.total.currency),
    )
    if (same.some((one) => one === undefined)) return []
    const all = [rate, ...(same as Rate[])]
    const slowest = Math.max(...all.map(({ transit_days }) => transit_days ?? 0))
    return [
      {
        ...rate,
        total: all.map(({ total }) => total).reduce(addMoney),
        charges: all.map(({ charges }) => charges).reduce(addCharges),
        ...(rate.transit_days !== undefined && { transit_days: slowest }),
      },
    ]
  })
}

const offersOf = (response: HttpResponse): Rate[] => {
  const products = bodyJson(response)
  return (Array.isArray(products) ? products : []).flatMap((product) => rateOf(product) ?? [])
}

export const rate: Operation<RateRequest, Rate[]> = {
  request: (input) => input.parcels.map((parcel) => productsOf(input, parcel)),
  read: (responses) => {
    const messages = allErrors(responses)
    if (messages.length > 0) return { messages }
    return { result: together(responses.map(offersOf)), messages }
  },
}
