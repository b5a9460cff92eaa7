/** A rate sheet as data: zones, weight steps, minimums, surcharges and fuel, cost and sale. */
import { Type, type Static } from '@sinclair/typebox'

const closed = { additionalProperties: false }

/** Minor units of the sheet's currency; without `sell` the sale price is the cost. */
const Price = Type.Object(
  { cost: Type.Integer({ minimum: 0 }), sell: Type.Optional(Type.Integer({ minimum: 0 })) },
  closed,
)
export type Price = Static<typeof Price>

const percent = Type.String({ pattern: '^\\d{1,3}(\\.\\d{1,4})?$' })
const day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })

/** A place is in the zone when it meets every list that is given. */
export const Zone = Type.Object(
  {
    name: Type.String(),
    countries: Type.Optional(Type.Array(Type.String())),
    states: Type.Optional(Type.Array(Type.String())),
    /** One of prefixes or ranges has to fit, if there are any. */
    postal_prefixes: Type.Optional(Type.Array(Type.String())),
    /** Both ends included; compared as text of equal length, never as numbers. */
    postal_ranges: Type.Optional(Type.Array(Type.Tuple([Type.String(), Type.String()]))),
    transit_days: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Lightest first; a parcel pays the first step it does not exceed. */
    steps: Type.Array(
      Type.Object({ up_to_g: Type.Integer({ minimum: 1 }), price: Price }, closed),
      { minItems: 1 },
    ),
    /** For each kilogram begun above the last step; without it a heavier parcel has no price. */
    per_kg: Type.Optional(Price),
    /** Of the whole shipment, before surcharges. */
    minimum: Type.Optional(Price),
  },
  closed,
)
export type Zone = Static<typeof Zone>

export const Surcharge = Type.Object(
  {
    name: Type.String(),
    price: Type.Optional(Price),
    /** Of the base price, instead of or beside `price`. */
    percent: Type.Optional(percent),
    per: Type.Union([Type.Literal('shipment'), Type.Literal('parcel')]),
    /** Meets all that are given; without any it always applies. */
    when: Type.Optional(
      Type.Object(
        {
          residential: Type.Optional(Type.Boolean()),
          over_weight_g: Type.Optional(Type.Integer()),
          over_length_mm: Type.Optional(Type.Integer()),
          option: Type.Optional(Type.String()),
        },
        closed,
      ),
    ),
    /** Whether fuel is charged on it as well. */
    fuel: Type.Optional(Type.Boolean()),
  },
  closed,
)
export type Surcharge = Static<typeof Surcharge>

export const SheetService = Type.Object(
  {
    id: Type.String({ minLength: 1 }),
    name: Type.String({ minLength: 1 }),
    transit_days: Type.Optional(Type.Integer({ minimum: 0 })),
    /** Of one parcel. */
    max_weight_g: Type.Optional(Type.Integer({ minimum: 1 })),
    max_length_mm: Type.Optional(Type.Integer({ minimum: 1 })),
    /** Cubic centimetres for one kilogram; absent: sizes do not count. */
    dimensional_divisor: Type.Optional(Type.Integer({ minimum: 1 })),
    /** The first zone that fits is the one. */
    zones: Type.Array(Zone, { minItems: 1 }),
    surcharges: Type.Optional(Type.Array(Surcharge)),
    /** Each percentage holds from its day until the next. */
    fuel: Type.Optional(Type.Array(Type.Object({ from: day, percent }, closed))),
  },
  closed,
)
export type SheetService = Static<typeof SheetService>

export const RateSheet = Type.Object(
  {
    currency: Type.String({ pattern: '^[A-Z]{3}$' }),
    services: Type.Array(SheetService, { minItems: 1 }),
  },
  closed,
)
export type RateSheet = Static<typeof RateSheet>
