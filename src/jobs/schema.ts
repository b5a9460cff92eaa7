/** Shapes of jobs on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Id, ListQuery, Nullable, OneOf, Timestamp, Version } from '../operations/shapes.ts'

export const job_states = [
  'queued',
  'running',
  'succeeded',
  'failed',
  'cancelled',
  'expired',
] as const
export type JobState = (typeof job_states)[number]

export const Job = Type.Object({
  id: Id('job'),
  kind: Type.String(),
  state: OneOf(job_states),
  input: Type.Unknown(),
  output: Type.Unknown({ description: 'null until it has succeeded' }),
  progress: Type.Object({
    done: Type.Integer(),
    total: Nullable(Type.Integer()),
    note: Type.String(),
  }),
  attempt_count: Type.Integer(),
  max_attempts: Type.Integer(),
  due_at: Timestamp,
  cancel_requested_at: Nullable(Timestamp),
  error: Nullable(Type.Object({ code: Type.String(), detail: Type.String() })),
  asked_by: Type.String(),
  created_at: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
  version: Version,
})
export type Job = Static<typeof Job>

export const Artifact = Type.Object({
  id: Id('art'),
  name: Type.String(),
  content_type: Type.String(),
  size_bytes: Type.Integer(),
  sha256: Type.String(),
  created_at: Timestamp,
  expires_at: Timestamp,
})
export type Artifact = Static<typeof Artifact>

export const LogLine = Type.Object({
  logged_at: Timestamp,
  attempt: Type.Integer(),
  level: OneOf(['info', 'warning', 'error'] as const),
  message: Type.String(),
})
export type LogLine = Static<typeof LogLine>

export const JobDetail = Type.Composite([
  Job,
  Type.Object({
    artifacts: Type.Array(Artifact),
    log: Type.Array(LogLine, { description: 'The latest 200 lines, newest first' }),
  }),
])
export type JobDetail = Static<typeof JobDetail>

export const JobFilter = ListQuery(
  {
    kind: Type.Optional(Type.String({ maxLength: 100 })),
    state: Type.Optional(OneOf(job_states)),
  },
  ['created_at'],
)
export type JobFilter = Static<typeof JobFilter>
