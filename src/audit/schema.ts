/** Shapes of the audit trail on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { ListQuery, Nullable, OneOf, Timestamp } from '../operations/shapes.ts'

const Hash = Type.String({ description: 'SHA-256, hexadecimal' })

export const AuditEntry = Type.Object({
  seq: Type.Integer(),
  organization_id: Type.String(),
  occurred_at: Timestamp,
  actor: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  /** The operation: `items.update`. */
  action: Type.String(),
  subject_id: Type.String(),
  /** What was sent, and for a change the fields before and after; secrets are redacted. */
  changes: Type.Object({
    before: Type.Optional(Type.Unknown()),
    after: Type.Optional(Type.Unknown()),
    input: Type.Optional(Type.Unknown()),
  }),
  ip: Type.String(),
  user_agent: Type.String(),
  request_id: Type.String(),
  previous_hash: Hash,
  hash: Hash,
})
export type AuditEntry = Static<typeof AuditEntry>

export const AuditFilter = ListQuery(
  {
    actor_id: Type.Optional(Type.String({ maxLength: 100 })),
    actor_kind: Type.Optional(OneOf(['user', 'token', 'staff', 'system'] as const)),
    action: Type.Optional(
      Type.String({
        maxLength: 100,
        description: 'An operation, items.update, or all of a room: items.',
      }),
    ),
    subject_id: Type.Optional(Type.String({ maxLength: 100 })),
    from: Type.Optional(Timestamp),
    to: Type.Optional(Timestamp),
  },
  ['seq'],
)
export type AuditFilter = Static<typeof AuditFilter>

export const ProofRequest = Type.Object(
  {
    after: Type.Optional(
      Type.Integer({ minimum: 0, default: 0, description: 'Go on behind this entry' }),
    ),
  },
  { additionalProperties: false },
)

export const AuditProof = Type.Object({
  /** Whether every entry that was looked at is as it was written. */
  holds: Type.Boolean(),
  /** False when there are more entries: ask again with `after=checked_to`. */
  complete: Type.Boolean(),
  checked: Type.Integer(),
  checked_to: Type.Integer(),
  head_hash: Hash,
  /** The first entry that was changed, or before which one is missing. */
  broken: Nullable(Type.Object({ seq: Type.Integer(), reason: Type.String() })),
})
export type AuditProof = Static<typeof AuditProof>
