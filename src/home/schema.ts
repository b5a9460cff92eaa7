/** Shapes of the first page and of the search for a code. */
import { Type, type Static } from '@sinclair/typebox'
import { CalendarDate, Closed, Id, OneOf, Quantity, Timestamp } from '../operations/shapes.ts'

const Count = Type.Integer({ description: 'Counted up to 1,001, which means more than 1,000' })

export const attention_kinds = [
  'purchase_uncertain',
  'delivery_problem',
  'order_late',
  'order_on_hold',
  'order_waiting',
  'purchase_order_late',
  'return_to_inspect',
  'count_requested',
  'running_low',
] as const
export type AttentionKind = (typeof attention_kinds)[number]

export const Home = Type.Object({
  pipeline: Type.Object(
    {
      expected: Count,
      to_pick: Count,
      picking: Count,
      packed: Count,
      label_to_buy: Count,
      under_way: Count,
      needs_attention: Count,
      returns: Count,
    },
    { description: 'How many documents wait at each stage from the dock to the door' },
  ),
  placed_today: Count,
  placed_last_7_days: Count,
  shipped: Type.Object({
    days: Type.Array(Type.Object({ day: CalendarDate, orders: Type.Integer() }), {
      description: 'The last 30 days, in UTC; fewer when there was too much to look at',
    }),
    due: Type.Integer({ description: 'Of them, those with a day to be shipped by' }),
    on_time: Type.Integer(),
  }),
  running_low: Type.Object({
    count: Type.Integer({
      description: 'Items of which less is available than their reorder point',
    }),
    looked_at: Type.Integer({ description: 'Items with a reorder point, up to 500' }),
    items: Type.Array(
      Type.Object({
        item_id: Id('itm'),
        sku: Type.String(),
        name: Type.String(),
        available: Quantity,
        reorder_point: Quantity,
      }),
    ),
  }),
  attention: Type.Array(
    Type.Object({ kind: OneOf(attention_kinds), count: Type.Integer({ minimum: 1 }) }),
    { description: 'What waits for a person' },
  ),
  latest: Type.Array(
    Type.Object({
      id: Id('evt'),
      type: Type.String(),
      subject_id: Type.String(),
      label: Type.String({ description: 'What people call the subject: its number, sku or name' }),
      occurred_at: Timestamp,
    }),
  ),
})
export type Home = Static<typeof Home>

export const FindQuery = Closed({
  code: Type.String({
    minLength: 1,
    maxLength: 100,
    description: 'A sku, barcode, serial, lot, number of a document, tracking number, name or id',
  }),
})
export type FindQuery = Static<typeof FindQuery>

export const Match = Type.Object({
  type: OneOf([
    'item',
    'sales_order',
    'purchase_order',
    'shipment',
    'tracker',
    'return',
    'location',
    'supplier',
    'customer',
  ]),
  id: Type.String(),
  code: Type.String(),
  name: Type.String(),
})
export type Match = Static<typeof Match>

export const Find = Type.Object({
  exact: Type.Boolean({ description: 'These carry the code itself; otherwise they begin with it' }),
  matches: Type.Array(Match),
})
export type Find = Static<typeof Find>
