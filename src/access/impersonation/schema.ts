/** Shapes of support access on the wire: for the operator, and for the business that is looked into. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Email, Id, ListQuery, Nullable, OneOf } from '../../operations/shapes.ts'
import { Timestamp } from '../../operations/shapes.ts'

export const longest_minutes = 60

export const NewImpersonation = Closed({
  tenant_id: Id('ten'),
  user_id: Type.Optional(Id('usr', 'The person; or say `email`, or `role`')),
  email: Type.Optional(Email),
  role: Type.Optional(
    Type.String({
      maxLength: 60,
      description: 'Whoever has had this role longest in the default organization',
    }),
  ),
  reason: Type.String({ minLength: 10, maxLength: 500, description: 'The business reads it' }),
  read_only: Type.Optional(Type.Boolean({ default: true })),
  minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: longest_minutes, default: 60 })),
})
export type NewImpersonation = Static<typeof NewImpersonation>

export const impersonation_states = ['offered', 'lapsed', 'open', 'ended', 'expired'] as const

const told = {
  id: Id('imp'),
  user_id: Id('usr'),
  user_name: Type.String(),
  /** Who of the operator's staff; empty until the link was opened. */
  staff_name: Type.String(),
  reason: Type.String(),
  read_only: Type.Boolean(),
  started_at: Nullable(Timestamp),
  expires_at: Nullable(Timestamp),
  ended_at: Nullable(Timestamp),
}

/** As the operator sees it. */
export const Impersonation = Type.Object({
  ...told,
  tenant_id: Id('ten'),
  tenant_name: Type.String(),
  state: OneOf(impersonation_states),
  minutes: Type.Integer(),
  created_at: Timestamp,
})
export type Impersonation = Static<typeof Impersonation>

export const OfferedImpersonation = Type.Composite([
  Impersonation,
  Type.Object({
    support_path: Type.String({
      description: 'Path of the page that opens it, for a person of the staff: five minutes, once',
    }),
  }),
])
export type OfferedImpersonation = Static<typeof OfferedImpersonation>

export const ImpersonationFilter = ListQuery({ tenant_id: Type.Optional(Id('ten')) }, [
  'created_at',
])
export type ImpersonationFilter = Static<typeof ImpersonationFilter>

/** As the business sees it. */
export const SupportVisit = Type.Object({
  ...told,
  state: OneOf(['open', 'ended', 'expired'] as const),
  /** Who ended it; null while it is open, and when its time ran out. */
  ended_by: Nullable(Type.String()),
})
export type SupportVisit = Static<typeof SupportVisit>

export const SupportVisitFilter = ListQuery({}, ['started_at'])
export type SupportVisitFilter = Static<typeof SupportVisitFilter>
