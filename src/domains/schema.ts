/** Shapes of domains on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Id, ListQuery, Nullable, OneOf, Timestamp } from '../operations/shapes.ts'

export const domain_kinds = ['subdomain', 'custom'] as const
export const domain_states = ['pending', 'verified', 'unverified', 'released'] as const

/** What has to stand in the DNS so that a domain counts as one's own. */
const Proof = Type.Object({
  record: Type.String({ description: 'Name of the TXT record' }),
  value: Type.String({ description: 'What one of its texts has to be' }),
})

const facts = {
  id: Id('dom'),
  domain: Type.String({ description: 'The host name' }),
  kind: OneOf(domain_kinds, 'subdomain is one of the installation, custom is your own'),
  state: OneOf(
    domain_states,
    'unverified was proven once and its proof is gone; released waits until others may have it',
  ),
  /** The one that is named first, in links and in `api_domains`. */
  is_primary: Type.Boolean(),
}

/** As it stands on a tenant. */
export const DomainOfTenant = Type.Object(facts)
export type DomainOfTenant = Static<typeof DomainOfTenant>

const details = {
  ...facts,
  url: Nullable(Type.String({ description: 'Where it leads, once it is verified' })),
  proof: Nullable(Proof),
  /** Days in a row on which the proof was not found. */
  failure_count: Type.Integer(),
  last_error: Type.String(),
  checked_at: Nullable(Timestamp),
  verified_at: Nullable(Timestamp),
  quarantined_until: Nullable(Timestamp),
  created_at: Timestamp,
  updated_at: Timestamp,
}
export const Domain = Type.Object(details)
export type Domain = Static<typeof Domain>

/** As the operator sees it. */
export const PlatformDomain = Type.Object({
  ...details,
  tenant_id: Id('ten'),
  tenant_name: Type.String(),
})
export type PlatformDomain = Static<typeof PlatformDomain>

export const NewDomain = Closed({
  domain: Type.String({
    minLength: 1,
    maxLength: 253,
    description: 'A host name of your own, such as shipping.example.com',
  }),
})
export type NewDomain = Static<typeof NewDomain>

const filters = {
  search: Type.Optional(
    Type.String({ maxLength: 253, description: 'What the name begins with, or all of it' }),
  ),
  state: Type.Optional(OneOf(domain_states)),
}
const sortable = ['created_at', 'name'] as const

export const DomainFilter = ListQuery(filters, sortable)
export type DomainFilter = Static<typeof DomainFilter>

export const PlatformDomainFilter = ListQuery(
  {
    ...filters,
    kind: Type.Optional(OneOf(domain_kinds)),
    tenant_id: Type.Optional(Id('ten')),
  },
  sortable,
)
export type PlatformDomainFilter = Static<typeof PlatformDomainFilter>
