/** Shapes of transfers on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  CalendarDate,
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

export const transfer_statuses = ['sent', 'partially_received', 'received', 'cancelled'] as const
export type TransferStatus = (typeof transfer_statuses)[number]

export const NewTransfer = Closed({
  to_site_id: Id('loc'),
  expected_on: Type.Optional(CalendarDate),
  note: Type.Optional(Note),
  lines: Type.Array(
    Closed({ ...goods_input, from_location_id: Id('loc'), quantity: QuantityInput }),
    { minItems: 1, maxItems: 500 },
  ),
})
export type NewTransfer = Static<typeof NewTransfer>

export const TransferReceipt = Closed({
  lines: Type.Array(
    Closed({
      line: Type.Integer({ minimum: 1 }),
      quantity: Type.Optional(QuantityInput),
      rejected_quantity: Type.Optional(QuantityInput),
      location_id: Type.Optional(Id('loc', "Where it is put; the site's dock when left out")),
    }),
    { minItems: 1, maxItems: 500 },
  ),
})
export type TransferReceipt = Static<typeof TransferReceipt>

export const Transfer = Type.Object({
  id: Id('trf'),
  from_site_id: Id('loc'),
  to_site_id: Id('loc'),
  status: OneOf(transfer_statuses),
  note: Type.String(),
  expected_on: Nullable(CalendarDate),
  posting_id: Id('pst'),
  lines: Type.Array(
    Type.Object({
      line: Type.Integer(),
      ...goods_reply,
      from_location_id: Id('loc'),
      quantity: Quantity,
      received_quantity: Quantity,
      rejected_quantity: Quantity,
      outstanding_quantity: Quantity,
    }),
  ),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Transfer = Static<typeof Transfer>

export const TransferFilter = ListQuery(
  {
    status: Type.Optional(OneOf(transfer_statuses)),
    to_site_id: Type.Optional(Id('loc')),
    from_site_id: Type.Optional(Id('loc')),
  },
  ['created_at'],
)
export type TransferFilter = Static<typeof TransferFilter>
