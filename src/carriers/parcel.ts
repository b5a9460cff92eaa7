/** What is handed to the carrier: one parcel with its weight, size, packaging and contents. */
import { Type, type Static } from '@sinclair/typebox'
import Big from 'big.js'
import {
  fromGrams,
  fromMillimetres,
  toGrams,
  toMillimetres,
  type LengthUnit,
  type WeightUnit,
} from '../kit/units.ts'
import { CountryCode } from './address.ts'

/** One kind of goods in a parcel, as customs and the packing slip name it. */
export const Commodity = Type.Object(
  {
    title: Type.Optional(Type.String({ maxLength: 200 })),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    sku: Type.Optional(Type.String({ maxLength: 100 })),
    hs_code: Type.Optional(Type.String({ maxLength: 20 })),
    quantity: Type.Integer({ minimum: 1 }),
    /** Of one unit, in minor units of `value_currency`. */
    value_amount: Type.Optional(Type.Integer({ minimum: 0 })),
    value_currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
    /** Of one unit. */
    weight_g: Type.Optional(Type.Integer({ minimum: 0 })),
    origin_country: Type.Optional(CountryCode),
  },
  { additionalProperties: false },
)
export type Commodity = Static<typeof Commodity>

/** What a carrier option may be set to. */
export const OptionValue = Type.Union([Type.Boolean(), Type.String(), Type.Number()])
export type OptionValue = Static<typeof OptionValue>
export const Options = Type.Record(Type.String(), OptionValue)
export type Options = Static<typeof Options>

export const Parcel = Type.Object(
  {
    weight_g: Type.Integer({ minimum: 1 }),
    length_mm: Type.Optional(Type.Integer({ minimum: 1 })),
    width_mm: Type.Optional(Type.Integer({ minimum: 1 })),
    height_mm: Type.Optional(Type.Integer({ minimum: 1 })),
    /** The system the sender measured in: a carrier that takes both gets the same figures back. */
    declared_in: Type.Optional(Type.Union([Type.Literal('metric'), Type.Literal('imperial')])),
    packaging_type: Type.Optional(Type.String()),
    description: Type.Optional(Type.String({ maxLength: 500 })),
    reference_number: Type.Optional(Type.String({ maxLength: 60 })),
    is_document: Type.Optional(Type.Boolean()),
    items: Type.Optional(Type.Array(Commodity)),
    options: Type.Optional(Options),
  },
  { additionalProperties: false },
)
export type Parcel = Static<typeof Parcel>

const weight_names: Record<string, WeightUnit> = { G: 'g', KG: 'kg', OZ: 'oz', LB: 'lb' }
const length_names: Record<string, LengthUnit> = { MM: 'mm', CM: 'cm', M: 'm', IN: 'in', FT: 'ft' }

const Decimal = Type.Union([Type.Number(), Type.String({ pattern: '^\\d{1,9}(\\.\\d{1,9})?$' })], {
  description: 'A number, such as 12.5',
})

/** A parcel on the wire: weight and sizes as decimals, each with its unit. */
export const WireParcel = Type.Composite(
  [
    Type.Omit(Parcel, ['weight_g', 'length_mm', 'width_mm', 'height_mm', 'declared_in']),
    Type.Object({
      weight: Decimal,
      weight_unit: Type.Union(Object.keys(weight_names).map((name) => Type.Literal(name))),
      length: Type.Optional(Decimal),
      width: Type.Optional(Decimal),
      height: Type.Optional(Decimal),
      dimension_unit: Type.Optional(
        Type.Union(Object.keys(length_names).map((name) => Type.Literal(name))),
      ),
    }),
  ],
  { additionalProperties: false },
)
export type WireParcel = Static<typeof WireParcel>

/**
 * From the wire to grams and millimetres, rounded up. Without a `dimension_unit` the sizes are in
 * the system of the weight: inches beside pounds, centimetres beside kilograms.
 */
export function parcelFromWire(wire: WireParcel, pointer = '/parcels/0'): Parcel {
  const { weight, weight_unit, length, width, height, dimension_unit, ...rest } = wire
  const imperial = weight_unit === 'LB' || weight_unit === 'OZ'
  const unit = length_names[dimension_unit ?? (imperial ? 'IN' : 'CM')]!
  const size = (value: string | number | undefined, name: 'length' | 'width' | 'height') =>
    value === undefined ? {} : { [`${name}_mm`]: toMillimetres(value, unit, `${pointer}/${name}`) }
  return {
    ...rest,
    weight_g: toGrams(weight, weight_names[weight_unit]!, `${pointer}/weight`),
    ...size(length, 'length'),
    ...size(width, 'width'),
    ...size(height, 'height'),
    declared_in: imperial ? 'imperial' : 'metric',
  }
}

/**
 * Grams in the unit a carrier wants, rounded up at `decimals`. Whole grams made from pounds may
 * have gained up to one gram already; that gram is taken back first, so 10 lb stays 10.0 lb.
 */
export const weightIn = (weight_g: number, unit: WeightUnit, decimals: number): number =>
  fromGrams(unit === 'lb' || unit === 'oz' ? Math.max(weight_g - 1, 0) : weight_g, unit, decimals)

/** Millimetres in the unit a carrier wants; inches as `weightIn` treats pounds. */
export const lengthIn = (length_mm: number, unit: LengthUnit, decimals: number): number =>
  fromMillimetres(
    unit === 'in' || unit === 'ft' ? Math.max(length_mm - 1, 0) : length_mm,
    unit,
    decimals,
  )

/** Longest side first; undefined unless all three sizes are known. */
export function sidesLongestFirst(parcel: Parcel): [number, number, number] | undefined {
  const { length_mm, width_mm, height_mm } = parcel
  if (length_mm === undefined || width_mm === undefined || height_mm === undefined) return undefined
  return [length_mm, width_mm, height_mm].sort((a, b) => b - a) as [number, number, number]
}

/** Litres of the box, or undefined when a size is missing. */
export function volumeInLitres(parcel: Parcel): Big | undefined {
  const sides = sidesLongestFirst(parcel)
  return sides && new Big(sides[0]).times(sides[1]).times(sides[2]).div(1_000_000)
}

/**
 * The weight a carrier charges for: the heavier of the scales and the size.
 * @param divisor cubic centimetres for one kilogram (5000 is usual); undefined: sizes do not count
 */
export function chargeableWeight(parcel: Parcel, divisor: number | undefined): number {
  const litres = volumeInLitres(parcel)
  if (divisor === undefined || litres === undefined) return parcel.weight_g
  const dimensional_g = litres.times(1_000_000).div(divisor).round(0, Big.roundUp).toNumber()
  return Math.max(parcel.weight_g, dimensional_g)
}
