/** Shapes of locations on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Address } from '../carriers/address.ts'
import {
  Closed,
  Id,
  ListQuery,
  Name,
  Nullable,
  OneOf,
  Timestamp,
  Version,
} from '../operations/shapes.ts'

export const location_types = [
  'site',
  'zone',
  'aisle',
  'bin',
  'dock',
  'packing',
  'quarantine',
  'returns',
] as const
export type LocationType = (typeof location_types)[number]

const LocationId = Id('loc')
const Code = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$',
  description: 'Up to 40 letters, digits and . _ / -',
})

export const NewLocation = Closed({
  type: OneOf(location_types),
  code: Code,
  name: Type.Optional(Name),
  parent_id: Type.Optional(LocationId),
  address: Type.Optional(Nullable(Address)),
  pickable: Type.Optional(
    Type.Boolean({ description: 'Orders may take from here; bins are, unless told otherwise' }),
  ),
  receivable: Type.Optional(
    Type.Boolean({ description: 'Goods may be received straight to here; docks and bins are' }),
  ),
})
export type NewLocation = Static<typeof NewLocation>

export const LocationChange = Type.Partial(
  Closed({
    name: Name,
    address: Nullable(Address),
    pickable: Type.Boolean(),
    receivable: Type.Boolean(),
    on_hold: Type.Boolean({ description: 'Nothing is promised from here meanwhile' }),
    receiving_id: LocationId,
    packing_id: LocationId,
    quarantine_id: LocationId,
    returns_id: LocationId,
    is_default: Type.Literal(true, { description: 'Makes this the site used when none is named' }),
  }),
  { additionalProperties: false },
)
export type LocationChange = Static<typeof LocationChange>

export const Location = Type.Object({
  id: LocationId,
  type: OneOf(location_types),
  code: Type.String(),
  name: Type.String(),
  parent_id: Nullable(LocationId),
  site_id: LocationId,
  address: Nullable(Address),
  pickable: Type.Boolean(),
  receivable: Type.Boolean(),
  on_hold: Type.Boolean(),
  account_id: Nullable(Type.String({ description: 'Its account in the ledger' })),
  receiving_id: Nullable(LocationId),
  packing_id: Nullable(LocationId),
  quarantine_id: Nullable(LocationId),
  returns_id: Nullable(LocationId),
  is_default: Type.Boolean(),
  archived_at: Nullable(Timestamp),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Location = Static<typeof Location>

export const LocationFilter = ListQuery(
  {
    search: Type.Optional(
      Type.String({ maxLength: 100, description: 'Beginning of the code or name' }),
    ),
    type: Type.Optional(OneOf(location_types)),
    site_id: Type.Optional(LocationId),
    parent_id: Type.Optional(LocationId),
    archived: Type.Optional(Type.Boolean({ description: 'false leaves archived ones out' })),
  },
  ['created_at', 'code'],
)
export type LocationFilter = Static<typeof LocationFilter>

/** Deep enough for site > zone > aisle > bin, in the order a person would walk. */
export const LocationTree = Type.Object({
  data: Type.Array(
    Type.Object({
      id: LocationId,
      type: OneOf(location_types),
      code: Type.String(),
      name: Type.String(),
      parent_id: Nullable(LocationId),
      depth: Type.Integer({ description: '0 is the site' }),
      pickable: Type.Boolean(),
      on_hold: Type.Boolean(),
    }),
  ),
  truncated: Type.Boolean({ description: 'The site has more than 2,000 locations: list them' }),
})
export type LocationTree = Static<typeof LocationTree>

export const SiteSet = Type.Object({ site: Location, locations: Type.Array(Location) })
export type SiteSet = Static<typeof SiteSet>
