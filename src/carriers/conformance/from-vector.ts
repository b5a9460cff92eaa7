/** Turns the request of an outside recording into ours: units to grams, decimals to minor. */
import { moneyFromDecimal } from '../../kit/money.ts'
import { toGrams, type WeightUnit } from '../../kit/units.ts'
import type { Carrier, OperationName } from '../contract.ts'
import { optionFields } from '../options.ts'
import { parcelFromWire, type WireParcel } from '../parcel.ts'
import { listAt, numberAt, present, textAt } from '../reading.ts'

const address_fields = [
  'person_name',
  'company_name',
  'phone_number',
  'email',
  'address_line1',
  'address_line2',
  'city',
  'state_code',
  'postal_code',
  'country_code',
  'federal_tax_id',
  'state_tax_id',
]

const address = (value: unknown): unknown => ({
  ...present(Object.fromEntries(address_fields.map((name) => [name, textAt(value, name)]))),
  ...((value as { residential?: boolean }).residential === true && { residential: true }),
})

/** Recordings name some options without the carrier's prefix. */
function options(carrier: Carrier, value: unknown): Record<string, unknown> {
  const known = optionFields(carrier).map(({ id }) => id)
  return Object.fromEntries(
    Object.entries((value ?? {}) as Record<string, unknown>).map(([name, one]) => {
      const prefixed = `${carrier.id}_${name}`
      return [!known.includes(name) && known.includes(prefixed) ? prefixed : name, one]
    }),
  )
}

const grams = (weight: number | undefined, unit: string | undefined): number | undefined =>
  weight === undefined ? undefined : toGrams(weight, (unit ?? 'KG').toLowerCase() as WeightUnit)

/** Some recordings leave the currency out: it is that of the sender's country. */
const home_currencies: Record<string, string> = { AU: 'AUD', CA: 'CAD' }

function commodity(value: unknown, country_code: string | undefined): unknown {
  const amount = textAt(value, 'value_amount')
  const home = home_currencies[country_code ?? ''] ?? 'USD'
  const currency = textAt(value, 'value_currency') ?? home
  return present({
    title: textAt(value, 'title'),
    description: textAt(value, 'description'),
    sku: textAt(value, 'sku'),
    hs_code: textAt(value, 'hs_code'),
    quantity: numberAt(value, 'quantity') ?? 1,
    value_amount: amount === undefined ? undefined : moneyFromDecimal(amount, currency).amount,
    value_currency: amount === undefined ? undefined : currency,
    weight_g: grams(numberAt(value, 'weight'), textAt(value, 'weight_unit')),
    origin_country: textAt(value, 'origin_country'),
  })
}

/** A parcel that names only a preset gets the preset's sizes and full weight. */
function parcel(carrier: Carrier, value: unknown): unknown {
  const preset = carrier.packaging.find(({ id }) => id === textAt(value, 'package_preset'))
  const common = present({
    packaging_type: textAt(value, 'packaging_type'),
    description: textAt(value, 'description'),
    reference_number: textAt(value, 'reference_number'),
    items:
      listAt(value, 'items').length > 0
        ? listAt(value, 'items').map((one) => commodity(one, undefined))
        : undefined,
  })
  if (preset) {
    const { length_mm, width_mm, height_mm, max_weight_g: weight_g } = preset
    return { ...common, length_mm, width_mm, height_mm, weight_g, declared_in: 'imperial' }
  }
  const { weight, weight_unit, length, width, height, dimension_unit } = value as WireParcel
  const wire = present({ weight, weight_unit, length, width, height, dimension_unit })
  return { ...common, ...parcelFromWire(wire as WireParcel) }
}

function customs(value: unknown, country_code: string | undefined): unknown {
  if (value === undefined) return undefined
  const declared = textAt(value, 'duty.declared_value')
  const paid_by = textAt(value, 'duty.paid_by')
  return present({
    commodities: listAt(value, 'commodities').map((one) => commodity(one, country_code)),
    content_type: textAt(value, 'content_type'),
    content_description: textAt(value, 'content_description'),
    incoterm: textAt(value, 'incoterm'),
    invoice: textAt(value, 'invoice'),
    invoice_date: textAt(value, 'invoice_date'),
    duty: paid_by && {
      paid_by,
      ...(declared && {
        declared_value: moneyFromDecimal(declared, textAt(value, 'duty.currency') ?? 'USD'),
      }),
    },
  })
}

function journey(carrier: Carrier, request: Record<string, unknown>): Record<string, unknown> {
  return present({
    shipper: address(request['shipper']),
    recipient: address(request['recipient']),
    parcels: listAt(request, 'parcels').map((one) => parcel(carrier, one)),
    options: options(carrier, request['options']),
    customs: customs(request['customs'], textAt(request, 'shipper.country_code')),
    payment: request['payment'],
  })
}

const documents = (carrier: Carrier, request: unknown): unknown => ({
  documents: listAt(request, 'document_files').map((file) => ({
    kind: textAt(file, 'doc_type')?.replace(`${carrier.id}_`, ''),
    file_name: textAt(file, 'doc_name'),
    format: textAt(file, 'doc_format'),
    data: textAt(file, 'doc_file'),
  })),
})

/** Our input for a recorded request. */
export function fromVector(
  carrier: Carrier,
  operation: OperationName,
  request: Record<string, unknown>,
): unknown {
  if (operation === 'rate') {
    const services = listAt(request, 'services')
    return present({
      ...journey(carrier, request),
      services: services.length > 0 ? services : undefined,
      reference: textAt(request, 'reference'),
    })
  }
  if (operation === 'ship' || operation === 'return') {
    return {
      ...journey(carrier, request),
      service: request['service'],
      reference: textAt(request, 'reference') ?? 'vector',
      label_type: textAt(request, 'label_type') ?? 'PDF',
    }
  }
  if (operation === 'pickup') {
    return present({
      address: address(request['address']),
      pickup_date: request['pickup_date'],
      ready_time: request['ready_time'],
      closing_time: request['closing_time'],
      parcels: listAt(request, 'parcels').map((one) => parcel(carrier, one)),
      instruction: textAt(request, 'instruction'),
    })
  }
  if (operation === 'document') return documents(carrier, request)
  if (operation === 'address') return { address: address(request['address']) }
  return request
}
