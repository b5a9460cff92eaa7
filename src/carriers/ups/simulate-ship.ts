/** The shop of the simulated UPS: quotes, labels and purchases. */
import { day_ms } from '../../kit/clock.ts'
import { toGrams } from '../../kit/units.ts'
import { shippingLabel } from '../label/layout.ts'
import { writePng } from '../label/png.ts'
import { writeZpl } from '../label/zpl.ts'
import { at, listAt, textAt } from '../reading.ts'
import type { SimulatedAnswer, SimulatedRequest } from '../simulator/simulation.ts'
import { plausiblePrice, type World } from '../simulator/world.ts'
import { serviceOf } from './codes.ts'

export const success = { ResponseStatus: { Code: '1', Description: 'Success' } }
export const ok = (json: unknown): SimulatedAnswer => ({ status: 200, json })
export const refuse = (status: number, code: string, message: string): SimulatedAnswer => ({
  status,
  json: { response: { errors: [{ code, message }] } },
})

/** What UPS offers from these countries: code, base price in cents, business days. */
const offers: Record<string, [code: string, base: number, days: number][]> = {
  US: [
    ['03', 940, 4],
    ['12', 1_490, 3],
    ['02', 1_980, 2],
    ['13', 2_890, 1],
    ['01', 3_460, 1],
  ],
  CA: [
    ['11', 1_120, 5],
    ['02', 1_790, 2],
    ['13', 2_480, 1],
    ['01', 3_050, 1],
  ],
}
const elsewhere: [code: string, base: number, days: number][] = [
  ['11', 1_050, 4],
  ['65', 2_350, 2],
  ['07', 2_980, 1],
]
const abroad: [code: string, base: number, days: number][] = [
  ['11', 1_400, 6],
  ['08', 2_100, 4],
  ['65', 2_700, 3],
  ['07', 3_300, 2],
]

const currencies: Record<string, string> = { US: 'USD', CA: 'CAD', GB: 'GBP', MX: 'MXN' }

const whereOf = (party: unknown) => ({
  country: textAt(party, 'Address.CountryCode') ?? '',
  postal_code: textAt(party, 'Address.PostalCode') ?? '',
})

function gramsOf(pack: unknown): number {
  const unit = textAt(pack, 'PackageWeight.UnitOfMeasurement.Code') === 'LBS' ? 'lb' : 'kg'
  return toGrams(textAt(pack, 'PackageWeight.Weight') ?? '1', unit)
}

const money = (cents: number, currency: string) => ({
  CurrencyCode: currency,
  MonetaryValue: (cents / 100).toFixed(2),
})
export const compact = (at_ms: number): string =>
  new Date(at_ms).toISOString().slice(0, 10).replaceAll('-', '')

/** Check digit of a 1Z number: letters count (code − 63) mod 10, every second place twice. */
export function checkDigit(fifteen: string): number {
  const sum = Array.from(fifteen).reduce((total, char, index) => {
    const value = /\d/.test(char) ? Number(char) : (char.charCodeAt(0) - 63) % 10
    return total + value * (index % 2 === 0 ? 1 : 2)
  }, 0)
  return (10 - (sum % 10)) % 10
}

function trackingNumber(account: string, service: string, number: number): string {
  const shipper = account
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .slice(0, 6)
    .padStart(6, '0')
  const fifteen = shipper + service.padStart(2, '0').slice(0, 2) + String(number).padStart(7, '0')
  return `1Z${fifteen}${checkDigit(fifteen)}`
}

function priceOf(shipment: unknown, base: number) {
  const weight_g = listAt(shipment, 'Package').reduce<number>((sum, one) => sum + gramsOf(one), 0)
  const from = whereOf(at(shipment, 'ShipFrom'))
  const cents = plausiblePrice(base, weight_g, from, whereOf(at(shipment, 'ShipTo')))
  const fuel = Math.round(cents * 0.14)
  return { base: cents, fuel, total: cents + fuel, currency: currencies[from.country] ?? 'EUR' }
}

const offersOf = (shipment: unknown) => {
  const from = whereOf(at(shipment, 'ShipFrom')).country
  const to = whereOf(at(shipment, 'ShipTo')).country
  return from === to ? (offers[from] ?? elsewhere) : abroad
}

function checkPlaces(shipment: unknown): SimulatedAnswer | undefined {
  if (!textAt(shipment, 'ShipTo.Address.CountryCode')) {
    return refuse(400, '110208', 'Missing/Illegal ShipTo/Address/CountryCode')
  }
  const postal = textAt(shipment, 'ShipTo.Address.PostalCode') ?? ''
  const country = textAt(shipment, 'ShipTo.Address.CountryCode')
  if (country === 'US' && !/^\d{5}(-?\d{4})?$/.test(postal)) {
    return refuse(400, '111285', `The postal code ${postal} is invalid for US.`)
  }
  return undefined
}

export function rates({ json }: SimulatedRequest, world: World): SimulatedAnswer {
  const shipment = at(json, 'RateRequest.Shipment')
  const refused = checkPlaces(shipment)
  if (refused) return refused
  const now_ms = world.clock.now()
  return ok({
    RateResponse: {
      Response: success,
      RatedShipment: offersOf(shipment).map(([code, base, days]) => {
        const price = priceOf(shipment, base)
        const side = {
          BaseServiceCharge: money(price.base, price.currency),
          ItemizedCharges: [{ Code: '375', ...money(price.fuel, price.currency) }],
        }
        return {
          Service: { Code: code },
          ...side,
          TotalCharges: money(Math.round(price.total * 1.3), price.currency),
          NegotiatedRateCharges: { ...side, TotalCharge: money(price.total, price.currency) },
          TimeInTransit: {
            ServiceSummary: {
              EstimatedArrival: {
                Arrival: { Date: compact(now_ms + days * day_ms), Time: '233000' },
                BusinessDaysInTransit: String(days),
              },
              SaturdayDelivery: '0',
            },
          },
        }
      }),
    },
  })
}

const lines = (party: unknown): string[] => [
  textAt(party, 'Name') ?? '',
  ...listAt(party, 'Address.AddressLine').map(String),
  [
    textAt(party, 'Address.City'),
    textAt(party, 'Address.StateProvinceCode'),
    textAt(party, 'Address.PostalCode'),
    textAt(party, 'Address.CountryCode'),
  ]
    .filter(Boolean)
    .join(', '),
]

function labelOf(json: unknown, number: string, piece: string, weight_g: number): [string, string] {
  const shipment = at(json, 'ShipmentRequest.Shipment')
  const code = textAt(json, 'ShipmentRequest.LabelSpecification.LabelImageFormat.Code') ?? 'PNG'
  const from = whereOf(at(shipment, 'ShipFrom')).country
  const layout = shippingLabel({
    carrier: 'UPS (simulated)',
    service: serviceOf(textAt(shipment, 'Service.Code') ?? '', from).name,
    from: lines(at(shipment, 'ShipFrom')),
    to: lines(at(shipment, 'ShipTo')),
    tracking_number: number,
    reference: textAt(json, 'ShipmentRequest.Request.TransactionReference.CustomerContext') ?? '',
    weight: `${(weight_g / 1_000).toFixed(2)} kg`,
    piece,
    note: 'SIMULATED, NOT FOR SHIPPING',
  })
  const data = code === 'ZPL' ? Buffer.from(writeZpl(layout)) : writePng(layout)
  return [code, data.toString('base64')]
}

/** Format and base64 of each parcel's label: the same ones however often they are asked for. */
export function labelsOf(json: unknown, tracking_numbers: readonly string[]): [string, string][] {
  const packages = listAt(at(json, 'ShipmentRequest.Shipment'), 'Package')
  return packages.map((pack, index) =>
    labelOf(json, tracking_numbers[index]!, `${index + 1} of ${packages.length}`, gramsOf(pack)),
  )
}

export function ship({ json, account }: SimulatedRequest, world: World): SimulatedAnswer {
  const shipment = at(json, 'ShipmentRequest.Shipment')
  const refused = checkPlaces(shipment)
  if (refused) return refused
  const service = textAt(shipment, 'Service.Code') ?? ''
  const base = offersOf(shipment).find(([code]) => code === service)?.[1]
  if (base === undefined) {
    const words = 'The requested service is unavailable between the selected locations.'
    return refuse(400, '111210', words)
  }
  const packages = listAt(shipment, 'Package')
  const shipper = textAt(shipment, 'Shipper.ShipperNumber') ?? account
  const tracking_numbers = packages.map(() => trackingNumber(shipper, service, world.number()))
  const labels = labelsOf(json, tracking_numbers)
  const price = priceOf(shipment, base)
  world.buy({
    carrier_id: 'ups',
    account,
    reference: textAt(json, 'ShipmentRequest.Request.TransactionReference.CustomerContext') ?? '',
    piece: 1,
    identifier: tracking_numbers[0]!,
    tracking_numbers,
    purchased_at_ms: world.clock.now(),
    voided: false,
    data: {
      ...{ request: json, shipper },
      from: at(shipment, 'ShipFrom.Address'),
      to: at(shipment, 'ShipTo.Address'),
    },
  })
  const side = {
    BaseServiceCharge: money(price.base, price.currency),
    ItemizedCharges: [{ Code: '375', ...money(price.fuel, price.currency) }],
  }
  return ok({
    ShipmentResponse: {
      Response: success,
      ShipmentResults: {
        ShipmentCharges: {
          ...side,
          TotalCharges: money(Math.round(price.total * 1.3), price.currency),
        },
        NegotiatedRateCharges: { ...side, TotalCharge: money(price.total, price.currency) },
        ShipmentIdentificationNumber: tracking_numbers[0],
        PackageResults: tracking_numbers.map((TrackingNumber, index) => ({
          TrackingNumber,
          ShippingLabel: {
            ImageFormat: { Code: labels[index]![0] },
            GraphicImage: labels[index]![1],
          },
        })),
      },
    },
  })
}
