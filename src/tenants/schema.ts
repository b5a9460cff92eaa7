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
import { DomainOfTenant } from '../domains/schema.ts'

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

export const Tenant = Type.Object({
  id: Id('ten'),
  name: Type.String(),
  slug: Type.String({ description: 'The first part of its host name below ours' }),
  schema_name: Type.String({ description: 'The short name as databases write it' }),
  /** The primary one first. */
  domains: Type.Array(DomainOfTenant),
  api_domains: Type.Array(Type.String(), {
    description: 'Where its API and its console are reached, the primary one first',
  }),
  plan: Type.String({ description: 'Code of the plan it is on' }),
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

const Plan = Type.String({
  minLength: 1,
  maxLength: 60,
  description: 'Code of a plan of the catalogue; without it, nothing is limited',
})
const TimeZone = Type.String({
  maxLength: 60,
  description: 'IANA name, UTC unless you say otherwise: days and periods begin at midnight there',
})
const SampleData = Type.Boolean({
  description: 'Puts a small catalogue with stock and orders into a sandbox',
})

export const NewTenant = Closed({
  name: Name,
  domain: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 253,
      description:
        'acme for acme.<our host>, or a host name of its own, to be verified; made from the name without it',
    }),
  ),
  admin_email: Email,
  admin_name: Type.Optional(Name),
  plan: Type.Optional(Plan),
  app_domains: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 253 }), {
      maxItems: 20,
      uniqueItems: true,
      description: 'Host names of its own, to be verified',
    }),
  ),
  environment: Type.Optional(OneOf(environments, 'live unless you say otherwise')),
  time_zone: Type.Optional(TimeZone),
  sample_data: Type.Optional(SampleData),
  metadata: Type.Optional(Metadata),
})
export type NewTenant = Static<typeof NewTenant>

const Word = Type.String({ pattern: '^[a-z0-9][a-z0-9_-]{0,59}$' })

export const Onboarding = Closed({
  company_name: Name,
  admin_email: Email,
  admin_name: Type.Optional(Name),
  domain_preference: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 253,
      description: 'As `domain` of a new tenant; when it is not free, the next free one is taken',
    }),
  ),
  plan: Type.Optional(Plan),
  environment: Type.Optional(OneOf(environments, 'live unless you say otherwise')),
  time_zone: Type.Optional(TimeZone),
  sample_data: Type.Optional(SampleData),
  setup_wizard: Type.Optional(
    Closed({
      carriers: Type.Optional(
        Type.Array(Word, { maxItems: 50, uniqueItems: true, description: 'Such as ups, fedex' }),
      ),
      features: Type.Optional(
        Type.Array(Word, {
          maxItems: 50,
          uniqueItems: true,
          description: 'Such as organizations, webhooks',
        }),
      ),
    }),
  ),
})
export type Onboarding = Static<typeof Onboarding>

export const CreatedTenant = Type.Object({
  id: Id('ten'),
  tenant: Tenant,
  organization_id: Id('org'),
  api_domain: Type.String({ description: 'The first of its `api_domains`' }),
  api_token: Type.String({
    description: 'A token that may do everything there: shown this once',
  }),
  setup_path: Type.String({
    description: 'Path of the page where the owner sets a password: shown this once, works once',
  }),
  setup_expires_at: Timestamp,
})
export type CreatedTenant = Static<typeof CreatedTenant>

export const TenantChange = Closed({
  name: Type.Optional(Name),
  admin_email: Type.Optional(Email),
  time_zone: Type.Optional(TimeZone),
  metadata: Type.Optional(Metadata),
})
export type TenantChange = Static<typeof TenantChange>

export const TenantFilter = ListQuery(
  {
    search: Type.Optional(
      Type.String({ maxLength: 100, description: 'Part of name, short name or e-mail' }),
    ),
    status: Type.Optional(OneOf(statuses)),
    environment: Type.Optional(OneOf(environments)),
    kind: Type.Optional(OneOf(kinds)),
    plan: Type.Optional(Type.String({ maxLength: 60 })),
  },
  ['created_at', 'name'],
)
export type TenantFilter = Static<typeof TenantFilter>
