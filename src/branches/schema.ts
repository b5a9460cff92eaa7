/** Shapes of sandboxes and branches on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Id, ListQuery, Name, Nullable, OneOf, Timestamp } from '../operations/shapes.ts'
import { environments, kinds, statuses } from '../tenants/schema.ts'

export const Sibling = Type.Object({
  id: Id('ten'),
  name: Type.String(),
  slug: Type.String(),
  kind: OneOf(kinds, 'primary is the live business itself'),
  environment: OneOf(environments),
  status: OneOf(statuses),
  /** The one that was asked. */
  is_here: Type.Boolean(),
  /** Of a branch: whether names, addresses and the like were replaced. */
  anonymised: Nullable(Type.Boolean()),
  /** Of a branch: the moment it was copied. */
  copied_at: Nullable(Timestamp),
  /** Of a branch: where the ledger of the live business stood in that moment. */
  ledger: Nullable(Type.Object({ postings: Type.Integer(), head_hash: Type.String() })),
  /** When it is removed by itself. */
  expires_at: Nullable(Timestamp),
  asked_by: Nullable(Type.String()),
  created_at: Timestamp,
})
export type Sibling = Static<typeof Sibling>

const expires_at = Type.Optional(
  Type.String({
    format: 'date-time',
    description: 'When it is removed by itself; never unless told',
  }),
)

export const NewSandbox = Closed({ name: Type.Optional(Name), expires_at })
export type NewSandbox = Static<typeof NewSandbox>

export const NewBranch = Closed({
  name: Type.Optional(Name),
  anonymise: Type.Optional(
    Type.Boolean({
      description:
        'Replaces names, e-mail addresses, telephone numbers and streets; leaves labels and files behind',
    }),
  ),
  expires_at,
})
export type NewBranch = Static<typeof NewBranch>

export const MadeSibling = Type.Composite([
  Sibling,
  Type.Object({
    api_token: Type.String({
      description: 'A token that may do everything there: shown this once',
    }),
  }),
])
export type MadeSibling = Static<typeof MadeSibling>

export const SiblingFilter = ListQuery({ kind: Type.Optional(OneOf(kinds)) }, ['created_at'])
export type SiblingFilter = Static<typeof SiblingFilter>

export const Way = Type.Object({
  path: Type.String({ description: 'Path that lets the same browser in there, once' }),
  expires_at: Timestamp,
})
export type Way = Static<typeof Way>
