/** Parts that every UPS request is made of: parties, packages, payment, dates. */
import { day_ms } from '../../kit/clock.ts'
import { invalid } from '../../kit/problem.ts'
import { partyName, streetLines, type Address } from '../address.ts'
import type { Connection, Payment, RateRequest } from '../contract.ts'
import { isOn, textOption } from '../options.ts'
import { lengthIn, weightIn, type Options, type Parcel } from '../parcel.ts'
import { present } from '../reading.ts'
import { packaging } from './codes.ts'
import { indicators } from './options.ts'

export const account = ({ credentials }: Connection): string => credentials['account_number'] ?? ''

/** UPS takes 35 characters a line and three lines. */
const line_length = 35
const max_lines = 3

/** Street lines for a quote, which does not depend on them. */
export const cutLines = (address: Address): string[] =>
  streetLines(address).map((line) => line.slice(0, line_length))

/** Street lines for a label: folded at words. @throws Problem `invalid` when they do not fit */
export function foldLines(address: Address, pointer: string): string[] {
  const lines: string[] = []
  for (const line of streetLines(address)) {
    let rest = line.trim()
    while (rest.length > line_length) {
      const space = rest.lastIndexOf(' ', line_length)
      const end = space > 0 ? space : line_length
      lines.push(rest.slice(0, end).trim())
      rest = rest.slice(end).trim()
    }
    if (rest !== '') lines.push(rest)
  }
  if (lines.length <= max_lines) return lines
  const detail = `UPS takes ${max_lines} address lines of ${line_length} characters.`
  throw invalid(`${pointer}/address_line1`, detail)
}

export const place = (address: Address, lines: string[]): unknown =>
  present({
    AddressLine: lines.length > 0 ? lines : undefined,
    City: address.city,
    StateProvinceCode: address.state_code,
    PostalCode: address.postal_code,
    CountryCode: address.country_code,
  })

const residential = (address: Address): object =>
  address.residential === true ? { ResidentialAddressIndicator: 'Y' } : {}

export const destination = (address: Address, lines: string[]): unknown => ({
  ...(place(address, lines) as object),
  ...residential(address),
})

/** A name, a phone and an address, as a label needs them. */
export function party(address: Address, pointer: string, to = false): Record<string, unknown> {
  const name = partyName(address).slice(0, line_length)
  const where = to ? destination : place
  return present({
    Name: name,
    CompanyDisplayableName: address.company_name?.slice(0, line_length),
    AttentionName: address.person_name?.slice(0, line_length) ?? name,
    TaxIdentificationNumber: address.federal_tax_id,
    Phone: address.phone_number === undefined ? undefined : { Number: address.phone_number },
    EMailAddress: address.email,
    Address: where(address, foldLines(address, pointer)),
  })
}

export interface Units {
  weight: 'LBS' | 'KGS'
  length: 'IN' | 'CM'
}

/** The sender's own system if he said one, else his country's. UPS wants one for all packages. */
export function unitsOf({ parcels, shipper }: Pick<RateRequest, 'parcels' | 'shipper'>): Units {
  const declared = parcels[0]?.declared_in
  const imperial =
    declared === undefined ? ['US', 'PR'].includes(shipper.country_code) : declared === 'imperial'
  return imperial ? { weight: 'LBS', length: 'IN' } : { weight: 'KGS', length: 'CM' }
}

/** Text with one decimal, as UPS prints its own: `10.0`. */
export const weightText = (weight_g: number, { weight }: Units): string =>
  weightIn(weight_g, weight === 'LBS' ? 'lb' : 'kg', 1).toFixed(1)

const lengthText = (length_mm: number, { length }: Units): string =>
  lengthIn(length_mm, length === 'IN' ? 'in' : 'cm', 1).toFixed(1)

export const packageWeight = (weight_g: number, units: Units): unknown => ({
  UnitOfMeasurement: {
    Code: units.weight,
    Description: units.weight === 'LBS' ? 'Pounds' : 'Kilograms',
  },
  Weight: weightText(weight_g, units),
})

export function dimensions({ length_mm, width_mm, height_mm }: Parcel, units: Units): unknown {
  if (length_mm === undefined || width_mm === undefined || height_mm === undefined) return undefined
  return {
    UnitOfMeasurement: {
      Code: units.length,
      Description: units.length === 'IN' ? 'Inches' : 'Centimeters',
    },
    Length: lengthText(length_mm, units),
    Width: lengthText(width_mm, units),
    Height: lengthText(height_mm, units),
  }
}

export function packagingOf({ packaging_type }: Parcel): { Code: string; Description: string } {
  const found = packaging.find(({ id }) => id === packaging_type)
  return { Code: found?.carrier_code ?? '02', Description: found?.name ?? 'Your packaging' }
}

/** Countries within which UPS confirms delivery package by package. */
const by_package = ['US', 'PR', 'CA']

export const confirmsByPackage = ({ shipper, recipient }: RateRequest): boolean =>
  shipper.country_code === recipient.country_code && by_package.includes(shipper.country_code)

/**
 * A signature is type 2 on a package and type 1 on a shipment (Shipping API, DCISType);
 * `ups_delivery_confirmation` names the type itself.
 */
export function confirmation(options: Options | undefined, of: 'package' | 'shipment'): unknown {
  const chosen = textOption(options, 'ups_delivery_confirmation')
  const signature = isOn(options, 'signature_confirmation')
  if (chosen === undefined && !signature) return undefined
  return { DCISType: chosen ?? (of === 'package' ? '2' : '1') }
}

const switchedOn = (options: Options | undefined, at: 'services' | 'articles' | 'rating') =>
  Object.fromEntries(
    indicators.filter((one) => one.place === at && isOn(options, one.id)).map((o) => [o.code, 'Y']),
  )

export function serviceOptions(request: RateRequest): Record<string, unknown> {
  const { options } = request
  const articles = switchedOn(options, 'articles')
  return present({
    ...switchedOn(options, 'services'),
    ...(isOn(options, 'saturday_delivery') && { SaturdayDeliveryIndicator: 'Y' }),
    AvailableServicesOption: textOption(options, 'ups_available_services_option'),
    InsideDelivery: textOption(options, 'ups_inside_delivery'),
    DeliveryConfirmation: confirmsByPackage(request)
      ? undefined
      : confirmation(options, 'shipment'),
    RestrictedArticles: Object.keys(articles).length > 0 ? articles : undefined,
  })
}

/** Negotiated rates unless they are refused outright: `false` is false. */
export const ratingOptions = (options: Options | undefined): Record<string, unknown> => ({
  ...switchedOn(options, 'rating'),
  ...(options?.['ups_negotiated_rates_indicator'] !== false && { NegotiatedRatesIndicator: 'Y' }),
})

/** Who pays what: `01` transportation, `02` duties and taxes. */
export function charge(type: '01' | '02', payment: Payment | undefined, connection: Connection) {
  if (payment?.paid_by === 'recipient') {
    const Address = present({ PostalCode: payment.postal_code })
    return {
      Type: type,
      BillReceiver: present({ AccountNumber: payment.account_number, Address }),
    }
  }
  if (payment?.paid_by === 'third_party') {
    const Address = present({
      PostalCode: payment.postal_code,
      CountryCode: payment.country_code,
    })
    return {
      Type: type,
      BillThirdParty: present({ AccountNumber: payment.account_number, Address }),
    }
  }
  return { Type: type, BillShipper: { AccountNumber: account(connection) } }
}

/** `20261123`: the wanted day, else today, or Monday when today is a weekend. */
export function shippingDay(options: Options | undefined, now_ms: number): string {
  const wanted = textOption(options, 'shipment_date')
  if (wanted !== undefined) return wanted.replaceAll('-', '')
  const weekday = new Date(now_ms).getUTCDay()
  const wait_days = weekday === 6 ? 2 : weekday === 0 ? 1 : 0
  const day = new Date(now_ms + wait_days * day_ms)
  return day.toISOString().slice(0, 10).replaceAll('-', '')
}
