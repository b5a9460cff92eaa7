/** Shapes of purchase orders and receipts on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { TrackingCode } from '../catalog/lots/schema.ts'
import {
  CalendarDate,
  Closed,
  Expandable,
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
import { goods_reply } from '../stock/schema.ts'

export const purchase_order_statuses = [
  'draft',
  'sent',
  'partially_received',
  'received',
  'closed',
  'cancelled',
] as const
export type PurchaseOrderStatus = (typeof purchase_order_statuses)[number]

const LineInput = Closed({
  item_id: Type.Optional(Id('itm')),
  sku: Type.Optional(Type.String({ maxLength: 100, description: 'Instead of item_id' })),
  quantity: QuantityInput,
  unit_price: Type.Optional(MoneyShape),
  supplier_sku: Type.Optional(Type.String({ maxLength: 100 })),
  expected_on: Type.Optional(Nullable(CalendarDate)),
})

const writable = {
  site_id: Type.Optional(Id('loc', 'Where it is to come; the default site when left out')),
  expected_on: Type.Optional(Nullable(CalendarDate)),
  over_receipt_percent: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 100, default: 0, description: 'How much more may come' }),
  ),
  reference: Type.Optional(Type.String({ maxLength: 100, description: "The supplier's number" })),
  note: Type.Optional(Note),
  metadata: Type.Optional(Metadata),
}
const lines = Type.Array(LineInput, { minItems: 1, maxItems: 500 })

export const NewPurchaseOrder = Closed({
  supplier_id: Id('pty'),
  number: Type.Optional(
    Type.String({ pattern: '^\\S(.{0,38}\\S)?$', description: 'Yours; the next when left out' }),
  ),
  currency: Type.Optional(
    Type.String({
      pattern: '^[A-Z]{3}$',
      description: "ISO 4217; the supplier's when left out, else that of the first price",
    }),
  ),
  ...writable,
  lines,
})
export type NewPurchaseOrder = Static<typeof NewPurchaseOrder>

export const PurchaseOrderChange = Closed({ ...writable, lines: Type.Optional(lines) })
export type PurchaseOrderChange = Static<typeof PurchaseOrderChange>

export const PurchaseOrder = Type.Object({
  id: Id('po'),
  number: Type.String(),
  supplier_id: Id('pty'),
  supplier_name: Type.String(),
  site_id: Id('loc'),
  status: OneOf(purchase_order_statuses),
  currency: Type.String(),
  expected_on: Nullable(CalendarDate),
  over_receipt_percent: Type.Integer(),
  reference: Type.String(),
  note: Type.String(),
  metadata: Metadata,
  total: MoneyShape,
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      item_id: Id('itm'),
      sku: Type.String(),
      name: Type.String(),
      supplier_sku: Type.String(),
      quantity: Quantity,
      received_quantity: Quantity,
      rejected_quantity: Quantity,
      outstanding_quantity: Quantity,
      unit_price: MoneyShape,
      expected_on: Nullable(CalendarDate),
    }),
  ),
  sent_at: Nullable(Timestamp),
  closed_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type PurchaseOrder = Static<typeof PurchaseOrder>

export const PurchaseOrderFilter = ListQuery(
  {
    status: Type.Optional(OneOf(purchase_order_statuses)),
    supplier_id: Type.Optional(Id('pty')),
    search: Type.Optional(
      Type.String({ maxLength: 100, description: "Beginning of the number, or the supplier's" }),
    ),
    created_from: Type.Optional(Timestamp),
    created_until: Type.Optional(Timestamp),
    ...Expandable(['supplier']),
  },
  ['created_at', 'number'],
)
export type PurchaseOrderFilter = Static<typeof PurchaseOrderFilter>

const ReceiptLineInput = Closed({
  line: Type.Integer({ minimum: 1, description: 'Of the order' }),
  quantity: Type.Optional(QuantityInput),
  rejected_quantity: Type.Optional(QuantityInput),
  location_id: Type.Optional(Id('loc', "A dock or bin; the site's dock when left out")),
  lot_code: Type.Optional(TrackingCode),
  manufactured_on: Type.Optional(CalendarDate),
  expires_on: Type.Optional(CalendarDate),
  supplier_lot: Type.Optional(Type.String({ maxLength: 60 })),
  serial_codes: Type.Optional(
    Type.Array(TrackingCode, { minItems: 1, maxItems: 500, uniqueItems: true }),
  ),
  rejected_serial_codes: Type.Optional(
    Type.Array(TrackingCode, { minItems: 1, maxItems: 500, uniqueItems: true }),
  ),
})

export const NewReceipt = Closed({
  lines: Type.Array(ReceiptLineInput, { minItems: 1, maxItems: 500 }),
  delivery_note: Type.Optional(Type.String({ maxLength: 100 })),
  note: Type.Optional(Note),
  received_at: Type.Optional(Timestamp),
})
export type NewReceipt = Static<typeof NewReceipt>
export type ReceiptLineInput = Static<typeof ReceiptLineInput>

export const Receipt = Type.Object({
  id: Id('rct'),
  purchase_order_id: Id('po'),
  posting_id: Id('pst'),
  reversed_by: Nullable(Id('pst')),
  delivery_note: Type.String(),
  note: Type.String(),
  received_by: Type.String(),
  received_at: Timestamp,
  created_at: Timestamp,
  lines: Type.Array(
    Type.Object({
      order_line: Type.Integer(),
      ...goods_reply,
      expires_on: Nullable(CalendarDate),
      location_id: Id('loc'),
      location_code: Type.String(),
      quantity: Quantity,
      rejected: Type.Boolean(),
    }),
  ),
})
export type Receipt = Static<typeof Receipt>

/** What a receipt did: the delivery and the order after it. */
export const Received = Type.Object({ ...Receipt.properties, purchase_order: PurchaseOrder })
export type Received = Static<typeof Received>

export const ReceiptFilter = ListQuery({ purchase_order_id: Type.Optional(Id('po')) }, [
  'created_at',
])
export type ReceiptFilter = Static<typeof ReceiptFilter>
