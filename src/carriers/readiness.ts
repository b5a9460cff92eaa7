/** Says before any call why a carrier would refuse: limits, countries, options, missing fields. */
import type { Address } from './address.ts'
import type {
  Carrier,
  Connection,
  Customs,
  Limits,
  LookupRequest,
  OperationName,
  RateRequest,
  ShipmentRequest,
} from './contract.ts'
import { message, type CarrierMessage, type MessageCode } from './message.ts'
import { checkOptions } from './options.ts'
import { sidesLongestFirst, volumeInLitres, type Parcel } from './parcel.ts'

type Refuse = (code: MessageCode, detail: string, field: string) => void

function checkParcel(parcel: Parcel, limits: Limits, pointer: string, refuse: Refuse): void {
  const { max_weight_g, max_length_mm, max_length_and_girth_mm, max_volume_litres } = limits
  if (max_weight_g !== undefined && parcel.weight_g > max_weight_g) {
    refuse('dimensions', `${parcel.weight_g} g exceed ${max_weight_g} g.`, `${pointer}/weight`)
  }
  const sides = sidesLongestFirst(parcel)
  if (!sides) {
    if (limits.sizes_required) refuse('dimensions', 'Length, width and height are needed.', pointer)
    return
  }
  const [longest, ...others] = sides
  if (max_length_mm !== undefined && longest > max_length_mm) {
    refuse('dimensions', `${longest} mm exceed ${max_length_mm} mm.`, `${pointer}/length`)
  }
  const girth_mm = longest + 2 * (others[0] + others[1])
  if (max_length_and_girth_mm !== undefined && girth_mm > max_length_and_girth_mm) {
    const detail = `Length and girth of ${girth_mm} mm exceed ${max_length_and_girth_mm} mm.`
    refuse('dimensions', detail, pointer)
  }
  const litres = volumeInLitres(parcel)
  if (max_volume_litres !== undefined && litres?.gt(max_volume_litres)) {
    refuse('dimensions', `${litres} litres exceed ${max_volume_litres} litres.`, pointer)
  }
}

function checkCountries(input: RateRequest, limits: Limits, refuse: Refuse): void {
  const from = input.shipper.country_code
  const to = input.recipient.country_code
  if (limits.origin_countries && !limits.origin_countries.includes(from)) {
    refuse('service_unavailable', `Nothing is collected in ${from}.`, '/shipper/country_code')
  }
  if (limits.destination_countries && !limits.destination_countries.includes(to)) {
    refuse('service_unavailable', `Nothing is delivered to ${to}.`, '/recipient/country_code')
  }
}

function checkAddress(address: Address, pointer: string, refuse: Refuse): void {
  if (!address.person_name && !address.company_name) {
    refuse('address', 'A person or a company is needed.', `${pointer}/person_name`)
  }
  for (const name of ['address_line1', 'city'] as const) {
    if (!address[name]) refuse('address', `${name} is needed.`, `${pointer}/${name}`)
  }
}

function checkPurchase(carrier: Carrier, input: ShipmentRequest, refuse: Refuse): void {
  checkAddress(input.shipper, '/shipper', refuse)
  checkAddress(input.recipient, '/recipient', refuse)
  const known =
    carrier.services.length === 0 || carrier.services.some((s) => s.id === input.service)
  if (!known) refuse('service_unavailable', `There is no service "${input.service}".`, '/service')
  if (!carrier.label_types.includes(input.label_type)) {
    const types = carrier.label_types.join(', ')
    refuse('service_unavailable', `Labels come as ${types}.`, '/label_type')
  }
  if (input.shipper.country_code !== input.recipient.country_code && !input.customs) {
    const documents = input.parcels.every((parcel) => parcel.is_document === true)
    const union = sameCustomsUnion(input.shipper.country_code, input.recipient.country_code)
    if (!documents && !union)
      refuse('customs', 'Goods that cross a border are declared.', '/customs')
  }
}

/** Payers and customs fields that the connector would have to leave out. */
function checkSupport({ name, supports }: Carrier, input: RateRequest, refuse: Refuse): void {
  const payer = input.payment?.paid_by
  if (payer !== undefined && !supports.payers.includes(payer)) {
    refuse('unknown', `${name} cannot be paid by the ${payer}.`, '/payment/paid_by')
  }
  if (input.customs) checkCustoms(input.customs, refuse)
  for (const field of Object.keys(input.customs ?? {}) as (keyof Customs)[]) {
    if (supports.customs.includes(field)) continue
    refuse('customs', `${name} is not told ${field}.`, `/customs/${field}`)
  }
}

/** A declaration tells the worth of everything, in one currency: none is guessed. */
function checkCustoms({ commodities }: Customs, refuse: Refuse): void {
  const currency = commodities[0]?.value_currency
  commodities.forEach(({ value_amount, value_currency }, index) => {
    const pointer = `/customs/commodities/${index}`
    if (value_amount === undefined || value_currency === undefined) {
      refuse('customs', 'The worth of one piece is needed.', `${pointer}/value_amount`)
    } else if (value_currency !== currency) {
      refuse('customs', 'All goods are declared in one currency.', `${pointer}/value_currency`)
    }
  })
}

/** A purchase key that the carrier has forgotten would buy anew. */
function checkLookup(carrier: Carrier, input: LookupRequest, now_ms: number): CarrierMessage[] {
  const { lookup, id, name } = carrier
  if (lookup?.by !== 'replay' || now_ms - Date.parse(input.sent_at) < lookup.valid_for_ms) return []
  const hours = lookup.valid_for_ms / 3_600_000
  const detail = `${name} forgets a purchase after ${hours} hours: look in its own portal.`
  return [message(id, 'unknown', detail, { field: '/sent_at' })]
}

/** Member states of the European Union customs territory, 2026. */
export const eu_countries: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')

const sameCustomsUnion = (a: string, b: string): boolean =>
  eu_countries.includes(a) && eu_countries.includes(b)

/** Credentials that the carrier needs and the connection lacks, and settings that are none. */
export function checkCredentials(carrier: Carrier, connection: Connection): CarrierMessage[] {
  const odd = carrier.config.filter(({ name, choices }) => {
    const value = connection.config[name]
    return value !== undefined && choices !== undefined && !choices.includes(String(value))
  })
  const wrong = odd.map(({ name, label, choices = [] }) =>
    message(carrier.id, 'unknown', `${label} is one of ${choices.join(', ')}.`, {
      field: `/config/${name}`,
    }),
  )
  const lacking = carrier.credentials
    .filter((field) => field.required !== false && !connection.credentials[field.name])
    .map((field) =>
      message(carrier.id, 'auth', `${field.label} is missing.`, {
        field: `/credentials/${field.name}`,
      }),
    )
  return [...lacking, ...wrong]
}

/** Empty when the carrier may be asked; else every reason at once. No call is made. */
export function readiness(
  carrier: Carrier,
  operation: OperationName,
  input: unknown,
  now_ms: number,
): CarrierMessage[] {
  if (operation === 'lookup') return checkLookup(carrier, input as LookupRequest, now_ms)
  if (operation !== 'rate' && operation !== 'ship' && operation !== 'return') return []
  const messages: CarrierMessage[] = []
  const refuse: Refuse = (code, detail, field) => {
    messages.push(message(carrier.id, code, detail, { field }))
  }
  const journey = input as RateRequest
  const limits = carrier.limits(journey.shipper.country_code)
  checkCountries(journey, limits, refuse)
  if (limits.max_parcels !== undefined && journey.parcels.length > limits.max_parcels) {
    refuse('dimensions', `At most ${limits.max_parcels} parcels go together.`, '/parcels')
  }
  journey.parcels.forEach((parcel, index) => {
    const pointer = `/parcels/${index}`
    checkParcel(parcel, limits, pointer, refuse)
    for (const [id, value] of Object.entries(parcel.options ?? {})) {
      const detail = `${id} belongs to the shipment: ${carrier.name} has no options of a parcel.`
      if (value !== false) refuse('unknown', detail, `${pointer}/options/${id}`)
    }
    const packaging = parcel.packaging_type
    if (packaging !== undefined && !knownPackaging(carrier, packaging)) {
      refuse('dimensions', `There is no packaging "${packaging}".`, `${pointer}/packaging_type`)
    }
  })
  messages.push(...checkOptions(carrier, journey.options, '/options'))
  checkSupport(carrier, journey, refuse)
  if (operation !== 'rate') checkPurchase(carrier, input as ShipmentRequest, refuse)
  return messages
}

/** Own packaging is always possible; another carrier's packaging name means nothing here. */
const knownPackaging = (carrier: Carrier, id: string): boolean =>
  id === 'your_packaging' || carrier.packaging.some((packaging) => packaging.id === id)

/** The parcel with what its packaging fixes: sizes that were not given. */
export function withPackaging(carrier: Pick<Carrier, 'packaging'>, parcel: Parcel): Parcel {
  const preset = carrier.packaging.find(({ id }) => id === parcel.packaging_type)
  if (preset?.length_mm === undefined || parcel.length_mm !== undefined) return parcel
  const { length_mm, width_mm, height_mm } = preset
  return Object.assign({ length_mm, width_mm, height_mm }, parcel) as Parcel
}
