/** Shapes of what interrupts and ends the life of a business. */
import { Type, type Static } from '@sinclair/typebox'
import { feature_names } from '../kit/terms.ts'
import { Closed, Id, Nullable, OneOf, Timestamp } from '../operations/shapes.ts'
import { Tenant } from '../tenants/schema.ts'

const reason = (description: string) => Type.Optional(Type.String({ maxLength: 500, description }))
const GraceDays = Type.Optional(
  Type.Integer({
    minimum: 0,
    maximum: 365,
    default: 30,
    description: 'How long it can still be read, exported and reopened',
  }),
)

export const Suspension = Closed({ reason: reason('Shown to the business') })
export type Suspension = Static<typeof Suspension>

export const Closing = Closed({ reason: reason('Shown to the business'), grace_days: GraceDays })
export type Closing = Static<typeof Closing>

export const OwnClosing = Closed({
  confirm_name: Type.String({ maxLength: 200, description: 'The name of the business, typed' }),
  grace_days: GraceDays,
  reason: reason('Shown to the operator'),
})
export type OwnClosing = Static<typeof OwnClosing>

export const Business = Type.Composite([
  Type.Pick(Tenant, [
    'id',
    'name',
    'slug',
    'environment',
    'kind',
    'status',
    'status_reason',
    'closes_at',
    'created_at',
  ]),
  Type.Object({
    /** Who asked for the closing, or suspended it. */
    paused_by: Nullable(OneOf(['operator', 'tenant'] as const)),
    paused_at: Nullable(Timestamp),
  }),
])
export type Business = Static<typeof Business>

const Capability = OneOf(feature_names)

/** What a business is told when it changes. */
export const BusinessState = Type.Object({
  id: Id('ten'),
  status: Tenant.properties.status,
  closes_at: Nullable(Timestamp),
  restricted: Type.Array(Capability, { description: 'Refused, because something is past due' }),
  pending: Type.Array(Capability, { description: 'Usable, and something is due' }),
})
export type BusinessState = Static<typeof BusinessState>
