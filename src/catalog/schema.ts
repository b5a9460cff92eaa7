/** Shapes of items on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  Closed,
  CountryCode,
  Id,
  ListQuery,
  Metadata,
  MoneyShape,
  Name,
  Nullable,
  OneOf,
  Quantity,
  QuantityInput,
  Timestamp,
  Version,
} from '../operations/shapes.ts'

export const trackings = ['none', 'lot', 'serial'] as const

const Sku = Type.String({ minLength: 1, maxLength: 100, pattern: '^\\S(.*\\S)?$' })
const Barcode = Type.String({
  pattern: '^[\\x21-\\x7e]{4,48}$',
  description: 'GTIN, UPC or your own',
})
const HsCode = Type.String({ pattern: '^\\d{6,10}$', description: 'Six to ten digits' })
const Whole = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

const writable = {
  name: Name,
  description: Type.Optional(Type.String({ maxLength: 5_000 })),
  barcode: Type.Optional(Nullable(Barcode)),
  hs_code: Type.Optional(Nullable(HsCode)),
  country_of_origin: Type.Optional(Nullable(CountryCode)),
  value: Type.Optional(Nullable(MoneyShape)),
  weight_g: Type.Optional(Nullable(Whole)),
  length_mm: Type.Optional(Nullable(Whole)),
  width_mm: Type.Optional(Nullable(Whole)),
  height_mm: Type.Optional(Nullable(Whole)),
  reorder_point: Type.Optional(Nullable(QuantityInput)),
  metadata: Type.Optional(Metadata),
}

export const NewItem = Closed({
  sku: Sku,
  base_unit: Type.Optional(Type.String({ minLength: 1, maxLength: 20, default: 'each' })),
  scale: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 6, description: 'Decimal digits of its quantities' }),
  ),
  tracking: Type.Optional(OneOf(trackings)),
  ...writable,
})
export type NewItem = Static<typeof NewItem>

export const ItemChange = Type.Partial(Closed(writable), { additionalProperties: false })
export type ItemChange = Static<typeof ItemChange>

export const Item = Type.Object({
  id: Id('itm'),
  sku: Type.String(),
  name: Type.String(),
  description: Type.String(),
  base_unit: Type.String(),
  scale: Type.Integer(),
  tracking: OneOf(trackings),
  barcode: Nullable(Type.String()),
  hs_code: Nullable(Type.String()),
  country_of_origin: Nullable(Type.String()),
  value: Nullable(MoneyShape),
  weight_g: Nullable(Type.Integer()),
  length_mm: Nullable(Type.Integer()),
  width_mm: Nullable(Type.Integer()),
  height_mm: Nullable(Type.Integer()),
  reorder_point: Nullable(Quantity),
  metadata: Metadata,
  archived_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Item = Static<typeof Item>

export const ItemFilter = ListQuery(
  {
    search: Type.Optional(
      Type.String({ maxLength: 100, description: 'Beginning of the sku, name or barcode' }),
    ),
    tracking: Type.Optional(OneOf(trackings)),
    archived: Type.Optional(Type.Boolean({ description: 'false leaves archived items out' })),
  },
  ['created_at', 'sku', 'name'],
)
export type ItemFilter = Static<typeof ItemFilter>
