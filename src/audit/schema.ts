/** Shapes of the audit trail on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Job, JobFilter } from '../jobs/schema.ts'
import { Closed, Id, ListQuery, Nullable, OneOf, Timestamp } from '../operations/shapes.ts'

const Hash = Type.String({ description: 'SHA-256, hexadecimal' })

export const AuditEntry = Type.Object({
  seq: Type.Integer(),
  organization_id: Type.String(),
  occurred_at: Timestamp,
  actor: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  /** The person of the operator's staff who acted in the actor's place. */
  impersonator: Nullable(Type.Object({ id: Type.String(), name: Type.String() })),
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
  /** Its details were forgotten; that there was such an entry stays proven. */
  is_forgotten: Type.Boolean(),
  /** With the salt it proves the details; null on entries from before there was one. */
  digest: Nullable(Hash),
  salt: Nullable(Type.String({ description: 'Hexadecimal; gone with the details' })),
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
    organization_id: Type.Optional(Type.String({ maxLength: 100 })),
    ip: Type.Optional(Type.String({ maxLength: 100 })),
    request_id: Type.Optional(Type.String({ maxLength: 100 })),
    seq: Type.Optional(Type.Integer({ minimum: 1, description: 'This one entry' })),
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
  /** Entries among them whose details were forgotten: the chain holds them, nothing shows them. */
  forgotten: Type.Integer(),
  head_hash: Hash,
  /** The first entry that was changed, or before which one is missing. */
  broken: Nullable(Type.Object({ seq: Type.Integer(), reason: Type.String() })),
})
export type AuditProof = Static<typeof AuditProof>

/** What was forgotten of a person. Orders, stock and the chain stay; the id names nobody any more. */
export const ErasedPerson = Type.Object({
  id: Id('usr'),
  pseudonym: Type.String({ description: 'What stands where the name stood' }),
  entries_forgotten: Type.Integer(),
  mails_forgotten: Type.Integer(),
  events_forgotten: Type.Integer(),
})
export type ErasedPerson = Static<typeof ErasedPerson>

const Day = Type.String({ format: 'date' })

/** Days of UTC. */
export const DaysAsked = Closed({
  from: Type.Optional(Day),
  to: Type.Optional({ ...Day, description: 'This day included' }),
})
export type DaysAsked = Static<typeof DaysAsked>

export const AuditExport = Type.Object({
  id: Id('job'),
  state: Job.properties.state,
  progress: Job.properties.progress,
  error: Job.properties.error,
  asked_by: Type.String(),
  created_at: Timestamp,
  finished_at: Nullable(Timestamp),
  /** Its first line: which entries, and the hash they lead to. */
  holds: Type.Unknown({ description: 'null until it is made' }),
  /** null before it is made, and when its time is over. */
  file: Nullable(
    Type.Object({ size_bytes: Type.Integer(), sha256: Type.String(), expires_at: Timestamp }),
  ),
})
export type AuditExport = Static<typeof AuditExport>

export const AuditExportFilter = ListQuery({ state: JobFilter.properties.state }, ['created_at'])
export type AuditExportFilter = Static<typeof AuditExportFilter>
