/** Shapes of stock on the wire: levels, availability, adjustments, moves, movements. */
import { Type, type Static } from '@sinclair/typebox'
import {
  CalendarDate,
  Closed,
  Id,
  ListQuery,
  Note,
  Nullable,
  Quantity,
  QuantityInput,
  Timestamp,
} from '../operations/shapes.ts'

/** Names goods: the item by id or sku, and its lot and serial by id or code where it has them. */
export const goods_input = {
  item_id: Type.Optional(Id('itm')),
  sku: Type.Optional(Type.String({ maxLength: 100, description: 'Instead of item_id' })),
  lot_id: Type.Optional(Id('lot')),
  lot_code: Type.Optional(Type.String({ maxLength: 60, description: 'Instead of lot_id' })),
  serial_id: Type.Optional(Id('ser')),
  serial_code: Type.Optional(Type.String({ maxLength: 60, description: 'Instead of serial_id' })),
}

/** The same goods in a reply. */
export const goods_reply = {
  item_id: Id('itm'),
  sku: Type.String(),
  lot_id: Nullable(Id('lot')),
  lot_code: Nullable(Type.String()),
  serial_id: Nullable(Id('ser')),
  serial_code: Nullable(Type.String()),
}

export const ReferenceInput = Type.String({
  format: 'uri',
  maxLength: 500,
  description: 'A URI of what caused it, on your side',
})
export const Reason = Type.String({ minLength: 1, maxLength: 64 })

export const Level = Type.Object({
  ...goods_reply,
  name: Type.String(),
  expires_on: Nullable(CalendarDate),
  location_id: Id('loc'),
  location_code: Type.String(),
  site_id: Id('loc'),
  on_hand: Quantity,
  reserved: Quantity,
  available: Type.String({
    description: 'What can be promised: nothing from docks, held bins and held or expired lots',
  }),
  version: Type.Integer(),
})
export type Level = Static<typeof Level>

export const LevelParams = Type.Object({ id: Id('itm'), location_id: Id('loc') })
export const LevelQuery = Closed({
  lot_id: Type.Optional(Id('lot')),
  serial_id: Type.Optional(Id('ser')),
})
export type LevelQuery = Static<typeof LevelParams> & Static<typeof LevelQuery>

export const LevelFilter = ListQuery(
  {
    item_id: Type.Optional(Id('itm')),
    sku: Type.Optional(Type.String({ maxLength: 100 })),
    site_id: Type.Optional(Id('loc')),
    location_id: Type.Optional(Id('loc')),
    lot_id: Type.Optional(Id('lot')),
    available: Type.Optional(
      Type.Boolean({ description: 'true leaves out what cannot be promised' }),
    ),
  },
  ['item_id'],
)
export type LevelFilter = Static<typeof LevelFilter>

const Sums = {
  on_hand: Quantity,
  reserved: Quantity,
  available: Quantity,
  incoming: Quantity,
}

export const Availability = Type.Object({
  item_id: Id('itm'),
  sku: Type.String(),
  name: Type.String(),
  barcode: Nullable(Type.String()),
  base_unit: Type.String(),
  ...Sums,
  sites: Type.Array(Type.Object({ site_id: Id('loc'), site_code: Type.String(), ...Sums })),
  incoming_by_date: Type.Array(
    Type.Object({ expected_on: Nullable(CalendarDate), quantity: Quantity }),
  ),
  seq: Type.Integer({ description: 'The posting it is as of' }),
})
export type Availability = Static<typeof Availability>

export const min_seq = Type.Optional(
  Type.Integer({ minimum: 0, description: 'The seq of a write of yours that this has to include' }),
)

export const AvailabilityQuery = Closed({
  site_id: Type.Optional(Id('loc')),
  at: Type.Optional(
    Type.String({ format: 'date', description: 'Counts incoming expected until then' }),
  ),
  min_seq,
})
export type AvailabilityQuery = Static<typeof AvailabilityQuery>

export const LookupQuery = Closed({
  code: Type.String({ minLength: 1, maxLength: 100, description: 'A barcode, sku or item id' }),
  site_id: Type.Optional(Id('loc')),
  min_seq,
})
export type LookupQuery = Static<typeof LookupQuery>

export const BulkLookup = Closed({
  skus: Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
    minItems: 1,
    maxItems: 1_000,
    uniqueItems: true,
  }),
  site_id: Type.Optional(Id('loc')),
  min_seq,
})
export type BulkLookup = Static<typeof BulkLookup>

export const BulkAnswer = Type.Object({
  data: Type.Array(Type.Object({ item_id: Id('itm'), sku: Type.String(), ...Sums })),
  unknown_skus: Type.Array(Type.String()),
  seq: Type.Integer(),
})
export type BulkAnswer = Static<typeof BulkAnswer>

const posting_input = {
  note: Type.Optional(Note),
  reference: Type.Optional(ReferenceInput),
  occurred_at: Type.Optional(Timestamp),
}

export const Adjustment = Closed({
  reason: Reason,
  ...posting_input,
  lines: Type.Array(
    Closed({
      ...goods_input,
      location_id: Id('loc'),
      quantity: QuantityInput,
      expect: Type.Optional(
        Type.Union([Type.String(), Type.Integer()], {
          description: 'What you believe is on hand there: 409 when it is not',
        }),
      ),
    }),
    { minItems: 1, maxItems: 500 },
  ),
})
export type Adjustment = Static<typeof Adjustment>

export const Move = Closed({
  reason: Type.Optional(Reason),
  ...posting_input,
  lines: Type.Array(
    Closed({
      ...goods_input,
      from_location_id: Id('loc'),
      to_location_id: Id('loc'),
      quantity: QuantityInput,
    }),
    { minItems: 1, maxItems: 500 },
  ),
})
export type Move = Static<typeof Move>

/** What a write did to stock. */
export const Posted = Type.Object({
  id: Id('pst'),
  seq: Type.Integer(),
  reason: Type.String(),
  occurred_at: Timestamp,
  levels: Type.Array(Level),
})
export type Posted = Static<typeof Posted>

export const Movement = Type.Object({
  posting_id: Id('pst'),
  seq: Type.Integer(),
  line: Type.Integer(),
  ...goods_reply,
  quantity: Quantity,
  from: Type.String({ description: 'The code of a location, or the kind of counterpart' }),
  to: Type.String({ description: 'The code of a location, or the kind of counterpart' }),
  from_location_id: Nullable(Id('loc')),
  to_location_id: Nullable(Id('loc')),
  reason: Type.String(),
  reference_type: Type.String(),
  reference_id: Type.String(),
  actor_name: Type.String(),
  note: Type.String(),
  occurred_at: Timestamp,
  recorded_at: Timestamp,
})
export type Movement = Static<typeof Movement>

export const MovementQuery = ListQuery(
  {
    lot_id: Type.Optional(Id('lot')),
    serial_id: Type.Optional(Id('ser')),
  },
  ['position'],
)
export type MovementQuery = Static<typeof MovementQuery>

export const HistoryQuery = Closed({
  days: Type.Optional(Type.Integer({ minimum: 2, maximum: 366, default: 90 })),
})
export type HistoryQuery = Static<typeof HistoryQuery>

export const History = Type.Object({
  data: Type.Array(Type.Object({ date: CalendarDate, on_hand: Quantity }), {
    description: 'At the end of each day, UTC, oldest first; fewer days when very much has moved',
  }),
})
export type History = Static<typeof History>

export const Posting = Type.Object({
  id: Id('pst'),
  seq: Type.Integer(),
  reason: Type.String(),
  occurred_at: Timestamp,
  recorded_at: Timestamp,
  actor_name: Type.String(),
  reference_type: Type.String(),
  reference_id: Type.String(),
  note: Type.String(),
  reverses: Nullable(Id('pst')),
  reversed_by: Nullable(Id('pst')),
  hash: Type.String(),
  movements: Type.Array(Movement),
})
export type Posting = Static<typeof Posting>
