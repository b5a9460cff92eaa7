/** Shapes of picking, packing and sending off on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  CalendarDate,
  Closed,
  Id,
  Nullable,
  Quantity,
  QuantityInput,
  Timestamp,
} from '../operations/shapes.ts'
import { goods_input, goods_reply } from '../stock/schema.ts'
import { SalesOrder } from './schema.ts'

const { lot_id, lot_code, serial_id, serial_code } = goods_input
const tracked = { lot_id, lot_code, serial_id, serial_code }
const Whole = Type.Integer({ minimum: 1, maximum: 1_000_000_000 })

export const PickLine = Type.Object({
  sales_order_id: Id('so'),
  order_number: Type.String(),
  priority: Type.Integer(),
  line: Type.Integer(),
  reservation_id: Id('rsv'),
  ...goods_reply,
  name: Type.String(),
  barcode: Nullable(Type.String()),
  expires_on: Nullable(CalendarDate),
  location_id: Id('loc'),
  location_code: Type.String(),
  quantity: Quantity,
})
export type PickLine = Static<typeof PickLine>

export const PickListQuery = Closed({
  site_id: Type.Optional(Id('loc')),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000, default: 500 })),
})
export type PickListQuery = Static<typeof PickListQuery>

/** In walking order: by the code of the place. */
export const PickList = Type.Object({ data: Type.Array(PickLine), has_more: Type.Boolean() })
export type PickList = Static<typeof PickList>

export const Pick = Closed({
  lines: Type.Optional(
    Type.Array(
      Closed({
        line: Type.Integer({ minimum: 1 }),
        location_id: Type.Optional(Id('loc')),
        ...tracked,
        quantity: QuantityInput,
        short: Type.Optional(
          Type.Boolean({ description: 'There is no more here: the rest is sought elsewhere' }),
        ),
      }),
      { minItems: 1, maxItems: 500, description: 'All that is allocated, when left out' },
    ),
  ),
})
export type Pick = Static<typeof Pick>

export const ConfirmPick = Closed({
  code: Type.String({
    minLength: 1,
    maxLength: 100,
    description: 'What was scanned: a barcode, a sku or a serial number',
  }),
  quantity: Type.Optional(QuantityInput),
  site_id: Type.Optional(Id('loc', 'The default site when left out')),
  location_id: Type.Optional(Id('loc', 'Only what lies there')),
  sales_order_id: Type.Optional(Id('so', 'Only for this order')),
})
export type ConfirmPick = Static<typeof ConfirmPick>

export const PutBack = Closed({ location_id: Id('loc', 'Where all that is on the bench goes') })
export type PutBack = Static<typeof PutBack>

export const Pack = Closed({
  parcels: Type.Array(
    Closed({
      weight_g: Type.Optional(Whole),
      length_mm: Type.Optional(Whole),
      width_mm: Type.Optional(Whole),
      height_mm: Type.Optional(Whole),
      packaging: Type.Optional(Type.String({ maxLength: 60 })),
      contents: Type.Optional(
        Type.Array(
          Closed({ line: Type.Integer({ minimum: 1 }), ...tracked, quantity: QuantityInput }),
          { minItems: 1, maxItems: 500, description: 'All that is on the bench, when left out' },
        ),
      ),
    }),
    { minItems: 1, maxItems: 100 },
  ),
})
export type Pack = Static<typeof Pack>

const Goods = Type.Object({
  line: Type.Integer(),
  ...goods_reply,
  name: Type.String(),
  quantity: Quantity,
})

export const Parcel = Type.Object({
  id: Id('pcl'),
  number: Type.Integer(),
  weight_g: Nullable(Type.Integer()),
  length_mm: Nullable(Type.Integer()),
  width_mm: Nullable(Type.Integer()),
  height_mm: Nullable(Type.Integer()),
  packaging: Type.String(),
  packed_by: Type.String(),
  packed_at: Timestamp,
  shipment_id: Nullable(Type.String()),
  dispatched_at: Nullable(Timestamp),
  dispatch_posting_id: Nullable(Id('pst')),
  delivered_at: Nullable(Timestamp),
  contents: Type.Array(Goods),
})
export type Parcel = Static<typeof Parcel>

/** Where everything of an order is: in its bins, on the bench, in its parcels. */
export const Fulfilment = Type.Object({
  order: SalesOrder,
  to_pick: Type.Array(PickLine),
  picked: Type.Array(Goods),
  parcels: Type.Array(Parcel),
})
export type Fulfilment = Static<typeof Fulfilment>

export const Ship = Closed({
  parcel_ids: Type.Optional(
    Type.Array(Id('pcl'), {
      minItems: 1,
      maxItems: 100,
      uniqueItems: true,
      description: 'All that are packed, when left out',
    }),
  ),
})
export type Ship = Static<typeof Ship>
