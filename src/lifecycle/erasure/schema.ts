/** Shapes of erasures and their certificates. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Id, ListQuery, Nullable, OneOf, Timestamp } from '../../operations/shapes.ts'

export const ErasureWish = Closed({
  confirm_slug: Type.String({
    maxLength: 63,
    description: 'The short name of the business, typed',
  }),
  reason: Type.String({
    minLength: 3,
    maxLength: 500,
    description: 'Kept on the certificate: name nobody in it',
  }),
})
export type ErasureWish = Static<typeof ErasureWish>

const Amount = Type.Object({ files: Type.Integer(), bytes: Type.Integer() })
export type Amount = Static<typeof Amount>

export const Removed = Type.Object({
  /** The tenant's folder in the data folder: its database and what lay beside it. */
  folder: Type.Optional(Amount),
  /** Labels, documents and artifacts, on disk or in a bucket. */
  objects: Type.Optional(Amount),
  continuous_copies: Type.Optional(Amount),
  whole_backups: Type.Optional(Amount),
  /** Rows of `platform.db`, by table. */
  platform_rows: Type.Optional(Type.Record(Type.String(), Type.Integer())),
  /** Texts in rows of `platform.db` that stay. */
  platform_texts: Type.Optional(Type.Record(Type.String(), Type.Integer())),
  /** Earlier copies of `platform.db` that were taken away or replaced. */
  platform_copies: Type.Optional(
    Type.Object({ generations: Type.Integer(), backups: Type.Integer() }),
  ),
})
export type Removed = Static<typeof Removed>

export const Erasure = Type.Object({
  id: Id('era'),
  tenant_id: Id('ten'),
  state: OneOf(['running', 'done'] as const),
  decided_by: Type.Object({ kind: Type.String(), id: Type.String() }),
  reason: Type.String(),
  removed: Removed,
  last_error: Type.String({ description: 'Why it is still running; it is tried again every hour' }),
  certificate: Nullable(Type.String({ description: 'The text that is signed, byte for byte' })),
  signature: Nullable(Type.String({ description: 'Ed25519, hexadecimal' })),
  started_at: Timestamp,
  finished_at: Nullable(Timestamp),
})
export type Erasure = Static<typeof Erasure>

export const ErasureFilter = ListQuery(
  {
    tenant_id: Type.Optional(Id('ten')),
    state: Type.Optional(OneOf(['running', 'done'] as const)),
  },
  ['started_at'],
)
export type ErasureFilter = Static<typeof ErasureFilter>

/** What is signed, below the line that says what it is. */
export interface Certificate {
  format: 1
  erasure_id: string
  tenant_id: string
  environment: string
  founded_at: string
  decided_by: { kind: string; id: string }
  reason: string
  started_at: string
  finished_at: string
  removed: Removed
  /** Erased with it. */
  siblings: string[]
  kept: { what: string; why: string; rows: number }[]
  /** The entry of the platform's audit trail that says so. */
  audit: { seq: number; hash: string }
}
