/** Shapes of the ledger on the wire. Floors are integers of the item's base unit at its scale. */
import { Type, type Static } from '@sinclair/typebox'
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
import { account_kinds, virtual_kinds } from './schema.ts'

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$', description: 'SHA-256, hexadecimal' })
const Seq = Type.Integer({ minimum: 0, description: 'Position in the chain of the tenant' })

export const PostingSummary = Type.Object({
  id: Id('pst'),
  seq: Seq,
  reason: Type.String(),
  occurred_at: Timestamp,
  recorded_at: Timestamp,
  actor: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  reference: Nullable(Type.Object({ type: Type.String(), id: Type.String() })),
  note: Type.String(),
  reverses: Nullable(Id('pst')),
  hash: Hash,
})
export type PostingSummary = Static<typeof PostingSummary>

export const PostingQuery = ListQuery(
  {
    reason: Type.Optional(Type.String({ maxLength: 64 })),
    reference_id: Type.Optional(
      Type.String({ minLength: 1, maxLength: 2_048, description: 'The document that caused it' }),
    ),
    occurred_from: Type.Optional(Timestamp),
    occurred_until: Type.Optional(Timestamp),
  },
  ['occurred_at'],
)
export type PostingQuery = Static<typeof PostingQuery>

export const AccountShape = Type.Object({
  id: Id('acc'),
  kind: OneOf(account_kinds),
  name: Type.String(),
  physical: Type.Boolean({ description: 'Whether goods here are ours' }),
  location_id: Nullable(Type.String()),
  site_id: Nullable(Type.String()),
  party_id: Nullable(Type.String()),
  promisable: Type.Boolean({ description: 'Whether the site may promise what is here' }),
  floor: Nullable(Type.Integer({ description: 'The lowest available quantity; null: no limit' })),
  floor_reason: Nullable(Type.String()),
  opened_at: Timestamp,
  closed_at: Nullable(Timestamp),
  version: Version,
})
export type AccountShape = Static<typeof AccountShape>

export const AccountQuery = ListQuery(
  {
    kind: Type.Optional(OneOf(account_kinds)),
    location_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
    site_id: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  },
  ['kind'],
)
export type AccountQuery = Static<typeof AccountQuery>

const ReasonCode = Type.String({
  pattern: '^[a-z][a-z0-9_]{0,63}$',
  description: 'Lower case letters, digits and underscores',
})
const CounterpartKind = Nullable(OneOf(virtual_kinds))

export const ReasonShape = Type.Object({
  code: Type.String(),
  name: Type.String(),
  counterpart_kind: CounterpartKind,
  built_in: Type.Boolean(),
  archived_at: Nullable(Timestamp),
})
export type ReasonShape = Static<typeof ReasonShape>

export const ReasonQuery = ListQuery({}, ['code'])
export type ReasonQuery = Static<typeof ReasonQuery>
export const ReasonParam = Type.Object({ code: ReasonCode })
export const NewReason = Closed({
  code: ReasonCode,
  name: Name,
  counterpart_kind: CounterpartKind,
})
export const ReasonChange = Closed({
  name: Type.Optional(Name),
  archived: Type.Optional(Type.Boolean()),
})

export const PeriodShape = Type.Object({
  id: Id('per'),
  until: Timestamp,
  closed_at: Timestamp,
  closed_by: Type.Object({ id: Type.String(), name: Type.String() }),
  head_seq: Seq,
  level_count: Type.Integer({ description: 'Levels that were not zero then' }),
  hash: Hash,
})
export type PeriodShape = Static<typeof PeriodShape>

export const PeriodQuery = ListQuery({}, ['until'])
export type PeriodQuery = Static<typeof PeriodQuery>
export const PeriodClose = Closed({ until: Timestamp })

export const DatingPolicy = Type.Object({
  backdating_days: Type.Integer({ minimum: 0, maximum: 3_660 }),
})
export const DatingPolicyChange = Closed(DatingPolicy.properties)

export const ProofShape = Type.Object({
  scope: OneOf(['incremental', 'whole']),
  holds: Type.Boolean({ description: 'Whether everything agrees' }),
  from_seq: Seq,
  through_seq: Seq,
  head_hash: Hash,
  postings: Type.Integer(),
  movements: Type.Integer(),
  levels: Type.Integer(),
  reservations: Type.Integer(),
  difference_count: Type.Integer(),
  differences: Type.Array(
    Type.Object({
      check: OneOf(['chain', 'replay', 'balance', 'reservations', 'period']),
      detail: Type.String(),
      facts: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number()])),
    }),
    { description: 'The first hundred. Nothing is repaired.' },
  ),
})

export const LedgerState = Type.Object({
  head: Type.Object({ seq: Seq, hash: Hash }),
  proven_seq: Type.Integer({ description: 'How far the every-minute proof has come' }),
  proofs: Type.Array(
    Type.Object({ id: Id('prf'), finished_at: Timestamp, ...ProofShape.properties }),
    { description: 'Whole proofs, and every one that found a difference; newest first' },
  ),
})
export type LedgerState = Static<typeof LedgerState>
