/** Buys UPS labels: one shipment, any number of packages, each with its own number and label. */
import { bodyJson, type HttpResponse } from '../exchange.ts'
import type {
  Ask,
  Charge,
  LabelType,
  Operation,
  PurchasedParcel,
  PurchasedShipment,
  Reading,
  ShipmentRequest,
} from '../contract.ts'
import { message, type CarrierMessage } from '../message.ts'
import { textOption } from '../options.ts'
import type { Parcel } from '../parcel.ts'
import { withPackaging } from '../readiness.ts'
import { at, listAt, present, textAt } from '../reading.ts'
import { alerts, chargesOf, upsErrors, upsMoney } from './answer.ts'
import { packaging, services } from './codes.ts'
import { internationalForms } from './customs.ts'
import { readLabel } from './label.ts'
import { invoiceTotal } from './rate.ts'
import {
  account,
  charge,
  confirmation,
  confirmsByPackage,
  dimensions,
  packageWeight,
  packagingOf,
  party,
  ratingOptions,
  serviceOptions,
  shippingDay,
  unitsOf,
  type Units,
} from './request.ts'

export const trackingUrl = (number: string): string =>
  `https://www.ups.com/track?loc=en_US&tracknum=${encodeURIComponent(number)}`

/** UPS prints PNG and ZPL; a PDF is made here from its PNG. */
export const labelSpecification = (label_type: LabelType): unknown => ({
  LabelImageFormat: { Code: label_type === 'ZPL' ? 'ZPL' : 'PNG' },
  LabelStockSize: { Height: '6', Width: '4' },
})

/** Within one of these countries UPS takes the reference package by package. */
const referenceByPackage = ({ shipper, recipient }: ShipmentRequest): boolean =>
  shipper.country_code === recipient.country_code && ['US', 'PR'].includes(shipper.country_code)

function packageOf(parcel: Parcel, request: ShipmentRequest, units: Units): unknown {
  const signature = confirmsByPackage(request) && confirmation(request.options, 'package')
  return present({
    Description: describe(request, parcel),
    Packaging: packagingOf(parcel),
    Dimensions: dimensions(parcel, units),
    PackageWeight: packageWeight(parcel.weight_g, units),
    ReferenceNumber: referenceByPackage(request) ? [{ Value: request.reference }] : undefined,
    PackageServiceOptions: signature ? { DeliveryConfirmation: signature } : undefined,
  })
}

/** A few words for the goods; UPS takes 35 characters and refuses none at all. */
function describe({ customs }: ShipmentRequest, parcel: Parcel | undefined): string {
  const first = customs?.commodities[0]
  const words =
    parcel?.description ?? parcel?.items?.[0]?.title ?? customs?.content_description ?? first?.title
  return (words ?? first?.description ?? 'Goods').slice(0, 35)
}

/** Told about the delivery (code 8), at the address given. */
function notification(request: ShipmentRequest): unknown {
  const email = textOption(request.options, 'email_notification_to')
  return email === undefined
    ? undefined
    : [{ NotificationCode: '8', EMail: { EMailAddress: email } }]
}

/** Print return label, for a return that names no other way. */
const printed_here = '9'

function shipment(request: ShipmentRequest, ask: Ask, is_return: boolean): unknown {
  const { shipper, recipient, customs, options } = request
  const units = unitsOf(request)
  const parcels = request.parcels.map((one) => withPackaging({ packaging }, one))
  const service = services.find(({ id }) => id === request.service)
  const from = party(shipper, '/shipper')
  const duty = customs && {
    paid_by: customs.duty?.paid_by ?? 'recipient',
    ...(customs.duty?.account_number && { account_number: customs.duty.account_number }),
  }
  return present({
    Description: describe(request, parcels[0]),
    Shipper: { ...from, ShipperNumber: account(ask.connection) },
    ShipFrom: from,
    ShipTo: party(recipient, '/recipient', true),
    PaymentInformation: {
      ShipmentCharge: [
        charge('01', request.payment, ask.connection),
        // The recipient pays duties unless somebody else is named: UPS then wants no entry.
        ...(duty && duty.paid_by !== 'recipient' ? [charge('02', duty, ask.connection)] : []),
      ],
    },
    Service: { Code: service?.carrier_code ?? request.service, Description: service?.name ?? '' },
    ReturnService: is_return
      ? { Code: textOption(options, 'ups_return_service') ?? printed_here }
      : undefined,
    ShipmentDate: shippingDay(options, ask.now_ms),
    ReferenceNumber: referenceByPackage(request) ? undefined : { Value: request.reference },
    InvoiceLineTotal: is_return ? undefined : invoiceTotal(request),
    Package: parcels.map((parcel) => packageOf(parcel, request, units)),
    ShipmentServiceOptions: present({
      ...serviceOptions(request),
      Notification: notification(request),
      InternationalForms: customs && internationalForms(request, customs, units, ask),
    }),
    ShipmentRatingOptions: ratingOptions(options),
    RatingMethodRequestedIndicator: 'Y',
    TaxInformationIndicator: 'Y',
  })
}

async function parcelOf(
  found: unknown,
  request: ShipmentRequest,
  messages: CarrierMessage[],
): Promise<PurchasedParcel | undefined> {
  const tracking_number = textAt(found, 'TrackingNumber')
  if (tracking_number === undefined) return undefined
  const image = textAt(found, 'ShippingLabel.GraphicImage')
  const label = image === undefined ? undefined : await readLabel(image, request.label_type)
  if (label?.warning) {
    messages.push(message('ups', 'unknown', label.warning, { severity: 'warning' }))
  }
  const currency = textAt(found, 'ServiceOptionsCharges.CurrencyCode')
  return {
    tracking_number,
    charges: currency === undefined ? [] : chargesOf(found, currency),
    ...(label && { label: label.label }),
  }
}

export async function readShipment(
  response: HttpResponse | undefined,
  request: ShipmentRequest,
): Promise<Reading<PurchasedShipment>> {
  if (!response) return { messages: [] }
  const answer = bodyJson(response)
  const messages = upsErrors(response)
  const results = at(answer, 'ShipmentResponse.ShipmentResults')
  const shipment_identifier = textAt(results, 'ShipmentIdentificationNumber')
  const read = await Promise.all(
    listAt(results, 'PackageResults').map((found) => parcelOf(found, request, messages)),
  )
  const parcels = read.filter((parcel) => parcel !== undefined)
  if (shipment_identifier === undefined || parcels.length === 0) return { messages }
  messages.push(...alerts(answer, 'ShipmentResponse.Response.Alert'))
  const negotiated = at(results, 'NegotiatedRateCharges')
  const listed = at(results, 'ShipmentCharges')
  const total =
    upsMoney(negotiated, 'TotalChargesWithTaxes') ??
    upsMoney(negotiated, 'TotalCharge') ??
    upsMoney(listed, 'TotalChargesWithTaxes') ??
    upsMoney(listed, 'TotalCharges')
  const charges: Charge[] = total ? chargesOf(negotiated ?? listed, total.currency) : []
  const forms = listAt(results, 'Form').flatMap((form) => {
    const data = textAt(form, 'Image.GraphicImage')
    const format = textAt(form, 'Image.ImageFormat.Code') ?? 'PDF'
    return data === undefined ? [] : [{ kind: 'customs', format, data }]
  })
  return {
    result: present({
      carrier_id: 'ups',
      service: request.service,
      reference: request.reference,
      shipment_identifier,
      tracking_number: parcels[0]!.tracking_number,
      tracking_url: trackingUrl(parcels[0]!.tracking_number),
      parcels,
      charges,
      total,
      documents: forms,
      meta: present({ billing_weight: textAt(results, 'BillingWeight.Weight') }),
    }),
    messages,
  }
}

const buying = (is_return: boolean): Operation<ShipmentRequest, PurchasedShipment> => ({
  request: (input, ask) => ({
    method: 'POST',
    path: '/api/shipments/v2409/ship',
    json: {
      ShipmentRequest: {
        Request: {
          RequestOption: 'validate',
          SubVersion: '2409',
          TransactionReference: { CustomerContext: input.reference },
        },
        Shipment: shipment(input, ask, is_return),
        LabelSpecification: labelSpecification(input.label_type),
      },
    },
    effect: 'act',
  }),
  read: ([response], input) => readShipment(response, input),
})

export const ship = buying(false)
export const sendBack = buying(true)
