/** Shapes of tenants on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import {
  Closed,
  Email,
  Id,
  ListQuery,
  Metadata,
  Name,
  Nullable,
  OneOf,
  Timestamp,
  Version,
} from '../operations/shapes.ts'

export const environments = ['sandbox', 'live'] as const
export const statuses = [
  'pending',
  'onboarding',
  'active',
  'restricted',
  'suspended',
  'closing',
  'deleted',
] as const
export const kinds = ['primary', 'sandbox', 'branch'] as const

const Slug = Type.String({
  pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$',
  description: 'Small letters, digits and hyphens: also the first part of its host name',
})

export const Tenant = Type.Object({
  id: Id('ten'),
  name: Type.String(),
  slug: Type.String(),
  admin_email: Type.String(),
  environment: OneOf(environments),
  status: OneOf(statuses),
  /** Shown to the tenant while it is suspended. */
  status_reason: Type.String(),
  kind: OneOf(kinds),
  /** The live business this is a sandbox or a branch of. */
  parent_id: Nullable(Id('ten')),
  time_zone: Type.String({ description: 'IANA name: days and periods begin at midnight there' }),
  /** When the grace of a closing business is over. */
  closes_at: Nullable(Timestamp),
  deleted_at: Nullable(Timestamp),
  metadata: Metadata,
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Tenant = Static<typeof Tenant>

export const NewTenant = Closed({
  name: Name,
  slug: Type.Optional(Slug),
  admin_email: Email,
  admin_name: Type.Optional(Name),
  environment: Type.Optional(OneOf(environments, 'live unless you say otherwise')),
  metadata: Type.Optional(Metadata),
})
export type NewTenant = Static<typeof NewTenant>

export const CreatedTenant = Type.Composite([
  Tenant,
  Type.Object({
    organization_id: Id('org'),
    token: Type.String({ description: 'A token that may do everything there: shown this once' }),
    setup_path: Type.String({
      description: 'Path of the page where the owner sets a password: shown this once, works once',
    }),
  }),
])
export type CreatedTenant = Static<typeof CreatedTenant>

export const TenantChange = Closed({
  name: Type.Optional(Name),
  admin_email: Type.Optional(Email),
  metadata: Type.Optional(Metadata),
})
export type TenantChange = Static<typeof TenantChange>

export const Suspension = Closed({
  reason: Type.Optional(Type.String({ maxLength: 500, description: 'Shown to the tenant' })),
})
export type Suspension = Static<typeof Suspension>

export const TenantFilter = ListQuery(
  {
    search: Type.Optional(
      Type.String({ maxLength: 100, description: 'Part of name, short name or e-mail' }),
    ),
    status: Type.Optional(OneOf(statuses)),
    environment: Type.Optional(OneOf(environments)),
  },
  ['created_at', 'name'],
)
export type TenantFilter = Static<typeof TenantFilter>
