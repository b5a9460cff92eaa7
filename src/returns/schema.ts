/** Shapes of returns on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { label_types } from '../carriers/contract.ts'
import { WireParcel } from '../carriers/parcel.ts'
import {
  Closed,
  Id,
  ListQuery,
  Metadata,
  MoneyShape,
  Note,
  Nullable,
  OneOf,
  Quantity,
  QuantityInput,
  Timestamp,
  Version,
} from '../operations/shapes.ts'
import { goods_input, goods_reply } from '../stock/schema.ts'

export const return_statuses = [
  'authorized',
  'partially_received',
  'received',
  'inspected',
  'closed',
  'cancelled',
] as const
export type ReturnStatus = (typeof return_statuses)[number]

export const return_reasons = [
  'damaged',
  'defective',
  'wrong_item',
  'not_as_described',
  'too_late',
  'unwanted',
  'other',
] as const

export const dispositions = [
  'restock',
  'refurbish',
  'quarantine',
  'scrap',
  'return_to_supplier',
] as const
export type Disposition = (typeof dispositions)[number]

const { lot_id, lot_code, serial_id, serial_code } = goods_input
const OrderLine = Type.Integer({ minimum: 1, description: 'Of the sales order' })
const ReturnLine = Type.Integer({ minimum: 1, description: 'Of the return' })

export const NewReturn = Closed({
  sales_order_id: Id('so'),
  reason: OneOf(return_reasons),
  note: Type.Optional(Note),
  metadata: Type.Optional(Metadata),
  lines: Type.Array(
    Closed({
      line: OrderLine,
      lot_id,
      lot_code,
      serial_id,
      serial_code,
      quantity: QuantityInput,
    }),
    { minItems: 1, maxItems: 500 },
  ),
})
export type NewReturn = Static<typeof NewReturn>

export const NewReturnReceipt = Closed({
  lines: Type.Optional(
    Type.Array(Closed({ line: ReturnLine, quantity: QuantityInput }), {
      minItems: 1,
      maxItems: 500,
      description: 'All that is expected, when left out',
    }),
  ),
  received_at: Type.Optional(Timestamp),
})
export type NewReturnReceipt = Static<typeof NewReturnReceipt>

export const Inspection = Closed({
  lines: Type.Array(
    Closed({
      line: ReturnLine,
      disposition: OneOf(dispositions),
      quantity: QuantityInput,
      location_id: Type.Optional(Id('loc', 'Where it is put; needed to restock')),
      note: Type.Optional(Note),
    }),
    { minItems: 1, maxItems: 500 },
  ),
})
export type Inspection = Static<typeof Inspection>

export const ReturnLabel = Closed({
  connection_id: Id('con'),
  service: Type.String({ minLength: 1, maxLength: 100 }),
  parcels: Type.Array(WireParcel, { minItems: 1, maxItems: 20 }),
  label_type: Type.Optional(OneOf(label_types)),
})
export type ReturnLabel = Static<typeof ReturnLabel>

export const ReturnClose = Closed({
  refund: Type.Optional(MoneyShape),
  refund_reference: Type.Optional(
    Type.String({ maxLength: 100, description: 'Of the payment system that gave the money back' }),
  ),
})
export type ReturnClose = Static<typeof ReturnClose>

export const Return = Type.Object({
  id: Id('ret'),
  number: Type.String(),
  sales_order_id: Id('so'),
  order_number: Type.String(),
  customer_name: Type.String(),
  site_id: Id('loc'),
  status: OneOf(return_statuses),
  reason: OneOf(return_reasons),
  note: Type.String(),
  shipment_id: Nullable(Id('shp')),
  refund: Nullable(MoneyShape),
  refund_reference: Type.String(),
  metadata: Metadata,
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      order_line: Type.Integer(),
      ...goods_reply,
      name: Type.String(),
      quantity: Quantity,
      received_quantity: Quantity,
      inspected_quantity: Quantity,
    }),
  ),
  dispositions: Type.Array(
    Type.Object({
      line: Type.Integer(),
      disposition: OneOf(dispositions),
      quantity: Quantity,
      location_id: Nullable(Id('loc')),
      posting_id: Id('pst'),
      note: Type.String(),
      decided_by: Type.String(),
      decided_at: Timestamp,
    }),
  ),
  closed_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Return = Static<typeof Return>

export const ReturnFilter = ListQuery(
  {
    status: Type.Optional(OneOf(return_statuses)),
    sales_order_id: Type.Optional(Id('so')),
    search: Type.Optional(Type.String({ maxLength: 40, description: 'Beginning of the number' })),
  },
  ['created_at', 'number'],
)
export type ReturnFilter = Static<typeof ReturnFilter>
