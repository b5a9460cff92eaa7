/** Shapes of suppliers and customers on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Address } from '../carriers/address.ts'
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

export const party_kinds = ['supplier', 'customer'] as const
export type PartyKind = (typeof party_kinds)[number]

const Kinds = Type.Array(OneOf(party_kinds), { minItems: 1, maxItems: 2, uniqueItems: true })
const Phone = Type.String({ minLength: 3, maxLength: 40 })
const Currency = Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' })

/** An address with what it is for. */
export const PartyAddress = Closed({
  label: Type.Optional(Type.String({ maxLength: 60, description: 'Head office, shop 3 …' })),
  use: Type.Optional(OneOf(['shipping', 'billing', 'both'])),
  address: Address,
})

const Contact = Closed({
  person_name: Name,
  role: Type.Optional(Type.String({ maxLength: 100 })),
  email: Type.Optional(Email),
  phone_number: Type.Optional(Phone),
})

const TaxId = Closed({
  type: Type.String({ minLength: 1, maxLength: 20, description: 'vat, eori, ein …' }),
  number: Type.String({ minLength: 1, maxLength: 40 }),
  country_code: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$' })),
})

const writable = {
  name: Name,
  kinds: Kinds,
  email: Type.Optional(Nullable(Email)),
  phone_number: Type.Optional(Nullable(Phone)),
  addresses: Type.Optional(Type.Array(PartyAddress, { maxItems: 20 })),
  contacts: Type.Optional(Type.Array(Contact, { maxItems: 50 })),
  tax_ids: Type.Optional(Type.Array(TaxId, { maxItems: 10 })),
  currency: Type.Optional(Nullable(Currency)),
  metadata: Type.Optional(Metadata),
}

export const NewParty = Closed({
  ...writable,
  code: Type.Optional(
    Type.String({
      pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$',
      description: 'Yours; taken from its id when left out',
    }),
  ),
})
export type NewParty = Static<typeof NewParty>

export const PartyChange = Type.Partial(Closed(writable), { additionalProperties: false })
export type PartyChange = Static<typeof PartyChange>

export const Party = Type.Object({
  id: Id('pty'),
  code: Type.String(),
  name: Type.String(),
  kinds: Kinds,
  email: Nullable(Type.String()),
  phone_number: Nullable(Type.String()),
  addresses: Type.Array(PartyAddress),
  contacts: Type.Array(Contact),
  tax_ids: Type.Array(TaxId),
  currency: Nullable(Type.String()),
  metadata: Metadata,
  archived_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Party = Static<typeof Party>

export const PartyFilter = ListQuery(
  {
    kind: Type.Optional(OneOf(party_kinds)),
    search: Type.Optional(
      Type.String({ maxLength: 100, description: 'Beginning of the code or name, or an e-mail' }),
    ),
    archived: Type.Optional(Type.Boolean({ description: 'false leaves archived ones out' })),
  },
  ['created_at', 'name', 'code'],
)
export type PartyFilter = Static<typeof PartyFilter>
