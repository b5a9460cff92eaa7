/** Shapes of counts on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  Closed,
  Id,
  ListQuery,
  Note,
  Nullable,
  OneOf,
  Quantity,
  QuantityInput,
  Timestamp,
  Version,
} from '../../operations/shapes.ts'
import { goods_input, goods_reply } from '../schema.ts'

export const count_statuses = ['requested', 'counting', 'counted', 'posted', 'cancelled'] as const
export type CountStatus = (typeof count_statuses)[number]

export const NewCount = Closed({
  location_ids: Type.Array(Id('loc'), { minItems: 1, maxItems: 200, uniqueItems: true }),
  item_ids: Type.Optional(Type.Array(Id('itm'), { minItems: 1, maxItems: 500, uniqueItems: true })),
  blind: Type.Optional(
    Type.Boolean({ default: true, description: 'Whoever counts does not see what is expected' }),
  ),
  note: Type.Optional(Note),
})
export type NewCount = Static<typeof NewCount>

export const CountEntries = Closed({
  entries: Type.Array(
    Closed({
      line: Type.Optional(Type.Integer({ minimum: 1 })),
      ...goods_input,
      location_id: Type.Optional(Id('loc', 'For goods that were not on the list')),
      quantity: QuantityInput,
    }),
    { minItems: 1, maxItems: 500 },
  ),
})
export type CountEntries = Static<typeof CountEntries>

export const Count = Type.Object({
  id: Id('cnt'),
  site_id: Id('loc'),
  status: OneOf(count_statuses),
  blind: Type.Boolean(),
  note: Type.String(),
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      ...goods_reply,
      location_id: Id('loc'),
      location_code: Type.String(),
      expected_quantity: Nullable(Quantity),
      counted_quantity: Nullable(Quantity),
      difference: Nullable(Quantity),
      recount: Type.Boolean({ description: 'It differs: somebody counts it once more' }),
      counted_at: Nullable(Timestamp),
      counted_by: Nullable(Type.String()),
      posting_id: Nullable(Id('pst')),
    }),
  ),
  posted_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Count = Static<typeof Count>

export const CountFilter = ListQuery(
  { status: Type.Optional(OneOf(count_statuses)), site_id: Type.Optional(Id('loc')) },
  ['created_at'],
)
export type CountFilter = Static<typeof CountFilter>
