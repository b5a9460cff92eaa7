/** Shapes of sales orders on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Address } from '../carriers/address.ts'
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

export const sales_order_statuses = [
  'draft',
  'placed',
  'allocated',
  'picking',
  'packed',
  'shipped',
  'delivered',
  'closed',
  'cancelled',
] as const
export type SalesOrderStatus = (typeof sales_order_statuses)[number]

export const backorder_policies = ['backorder', 'refuse'] as const
export type BackorderPolicy = (typeof backorder_policies)[number]

const LineInput = Closed({
  item_id: Type.Optional(Id('itm')),
  sku: Type.Optional(Type.String({ maxLength: 100, description: 'Instead of item_id' })),
  quantity: QuantityInput,
  unit_price: Type.Optional(MoneyShape),
})
const lines = Type.Array(LineInput, { minItems: 1, maxItems: 500 })

const writable = {
  ship_to: Type.Optional(Address),
  site_id: Type.Optional(Id('loc', 'Where it is packed; the default site when left out')),
  backorder_policy: Type.Optional(
    OneOf(backorder_policies, 'What happens to what is not there: it waits, or nothing is placed'),
  ),
  priority: Type.Optional(Type.Integer({ minimum: -100, maximum: 100 })),
  ship_by: Type.Optional(Nullable(CalendarDate)),
  note: Type.Optional(Note),
  metadata: Type.Optional(Metadata),
}

export const NewSalesOrder = Closed({
  number: Type.Optional(
    Type.String({ pattern: '^\\S(.{0,38}\\S)?$', description: 'Yours; the next when left out' }),
  ),
  source: Type.Optional(
    Type.String({ minLength: 1, maxLength: 60, description: 'The channel; api when left out' }),
  ),
  external_reference: Type.Optional(
    Type.String({ minLength: 1, maxLength: 100, description: 'Its number there, taken once' }),
  ),
  customer_id: Type.Optional(Id('pty')),
  currency: Type.Optional(Type.String({ pattern: '^[A-Z]{3}$' })),
  ...writable,
  lines,
})
export type NewSalesOrder = Static<typeof NewSalesOrder>

export const SalesOrderChange = Closed({ ...writable, lines: Type.Optional(lines) })
export type SalesOrderChange = Static<typeof SalesOrderChange>

export const SalesOrder = Type.Object({
  id: Id('so'),
  number: Type.String(),
  source: Type.String(),
  external_reference: Nullable(Type.String()),
  customer_id: Nullable(Id('pty')),
  ship_to: Address,
  ship_to_name: Type.String(),
  site_id: Id('loc'),
  status: OneOf(sales_order_statuses),
  backordered: Type.Boolean({ description: 'A part of it waits for goods' }),
  backorder_policy: OneOf(backorder_policies),
  on_hold: Type.Boolean(),
  hold_reason: Type.String(),
  priority: Type.Integer(),
  ship_by: Nullable(CalendarDate),
  currency: Type.String(),
  total: MoneyShape,
  note: Type.String(),
  metadata: Metadata,
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      item_id: Id('itm'),
      sku: Type.String(),
      name: Type.String(),
      quantity: Quantity,
      backordered_quantity: Quantity,
      allocated_quantity: Quantity,
      picked_quantity: Quantity,
      packed_quantity: Quantity,
      shipped_quantity: Quantity,
      unit_price: MoneyShape,
    }),
  ),
  placed_at: Nullable(Timestamp),
  closed_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type SalesOrder = Static<typeof SalesOrder>

export const SalesOrderFilter = ListQuery(
  {
    status: Type.Optional(OneOf(sales_order_statuses)),
    customer_id: Type.Optional(Id('pty')),
    site_id: Type.Optional(Id('loc')),
    source: Type.Optional(Type.String({ maxLength: 60 })),
    search: Type.Optional(
      Type.String({
        maxLength: 100,
        description: "Beginning of the number or the recipient's name, or the external reference",
      }),
    ),
    to_pick: Type.Optional(Type.Boolean({ description: 'true: goods are allocated to be picked' })),
    on_hold: Type.Optional(Type.Boolean()),
    created_from: Type.Optional(Timestamp),
    created_until: Type.Optional(Timestamp),
    ...Expandable(['customer']),
  },
  ['created_at', 'number'],
)
export type SalesOrderFilter = Static<typeof SalesOrderFilter>

export const Hold = Closed({ reason: Type.String({ minLength: 1, maxLength: 200 }) })
export type Hold = Static<typeof Hold>

export const HistoryQuery = ListQuery({}, ['seq'])
export type HistoryQuery = Static<typeof HistoryQuery>
