/** Asks UPS for all its services at once, with prices and days in transit. */
import type { HttpResponse } from '../exchange.ts'
import { bodyJson } from '../exchange.ts'
import { moneyToDecimal } from '../../kit/money.ts'
import { partyName, type Address } from '../address.ts'
import type { Ask, Operation, Rate, RateRequest } from '../contract.ts'
import type { Parcel } from '../parcel.ts'
import { withPackaging } from '../readiness.ts'
import { at, listAt, numberAt, present, textAt } from '../reading.ts'
import { alerts, chargesOf, upsErrors, upsMoney } from './answer.ts'
import { packaging, serviceOf, services } from './codes.ts'
import {
  account,
  charge,
  confirmation,
  confirmsByPackage,
  cutLines,
  destination,
  dimensions,
  packageWeight,
  packagingOf,
  place,
  ratingOptions,
  serviceOptions,
  shippingDay,
  unitsOf,
} from './request.ts'

const named = (address: Address): object => {
  const Name = partyName(address)
  return Name === '' ? {} : { Name: Name.slice(0, 35) }
}

/** Goods sent from the United States to Canada or Puerto Rico are rated with their worth. */
export function invoiceTotal({ customs }: Pick<RateRequest, 'customs'>): unknown {
  if (!customs) return undefined
  const currency = customs.commodities[0]!.value_currency
  if (currency === undefined) return undefined
  const amount = customs.commodities.reduce(
    (sum, { value_amount = 0, quantity }) => sum + value_amount * quantity,
    0,
  )
  return { CurrencyCode: currency, MonetaryValue: moneyToDecimal({ amount, currency }) }
}

function body(request: RateRequest, ask: Ask): unknown {
  const { shipper, recipient, options } = request
  const units = unitsOf(request)
  const parcels = request.parcels.map((one: Parcel) => withPackaging({ packaging }, one))
  const wanted = services.find(({ id }) => request.services?.includes(id))
  const day = shippingDay(options, ask.now_ms)
  const package_options = confirmsByPackage(request) && confirmation(options, 'package')
  const documents = parcels.every(({ is_document }) => is_document === true)
  return present({
    Shipper: {
      ...named(shipper),
      ShipperNumber: account(ask.connection),
      Address: place(shipper, cutLines(shipper)),
    },
    ShipTo: { ...named(recipient), Address: destination(recipient, cutLines(recipient)) },
    ShipFrom: { ...named(shipper), Address: place(shipper, cutLines(shipper)) },
    PaymentDetails: { ShipmentCharge: [charge('01', request.payment, ask.connection)] },
    Service: wanted && { Code: wanted.carrier_code, Description: wanted.name },
    ShipmentDate: day,
    DeliveryTimeInformation: { PackageBillType: documents ? '02' : '03', Pickup: { Date: day } },
    ShipmentTotalWeight: packageWeight(
      parcels.reduce((sum, { weight_g }) => sum + weight_g, 0),
      units,
    ),
    InvoiceLineTotal: invoiceTotal(request),
    Package: parcels.map((parcel) =>
      present({
        PackagingType: packagingOf(parcel),
        Dimensions: dimensions(parcel, units),
        PackageWeight: packageWeight(parcel.weight_g, units),
        PackageServiceOptions: package_options
          ? { DeliveryConfirmation: package_options }
          : undefined,
      }),
    ),
    ShipmentServiceOptions: serviceOptions(request),
    ShipmentRatingOptions: ratingOptions(options),
    RatingMethodRequestedIndicator: 'Y',
    TaxInformationIndicator: 'Y',
  })
}

const dashed = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6, 8)}`

/** Date and wall clock of arrival: `2026-11-25T12:00:00`. */
function arrival(rated: unknown): string | undefined {
  const day = textAt(rated, 'TimeInTransit.ServiceSummary.EstimatedArrival.Arrival.Date')
  const time = textAt(rated, 'TimeInTransit.ServiceSummary.EstimatedArrival.Arrival.Time')
  if (day === undefined || !/^\d{8}$/.test(day)) return undefined
  if (time === undefined || !/^\d{6}$/.test(time)) return dashed(day)
  return `${dashed(day)}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}`
}

function rateOf(rated: unknown, request: RateRequest): Rate | undefined {
  const code = textAt(rated, 'Service.Code')
  const list_currency = textAt(rated, 'TotalCharges.CurrencyCode')
  const negotiated = at(rated, 'NegotiatedRateCharges')
  const side = negotiated ?? rated
  const total =
    upsMoney(negotiated, 'TotalChargesWithTaxes') ??
    upsMoney(negotiated, 'TotalCharge') ??
    upsMoney(rated, 'TotalChargesWithTaxes') ??
    upsMoney(rated, 'TotalCharges')
  if (code === undefined || total === undefined) return undefined
  const service = serviceOf(code, request.shipper.country_code)
  return present({
    carrier_id: 'ups',
    service: service.id,
    service_name: textAt(rated, 'TimeInTransit.ServiceSummary.Service.Description') ?? service.name,
    total,
    charges: chargesOf(side, list_currency ?? total.currency),
    transit_days:
      numberAt(rated, 'TimeInTransit.ServiceSummary.EstimatedArrival.BusinessDaysInTransit') ??
      numberAt(rated, 'GuaranteedDelivery.BusinessDaysInTransit'),
    estimated_delivery: arrival(rated),
    meta: present({
      service_code: code,
      zone: textAt(rated, 'Zone'),
      negotiated: negotiated !== undefined,
      saturday_delivery: textAt(rated, 'TimeInTransit.ServiceSummary.SaturdayDelivery') === '1',
    }),
  })
}

export const rate: Operation<RateRequest, Rate[]> = {
  request: (input, ask) => ({
    method: 'POST',
    path: '/api/rating/v2409/Shop',
    query: { additionalinfo: 'timeintransit' },
    json: {
      RateRequest: {
        Request: {
          RequestOption: 'Shoptimeintransit',
          SubVersion: '2409',
          TransactionReference: { CustomerContext: input.reference ?? 'rates' },
        },
        Shipment: body(input, ask),
      },
    },
    effect: 'read',
  }),
  read: ([response], input) => {
    const messages = upsErrors(response as HttpResponse)
    const answer = bodyJson(response as HttpResponse)
    const result = listAt(answer, 'RateResponse.RatedShipment').flatMap(
      (rated) => rateOf(rated, input) ?? [],
    )
    messages.push(...alerts(answer, 'RateResponse.Response.Alert'))
    return { ...(result.length > 0 && { result }), messages }
  },
}
