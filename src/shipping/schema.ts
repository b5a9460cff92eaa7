/** Shapes of connections, shipments and trackers on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Address } from '../carriers/address.ts'
import { Customs, label_types, MoneySchema, Payment } from '../carriers/contract.ts'
import { CarrierMessage } from '../carriers/message.ts'
import { Options, Parcel, WireParcel } from '../carriers/parcel.ts'
import { TrackingEvent, tracking_statuses, type TrackingStatus } from '../carriers/tracking.ts'
import {
  CalendarDate,
  Closed,
  Id,
  ListQuery,
  Metadata,
  MoneyShape,
  Name,
  Nullable,
  OneOf,
  Timestamp,
  Url,
  Version,
} from '../operations/shapes.ts'

export const modes = ['sandbox', 'live', 'simulator'] as const
export const connection_kinds = ['own', 'system'] as const

const Texts = Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 4_000 }), {
  maxProperties: 30,
})
const Config = Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { maxProperties: 60 })

export const NewConnection = Closed({
  carrier_id: Type.String({ maxLength: 60, description: 'As listed by `GET /v1/carriers`' }),
  name: Name,
  mode: OneOf(modes),
  base_url: Type.Optional(Url),
  credentials: Type.Optional(Texts),
  config: Type.Optional(Config),
})
export type NewConnection = Static<typeof NewConnection>

export const ConnectionChange = Closed({
  name: Type.Optional(Name),
  active: Type.Optional(Type.Boolean()),
  credentials: Type.Optional(Texts),
  config: Type.Optional(Config),
})
export type ConnectionChange = Static<typeof ConnectionChange>

/** Credentials are never shown again; only which of them are set. */
export const CarrierConnection = Type.Object({
  id: Id('con'),
  carrier_id: Type.String(),
  carrier_name: Type.String(),
  name: Type.String(),
  /** `system`: the account is the operator's, and this business may use it. */
  kind: OneOf(connection_kinds),
  system_connection_id: Nullable(Id('con')),
  mode: OneOf(modes),
  base_url: Nullable(Type.String()),
  credentials_set: Type.Array(Type.String()),
  config: Config,
  active: Type.Boolean(),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type CarrierConnection = Static<typeof CarrierConnection>

/** An account of the operator, as businesses see it: nothing that opens it. */
export const OfferedConnection = Type.Object({
  id: Id('con'),
  carrier_id: Type.String(),
  carrier_name: Type.String(),
  name: Type.String(),
  mode: OneOf(modes),
  /** The connection of this organization that stands for it, once it is used. */
  used_as: Nullable(Id('con')),
})
export type OfferedConnection = Static<typeof OfferedConnection>

export const Adoption = Closed({
  system_connection_id: Id('con', 'As listed by `GET /v1/system_carrier_connections`'),
  name: Type.Optional(Name),
})
export type Adoption = Static<typeof Adoption>

export const shipment_statuses = [
  'draft',
  'rated',
  'purchasing',
  'uncertain',
  'purchased',
  'in_transit',
  'needs_attention',
  'delivered',
  'delivery_failed',
  'cancelled',
] as const
export type ShipmentStatus = (typeof shipment_statuses)[number]

/** Statuses in which the same is to be done. */
export const shipment_stages = {
  to_buy: ['draft', 'rated'],
  under_way: ['purchased', 'in_transit'],
  in_trouble: ['uncertain', 'needs_attention', 'delivery_failed'],
} as const satisfies Record<string, readonly ShipmentStatus[]>
export type ShipmentStage = keyof typeof shipment_stages

export const ShipmentRate = Type.Object({
  id: Id('rate'),
  connection_id: Id('con'),
  carrier_id: Type.String(),
  service: Type.String(),
  service_name: Type.String(),
  total: MoneyShape,
  charges: Type.Array(Type.Object({ name: Type.String(), amount: MoneySchema })),
  transit_days: Type.Optional(Type.Integer()),
  estimated_delivery: Type.Optional(Type.String()),
  meta: Type.Record(Type.String(), Type.Unknown()),
})
export type ShipmentRate = Static<typeof ShipmentRate>

const journey = {
  shipper: Type.Optional(Address),
  recipient: Type.Optional(Address),
  parcels: Type.Optional(Type.Array(WireParcel, { minItems: 1, maxItems: 200 })),
  options: Type.Optional(Options),
  customs: Type.Optional(Nullable(Customs)),
  payment: Type.Optional(Nullable(Payment)),
  label_type: Type.Optional(OneOf(label_types)),
  metadata: Type.Optional(Metadata),
}

export const NewShipment = Closed({
  order_id: Type.Optional(
    Id('so', 'Takes recipient and packed parcels from this order, and ships its stock'),
  ),
  ...journey,
})
export type NewShipment = Static<typeof NewShipment>

export const ShipmentChange = Closed(journey)
export type ShipmentChange = Static<typeof ShipmentChange>

export const Purchase = Closed({
  rate_id: Type.Optional(Id('rate', 'One of the rates of this shipment')),
  connection_id: Type.Optional(Id('con', 'With `service`, instead of a rate')),
  service: Type.Optional(Type.String({ maxLength: 100 })),
})
export type Purchase = Static<typeof Purchase>

export const ShipmentParcel = Type.Object({
  position: Type.Integer(),
  ...Parcel.properties,
  order_parcel_id: Nullable(Type.String()),
  tracking_number: Nullable(Type.String()),
  label_format: Nullable(OneOf(label_types)),
  label_url: Nullable(Type.String({ description: 'Path of the label, with the same token' })),
})

export const Shipment = Type.Object({
  id: Id('shp'),
  order_id: Nullable(Type.String()),
  status: OneOf(shipment_statuses),
  shipper: Address,
  recipient: Address,
  parcels: Type.Array(ShipmentParcel),
  options: Options,
  customs: Nullable(Customs),
  payment: Nullable(Payment),
  label_type: OneOf(label_types),
  rates: Type.Array(ShipmentRate),
  messages: Type.Array(CarrierMessage),
  selected_rate: Nullable(ShipmentRate),
  connection_id: Nullable(Id('con')),
  carrier_id: Nullable(Type.String()),
  service: Nullable(Type.String()),
  tracking_number: Nullable(Type.String()),
  tracking_url: Nullable(Type.String()),
  tracker_id: Nullable(Id('trk')),
  charge: Nullable(MoneyShape),
  is_return: Type.Boolean(),
  purchased_at: Nullable(Timestamp),
  cancelled_at: Nullable(Timestamp),
  delivered_at: Nullable(Timestamp),
  metadata: Metadata,
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Shipment = Static<typeof Shipment>

export const ShipmentFilter = ListQuery(
  {
    status: Type.Optional(OneOf(shipment_statuses)),
    stage: Type.Optional(
      OneOf(
        Object.keys(shipment_stages) as ShipmentStage[],
        'Several statuses: a label to buy, under way, in trouble',
      ),
    ),
    order_id: Type.Optional(Id('so')),
    tracking_number: Type.Optional(Type.String({ maxLength: 60 })),
    carrier_id: Type.Optional(Type.String({ maxLength: 60 })),
    created_from: Type.Optional(CalendarDate),
    created_to: Type.Optional(CalendarDate),
  },
  ['created_at'],
)
export type ShipmentFilter = Static<typeof ShipmentFilter>

export const NewTracker = Closed({
  connection_id: Id('con'),
  tracking_number: Type.String({ minLength: 1, maxLength: 60 }),
})
export type NewTracker = Static<typeof NewTracker>

export const Tracker = Type.Object({
  id: Id('trk'),
  shipment_id: Nullable(Id('shp')),
  connection_id: Id('con'),
  carrier_id: Type.String(),
  tracking_number: Type.String(),
  tracking_url: Nullable(Type.String()),
  status: OneOf(tracking_statuses),
  action_required: Type.Boolean(),
  incident_reason: Nullable(Type.String()),
  estimated_delivery: Nullable(Type.String()),
  delivered_at: Nullable(Type.String()),
  signed_by: Nullable(Type.String()),
  events: Type.Array(TrackingEvent, { description: 'Newest first' }),
  last_asked_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Tracker = Static<typeof Tracker>

export const TrackerFilter = ListQuery(
  {
    status: Type.Optional(OneOf(tracking_statuses)),
    action_required: Type.Optional(Type.Boolean()),
    tracking_number: Type.Optional(Type.String({ maxLength: 60 })),
  },
  ['created_at'],
)
export type TrackerFilter = Static<typeof TrackerFilter>

export const Quote = Closed({
  shipper: Address,
  recipient: Address,
  parcels: Type.Array(WireParcel, { minItems: 1, maxItems: 200 }),
  options: Type.Optional(Options),
  customs: Type.Optional(Customs),
  payment: Type.Optional(Payment),
  services: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { maxItems: 50 })),
  connection_ids: Type.Optional(Type.Array(Id('con'), { maxItems: 50 })),
})
export type Quote = Static<typeof Quote>

export const QuoteReply = Type.Object({
  rates: Type.Array(Type.Omit(ShipmentRate, ['id'])),
  messages: Type.Array(
    Type.Composite([CarrierMessage, Type.Object({ connection_id: Type.String() })]),
  ),
})

export const CarrierDescription = Type.Object({
  id: Type.String(),
  name: Type.String(),
  website: Type.String(),
  countries: Type.Array(Type.String()),
  operations: Type.Array(Type.String()),
  credentials: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  config: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  services: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  packaging: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  options: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  label_types: Type.Array(OneOf(label_types)),
  proven: Type.Array(Type.Record(Type.String(), Type.Unknown())),
})
export type CarrierDescription = Static<typeof CarrierDescription>

/** What a customer may know of a parcel: nobody's name and no address. */
export interface PublicTracking {
  /** The business that sent it. */
  sender: string
  carrier: string
  tracking_number: string
  status: TrackingStatus
  estimated_delivery: string | null
  delivered_at: string | null
  /** Newest first. */
  events: Pick<TrackingEvent, 'code' | 'status' | 'occurred_at' | 'local_time'>[]
}

export const NewLabelLink = Closed({
  minutes: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 7 * 24 * 60,
      default: 60,
      description: 'How long it opens',
    }),
  ),
})
export type NewLabelLink = Static<typeof NewLabelLink>

export const LabelLink = Type.Object({ url: Type.String(), expires_at: Timestamp })
export type LabelLink = Static<typeof LabelLink>
