/** Shapes of lots and serials on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  CalendarDate,
  Closed,
  Id,
  ListQuery,
  Note,
  Nullable,
  OneOf,
  Timestamp,
  Version,
} from '../../operations/shapes.ts'

export const lot_statuses = ['ok', 'hold', 'quarantine', 'recalled', 'expired'] as const

/** As printed on the box: letters, digits and signs, no spaces at the ends. */
export const TrackingCode = Type.String({ pattern: '^\\S(.{0,58}\\S)?$' })

export const Lot = Type.Object({
  id: Id('lot'),
  item_id: Id('itm'),
  code: Type.String(),
  manufactured_on: Nullable(CalendarDate),
  expires_on: Nullable(CalendarDate),
  supplier_lot: Nullable(Type.String()),
  status: OneOf(lot_statuses),
  note: Type.String(),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Lot = Static<typeof Lot>

const dates = {
  manufactured_on: Type.Optional(Nullable(CalendarDate)),
  expires_on: Type.Optional(Nullable(CalendarDate)),
  supplier_lot: Type.Optional(Nullable(Type.String({ maxLength: 60 }))),
}

export const NewLot = Closed({ item_id: Id('itm'), code: TrackingCode, ...dates })
export type NewLot = Static<typeof NewLot>

export const LotChange = Closed({
  ...dates,
  status: Type.Optional(
    OneOf(lot_statuses, 'Only lots that are ok are promised and allocated to orders'),
  ),
  note: Type.Optional(Note),
})
export type LotChange = Static<typeof LotChange>

export const LotFilter = ListQuery(
  {
    item_id: Type.Optional(Id('itm')),
    status: Type.Optional(OneOf(lot_statuses)),
    search: Type.Optional(Type.String({ maxLength: 60, description: 'Beginning of the code' })),
    expires_before: Type.Optional(CalendarDate),
  },
  ['created_at', 'code'],
)
export type LotFilter = Static<typeof LotFilter>

export const Serial = Type.Object({
  id: Id('ser'),
  item_id: Id('itm'),
  code: Type.String(),
  lot_id: Nullable(Id('lot')),
  created_at: Timestamp,
})
export type Serial = Static<typeof Serial>

export const SerialFilter = ListQuery(
  {
    item_id: Type.Optional(Id('itm')),
    lot_id: Type.Optional(Id('lot')),
    search: Type.Optional(Type.String({ maxLength: 60, description: 'Beginning of the code' })),
  },
  ['created_at', 'code'],
)
export type SerialFilter = Static<typeof SerialFilter>
