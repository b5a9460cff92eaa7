/** Shapes of webhook endpoints, deliveries and attempts on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { TypePattern } from '../events/schema.ts'
import {
  Closed,
  Id,
  ListQuery,
  Note,
  Nullable,
  OneOf,
  Timestamp,
  Version,
} from '../operations/shapes.ts'

export const disabled_reasons = ['by_request', 'gone', 'failing'] as const
export const delivery_states = ['pending', 'succeeded', 'failed'] as const

const HookUrl = Type.String({
  pattern: '^https?://[^\\s#@]+$',
  maxLength: 2_048,
  description: 'An https address without credentials or fragment',
})
const TypePatterns = Type.Array(TypePattern, { minItems: 1, maxItems: 50, uniqueItems: true })
/** Of the subscriber's own; ours cannot be replaced. */
export const OwnHeaders = Type.Record(
  Type.String({
    pattern: '^(?!(webhook-|host$|content-|connection$|transfer-))[a-z][a-z0-9-]{0,63}$',
  }),
  Type.String({ pattern: '^[\\x20-\\x7e]{1,1000}$' }),
  {
    maxProperties: 10,
    additionalProperties: false,
    description: 'Lower-case names; sent with every delivery',
  },
)

const writable = {
  url: HookUrl,
  description: Type.Optional(Note),
  types: Type.Optional(TypePatterns),
  max_concurrency: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 20,
      description: 'Deliveries on their way at once; 5 unless told',
    }),
  ),
}

export const NewEndpoint = Closed({ ...writable, headers: Type.Optional(OwnHeaders) })
export type NewEndpoint = Static<typeof NewEndpoint>

export const EndpointChange = Type.Partial(Closed(writable), { additionalProperties: false })
export type EndpointChange = Static<typeof EndpointChange>

export const HeadersChange = Closed({ headers: OwnHeaders })

export const Endpoint = Type.Object({
  id: Id('whe'),
  url: Type.String(),
  description: Type.String(),
  types: Type.Array(Type.String()),
  max_concurrency: Type.Integer(),
  previous_secret_until: Nullable(Timestamp),
  disabled_at: Nullable(Timestamp),
  disabled_reason: Nullable(OneOf(disabled_reasons)),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Endpoint = Static<typeof Endpoint>

export const EndpointSecret = Type.Object({
  id: Id('whe'),
  secret: Type.String({ description: 'whsec_…: verifies the signature of every delivery' }),
  previous_secret: Nullable(Type.String()),
  previous_secret_until: Nullable(Timestamp),
})
export type EndpointSecret = Static<typeof EndpointSecret>

export const CreatedEndpoint = Type.Composite([
  Endpoint,
  Type.Object({ secret: Type.String({ description: 'whsec_…' }) }),
])
export type CreatedEndpoint = Static<typeof CreatedEndpoint>

export const Rotation = Closed({
  grace_hours: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 168,
      default: 24,
      description: 'Both secrets sign this long',
    }),
  ),
})

export const EndpointFilter = ListQuery({ disabled: Type.Optional(Type.Boolean()) }, ['created_at'])
export type EndpointFilter = Static<typeof EndpointFilter>

export const health_states = ['healthy', 'failing', 'paused', 'disabled'] as const

export const Health = Type.Object({
  id: Id('whe'),
  state: OneOf(health_states),
  consecutive_failures: Type.Integer(),
  failing_since: Nullable(Timestamp),
  paused_until: Nullable(Timestamp),
  last_success_at: Nullable(Timestamp),
  last_failure_at: Nullable(Timestamp),
  pending_count: Type.Integer({ description: 'Deliveries that wait or are on their way' }),
  failed_count: Type.Integer({ description: 'Deliveries given up, which can be replayed' }),
  oldest_pending_at: Nullable(Timestamp),
  queue_age_ms: Type.Integer({ description: 'How long the oldest of them has waited' }),
})
export type Health = Static<typeof Health>

export const Delivery = Type.Object({
  id: Id('whd'),
  endpoint_id: Id('whe'),
  event_id: Id('evt', 'Also the webhook-id header'),
  event_type: Type.String(),
  state: OneOf(delivery_states),
  attempt_count: Type.Integer(),
  due_at: Timestamp,
  last_status_code: Nullable(Type.Integer()),
  last_error: Type.String(),
  created_at: Timestamp,
  finished_at: Nullable(Timestamp),
})
export type Delivery = Static<typeof Delivery>

export const DeliveryFilter = ListQuery(
  {
    endpoint_id: Type.Optional(Id('whe')),
    state: Type.Optional(OneOf(delivery_states)),
    event_type: Type.Optional(Type.String({ maxLength: 100 })),
    event_id: Type.Optional(Id('evt')),
  },
  ['created_at'],
)
export type DeliveryFilter = Static<typeof DeliveryFilter>

const StringMap = Type.Record(Type.String(), Type.String())

export const Attempt = Type.Object({
  attempted_at: Timestamp,
  duration_ms: Type.Integer(),
  url: Type.String(),
  request_headers: StringMap,
  status_code: Nullable(Type.Integer()),
  error: Type.String(),
  response_headers: StringMap,
  response_body: Type.String({ description: 'Its first 8 KiB' }),
  response_cut: Type.Boolean({ description: 'There was more' }),
})
export type Attempt = Static<typeof Attempt>

export const DeliveryDetail = Type.Composite([
  Delivery,
  Type.Object({
    request_body: Type.String({ description: 'The same in every attempt' }),
    attempts: Type.Array(Attempt, { description: 'The latest 100, newest first' }),
  }),
])
export type DeliveryDetail = Static<typeof DeliveryDetail>

export const ReplayRequest = Closed({
  state: Type.Optional(OneOf(['failed', 'succeeded'], 'failed unless told')),
  event_type: Type.Optional(Type.String({ maxLength: 100 })),
  since: Type.Optional(Timestamp),
  until: Type.Optional(Timestamp),
})
export type ReplayRequest = Static<typeof ReplayRequest>

export const Replayed = Type.Object({
  queued: Type.Integer(),
  has_more: Type.Boolean({ description: 'Repeat the request for the rest' }),
})
export type Replayed = Static<typeof Replayed>

export const RecoverRequest = Closed({
  after_seq: Type.Integer({ minimum: 0, description: 'Events after this seq are looked through' }),
})

export const Recovered = Type.Object({
  queued: Type.Integer(),
  has_more: Type.Boolean(),
  next_after_seq: Type.Integer({ description: 'Repeat from here while has_more' }),
})
