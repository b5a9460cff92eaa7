/** Shapes of what is required of a business, and of what it may use meanwhile. */
import { Type, type Static } from '@sinclair/typebox'
import { feature_names } from '../../kit/terms.ts'
import {
  Closed,
  Id,
  ListQuery,
  Name,
  Nullable,
  OneOf,
  Timestamp,
  Version,
} from '../../operations/shapes.ts'

export const requirement_states = ['open', 'met', 'waived'] as const
export const ways = ['automatic', 'operator', 'tenant'] as const
export const dues = ['past_due', 'currently_due', 'eventually_due'] as const

const Capability = OneOf(feature_names)

export const Requirement = Type.Object({
  id: Id('req'),
  tenant_id: Id('ten'),
  tenant_name: Type.String(),
  code: Type.String({ description: 'Of the catalogue, or a word of the operator’s' }),
  title: Type.String(),
  detail: Type.String({ description: 'What to do, in plain words' }),
  capabilities: Type.Array(Capability, { description: 'Refused while it is past due' }),
  met_by: OneOf(ways, 'Seen by itself, said by the operator, or said by the business'),
  state: OneOf(requirement_states),
  due: Nullable(OneOf(dues, 'How near its time is, while it is open')),
  due_at: Nullable(Timestamp),
  met_at: Nullable(Timestamp),
  waived_at: Nullable(Timestamp),
  settled_by: Type.String({ description: 'Who met or waived it' }),
  note: Type.String(),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Requirement = Static<typeof Requirement>

const DueAt = Type.Optional(
  Type.Unsafe<string | null>({
    ...Nullable(Timestamp),
    description: 'From then on its capabilities are refused; without it, it is due some day',
  }),
)

export const NewRequirement = Closed({
  code: Type.String({
    pattern: '^[a-z][a-z0-9_]{1,59}$',
    description: 'One of the catalogue brings its own words; any other needs a title',
  }),
  title: Type.Optional(Name),
  detail: Type.Optional(Type.String({ maxLength: 1_000 })),
  capabilities: Type.Array(Capability, { minItems: 1, uniqueItems: true }),
  met_by: Type.Optional(
    OneOf(['operator', 'tenant'] as const, 'operator unless you say otherwise'),
  ),
  due_at: DueAt,
})
export type NewRequirement = Static<typeof NewRequirement>

export const RequirementFilter = ListQuery(
  {
    code: Type.Optional(Type.String({ maxLength: 60 })),
    due: Type.Optional(OneOf(dues, 'Of those that are open')),
    tenant_id: Type.Optional(Id('ten')),
    state: Type.Optional(OneOf(requirement_states)),
  },
  ['created_at'],
)
export type RequirementFilter = Static<typeof RequirementFilter>

export const Settling = Closed({
  note: Type.Optional(Type.String({ maxLength: 500, description: 'What was seen, or why not' })),
})
export type Settling = Static<typeof Settling>

export const Reopening = Closed({ due_at: DueAt })
export type Reopening = Static<typeof Reopening>

export const CapabilityState = Type.Object({
  capability: Capability,
  summary: Type.String(),
  status: OneOf(
    ['active', 'pending', 'restricted'] as const,
    'active: nothing with a date is open; pending: usable, and something is due; restricted: refused',
  ),
  reason: Nullable(
    Type.String({ description: 'Why it is refused: a requirement, the plan, a switch' }),
  ),
  past_due: Type.Array(Id('req')),
  currently_due: Type.Array(Id('req')),
  eventually_due: Type.Array(Id('req')),
  deadline: Nullable(Timestamp),
})
export type CapabilityState = Static<typeof CapabilityState>

export const Capabilities = Type.Object({
  data: Type.Array(CapabilityState),
  requirements: Type.Array(Requirement, { description: 'Those that are open, and those settled' }),
})
export type Capabilities = Static<typeof Capabilities>

export const CatalogueEntry = Type.Object({
  code: Type.String(),
  title: Type.String(),
  detail: Type.String(),
  met_by: OneOf(ways),
})
