/** Shapes of a business's security on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Id, ListQuery, Nullable, OneOf } from '../../operations/shapes.ts'
import { PageOf, Timestamp, Version } from '../../operations/shapes.ts'

const SessionHours = Type.Integer({
  minimum: 1,
  maximum: 2_160,
  description: 'A session ends when half of this passes without a visit',
})
const AllowedIps = Type.Array(Type.String({ maxLength: 50 }), {
  maxItems: 100,
  description: 'Addresses and CIDR ranges that tokens and people may come from; empty for all',
})
const Deadline = Nullable(Timestamp)

export const PlatformSecurity = Type.Object({
  require_two_factor: Type.Boolean(),
  /** Until then people are reminded, after it they are led to set one up; null: at once. */
  two_factor_deadline: Deadline,
  allowed_ips: Type.Array(Type.String()),
  session_hours: Type.Integer(),
  version: Version,
  updated_at: Nullable(Timestamp),
})
export const Security = Type.Composite([
  PlatformSecurity,
  /** Whether the operator's staff may look through the eyes of a member. */
  Type.Object({ allow_support_access: Type.Boolean() }),
])
export type Security = Static<typeof Security>

const change = {
  require_two_factor: Type.Optional(Type.Boolean()),
  two_factor_deadline: Type.Optional(Deadline),
  allowed_ips: Type.Optional(AllowedIps),
  session_hours: Type.Optional(SessionHours),
}
export const PlatformSecurityChange = Closed(change)
export const SecurityChange = Closed({
  ...change,
  allow_support_access: Type.Optional(Type.Boolean()),
})
export type SecurityChange = Static<typeof SecurityChange>

/** One person in the report: proven twice or not. */
const Proven = Type.Object({
  id: Id('usr'),
  email: Type.String(),
  name: Type.String(),
  has_second_factor: Type.Boolean(),
  confirmed_at: Nullable(Timestamp),
  last_seen_at: Nullable(Timestamp),
})
export type Proven = Static<typeof Proven>

export const TwoFactorReport = Type.Composite([
  PageOf(Proven),
  Type.Object({
    with_count: Type.Integer(),
    without_count: Type.Integer(),
    require_two_factor: Type.Boolean(),
    two_factor_deadline: Deadline,
    /** Whole days until the deadline, 0 once it has passed; null while nothing is required. */
    days_left: Nullable(Type.Integer()),
  }),
])
export type TwoFactorReport = Static<typeof TwoFactorReport>

const who = {
  state: Type.Optional(OneOf(['with', 'without'], 'A second factor')),
  search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of name or e-mail' })),
}

/** Everybody like this, in one file. */
export const TwoFactorExport = Closed(who)
export type TwoFactorExport = Static<typeof TwoFactorExport>

export const TwoFactorFilter = ListQuery(who, ['email'])
export type TwoFactorFilter = Static<typeof TwoFactorFilter>
