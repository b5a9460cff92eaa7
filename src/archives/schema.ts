/** Shapes of archives on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Job, job_states } from '../jobs/schema.ts'
import { Id, ListQuery, Nullable, OneOf, Timestamp, Version } from '../operations/shapes.ts'

export const Archive = Type.Object({
  id: Id('job', 'Of the job that makes it'),
  state: OneOf(job_states),
  progress: Job.properties.progress,
  /** The file; null until it is made, and once its 30 days are over. */
  file: Nullable(
    Type.Object({
      name: Type.String(),
      size_bytes: Type.Integer(),
      sha256: Type.String({ description: 'Of the file as it is downloaded' }),
      expires_at: Timestamp,
    }),
  ),
  /** What it holds: the manifest without its tables; null until it is made. */
  holds: Type.Unknown(),
  error: Job.properties.error,
  asked_by: Type.String(),
  created_at: Timestamp,
  finished_at: Nullable(Timestamp),
  version: Version,
})
export type Archive = Static<typeof Archive>

export const ArchiveFilter = ListQuery({ state: Type.Optional(OneOf(job_states)) }, ['created_at'])
export type ArchiveFilter = Static<typeof ArchiveFilter>
