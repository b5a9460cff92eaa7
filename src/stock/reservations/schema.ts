/** Shapes of reservations on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  Closed,
  Id,
  ListQuery,
  Nullable,
  OneOf,
  Quantity,
  QuantityInput,
  Timestamp,
  Version,
} from '../../operations/shapes.ts'
import { goods_input, goods_reply, Posted, Reason, ReferenceInput } from '../schema.ts'

const states = ['open', 'confirmed', 'released', 'expired'] as const

export const NewReservation = Closed({
  ...goods_input,
  quantity: QuantityInput,
  site_id: Type.Optional(
    Type.String({
      pattern: '^loc_',
      description: 'Soft: the site promises, from any bin. The default site when nothing is named',
    }),
  ),
  location_id: Type.Optional(
    Type.String({ pattern: '^loc_', description: 'Hard: these goods, in this place' }),
  ),
  expires_at: Type.Optional(Timestamp),
  reference: Type.Optional(ReferenceInput),
})
export type NewReservation = Static<typeof NewReservation>

export const Reservation = Type.Object({
  id: Id('rsv'),
  ...goods_reply,
  site_id: Nullable(Id('loc')),
  location_id: Nullable(Id('loc')),
  quantity: Quantity,
  open_quantity: Quantity,
  confirmed_quantity: Quantity,
  released_quantity: Quantity,
  state: OneOf(states),
  expires_at: Nullable(Timestamp),
  reference_type: Type.String(),
  reference_id: Type.String(),
  created_at: Timestamp,
  closed_at: Nullable(Timestamp),
  version: Version,
})
export type Reservation = Static<typeof Reservation>

export const ReservationFilter = ListQuery(
  {
    item_id: Type.Optional(Id('itm')),
    reference_id: Type.Optional(Type.String({ maxLength: 500 })),
    state: Type.Optional(OneOf(states)),
  },
  ['item_id'],
)
export type ReservationFilter = Static<typeof ReservationFilter>

export const Confirmation = Closed({
  quantity: Type.Optional(QuantityInput),
  location_id: Type.Optional(
    Type.String({ pattern: '^loc_', description: 'Soft: where the goods are taken from' }),
  ),
  lot_id: goods_input.lot_id,
  lot_code: goods_input.lot_code,
  serial_id: goods_input.serial_id,
  serial_code: goods_input.serial_code,
  reason: Type.Optional(Reason),
})
export type Confirmation = Static<typeof Confirmation>

export const Confirmed = Type.Object({ ...Reservation.properties, posting: Posted })
export type Confirmed = Static<typeof Confirmed>

export const Extension = Closed({ expires_at: Nullable(Timestamp) })
export type Extension = Static<typeof Extension>

export const Release = Closed({ quantity: Type.Optional(QuantityInput) })
export type Release = Static<typeof Release>
