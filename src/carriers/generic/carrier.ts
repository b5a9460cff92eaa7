/** Any carrier without an API: prices from a rate sheet, numbers and labels made here. */
import { Value } from '@sinclair/typebox/value'
import { partyName, placeLine, streetLines, type Address } from '../address.ts'
import type {
  Ask,
  Carrier,
  Connection,
  PurchasedShipment,
  Rate,
  RateRequest,
  Reading,
  ShipmentRequest,
} from '../contract.ts'
import { shippingLabel } from '../label/layout.ts'
import { writeLabel } from '../label/write.ts'
import { message, type CarrierMessage } from '../message.ts'
import { isOn, textOption } from '../options.ts'
import { trackingNumber } from './number.ts'
import { priceService, type Priced } from './price.ts'
import { RateSheet, type SheetService } from './rate-sheet.ts'

const id = 'generic'

/** The sheet, or what is wrong with it. */
function sheetOf({ config }: Connection): RateSheet | CarrierMessage {
  const sheet = config['rate_sheet']
  if (Value.Check(RateSheet, sheet)) return sheet
  const first = Value.Errors(RateSheet, sheet).First()
  const detail = `The rate sheet is incomplete at ${first?.path || '/'}: ${first?.message}.`
  return message(id, 'service_unavailable', detail, {
    field: `/config/rate_sheet${first?.path ?? ''}`,
  })
}

const shippingDay = (request: RateRequest, { now_ms }: Ask): string =>
  textOption(request.options, 'shipment_date') ?? new Date(now_ms).toISOString().slice(0, 10)

/** A price as a rate; what the carrier will charge us stays in `meta`. */
function rateOf(service: SheetService, priced: Priced): Rate {
  const { zone, total, cost, charges, chargeable_weight_g, transit_days } = priced
  return {
    carrier_id: id,
    service: service.id,
    service_name: service.name,
    total,
    charges,
    ...(transit_days !== undefined && { transit_days }),
    meta: { zone, cost, chargeable_weight_g },
  }
}

/** Rates of every service of the sheet; a service without a price says why. */
function rate(request: RateRequest, ask: Ask): Reading<Rate[]> {
  const sheet = sheetOf(ask.connection)
  if ('code' in sheet) return { messages: [sheet] }
  const result: Rate[] = []
  const messages: CarrierMessage[] = []
  for (const service of sheet.services) {
    const priced = priceService(sheet, service, request, shippingDay(request, ask))
    if (typeof priced === 'string') {
      messages.push(message(id, 'service_unavailable', priced, { severity: 'warning' }))
      continue
    }
    result.push(rateOf(service, priced))
  }
  return { result, messages }
}

/** The rate of the one service that is bought, or why there is none. */
function priceOf(request: ShipmentRequest, ask: Ask): Rate | CarrierMessage {
  const sheet = sheetOf(ask.connection)
  if ('code' in sheet) return sheet
  const refuse = (detail: string) =>
    message(id, 'service_unavailable', detail, { field: '/service' })
  const service = sheet.services.find((one) => one.id === request.service)
  if (!service) return refuse(`The rate sheet has no service "${request.service}".`)
  const priced = priceService(sheet, service, request, shippingDay(request, ask))
  return typeof priced === 'string' ? refuse(priced) : rateOf(service, priced)
}

const configText = ({ config }: Connection, name: string): string | undefined =>
  typeof config[name] === 'string' && config[name] !== '' ? config[name] : undefined

const postalLines = (address: Address): string[] =>
  [partyName(address), ...streetLines(address), placeLine(address)].filter((line) => line !== '')

const kilograms = (weight_g: number): string => `${(weight_g / 1_000).toFixed(2)} kg`

/** What the driver has to know, across the foot of the label. */
const markings = ({ options }: ShipmentRequest): string =>
  [
    isOn(options, 'signature_confirmation') ? 'SIGNATURE REQUIRED' : '',
    isOn(options, 'saturday_delivery') ? 'SATURDAY DELIVERY' : '',
  ]
    .filter((text) => text !== '')
    .join(' · ')

async function buy(request: ShipmentRequest, ask: Ask): Promise<Reading<PurchasedShipment>> {
  const { connection } = ask
  const { service, reference, parcels, shipper, recipient, label_type } = request
  const chosen = priceOf(request, ask)
  if ('code' in chosen) return { messages: [chosen] }
  const prefix = configText(connection, 'tracking_prefix') ?? 'STW'
  const own_number = textOption(request.options, 'tracking_number_reference')
  const numbers = parcels.map(
    (parcel, index) =>
      parcel.reference_number ??
      (parcels.length === 1 ? own_number : undefined) ??
      trackingNumber(prefix, connection.id, reference, index),
  )
  const labels = await Promise.all(
    parcels.map((parcel, index) =>
      writeLabel(
        shippingLabel({
          carrier: configText(connection, 'display_name') ?? 'Own delivery',
          service: chosen.service_name,
          from: postalLines(shipper),
          to: postalLines(recipient),
          tracking_number: numbers[index]!,
          reference,
          weight: kilograms(parcel.weight_g),
          piece: `${index + 1} of ${parcels.length}`,
          note: markings(request),
        }),
        label_type,
      ),
    ),
  )
  return {
    result: {
      carrier_id: id,
      service,
      reference,
      shipment_identifier: numbers[0]!,
      tracking_number: numbers[0]!,
      parcels: numbers.map((tracking_number, index) => ({
        tracking_number,
        label: labels[index]!,
        charges: [],
      })),
      charges: chosen.charges,
      total: chosen.total,
      documents: [],
      meta: { ...chosen.meta, service_name: chosen.service_name },
    },
    messages: [],
  }
}

/** One service, one zone, two weight steps: what a shop with a van begins with. */
const example_sheet: RateSheet = {
  currency: 'USD',
  services: [
    {
      id: 'own_van',
      name: 'Our van',
      transit_days: 1,
      zones: [
        {
          name: 'Everywhere',
          steps: [
            { up_to_g: 5_000, price: { cost: 500, sell: 900 } },
            { up_to_g: 20_000, price: { cost: 800, sell: 1_500 } },
          ],
        },
      ],
    },
  ],
}

/** Nothing is asked of anybody: the answer follows from the sheet. */
const nobody = () => []

export const generic: Carrier = {
  id,
  name: 'Rate sheet carrier',
  website: '',
  countries: [],
  credentials: [],
  config: [
    {
      name: 'display_name',
      label: 'Name',
      help: 'What customers and the label call this carrier.',
    },
    { name: 'tracking_prefix', label: 'Prefix', help: 'Letters before every tracking number.' },
    {
      name: 'rate_sheet',
      label: 'Rate sheet',
      help: 'Services, zones, weight steps; prices in minor units.',
      required: true,
      example: example_sheet,
    },
  ],
  auth: { kind: 'none' },
  hosts: {},
  limits: () => ({ max_parcels: 99 }),
  services: [],
  packaging: [],
  options: [
    {
      id: 'tracking_number_reference',
      type: 'string',
      help: 'A number printed beforehand, for a shipment of one parcel.',
    },
  ],
  supports: {
    options: ['shipment_date', 'signature_confirmation', 'saturday_delivery'],
    payers: ['sender'],
    // Nobody is told anything: the declaration is the customer's own paper.
    customs: [
      'commodities',
      'content_type',
      'content_description',
      'incoterm',
      'invoice',
      'invoice_date',
      'duty',
      'signer',
      'tax_ids',
    ],
  },
  label_types: ['PDF', 'PNG', 'ZPL'],
  tracking: { statuses: {}, incidents: {} },
  errors: {},
  lookup: { by: 'query' },
  proven: [
    { how: 'vectors', on: '2026-11-21', note: 'Prices and numbers of the outside recordings.' },
  ],
  deviations: [],
  operations: {
    rate: { request: nobody, read: (_, input, ask) => rate(input, ask) },
    ship: { request: nobody, read: (_, input, ask) => buy(input, ask) },
    void: {
      request: nobody,
      read: () => ({ result: { voided: true, already: false }, messages: [] }),
    },
    lookup: {
      request: nobody,
      read: async (_, { shipment }, ask) => {
        const { result, messages } = await buy(shipment, ask)
        return result ? { result: { found: true, shipment: result }, messages } : { messages }
      },
    },
  },
}
