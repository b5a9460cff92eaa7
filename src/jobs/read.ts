/** Looks jobs up: how far each is, what it said, and what came out. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { FileReply } from '../operations/shapes.ts'
import type { Artifact, Job, JobDetail, JobFilter } from './schema.ts'
import {
  artifactsOf,
  findArtifact,
  findJob,
  listJobRows,
  logOf,
  type ArtifactRow,
  type JobRow,
} from './store.ts'

const shown_lines = 200

/** @throws Problem `not_found` */
export function requireJob(read: Read, id: string): JobRow {
  const row = findJob(read, id)
  if (!row) throw notFound('job', id)
  return row
}

/** @throws Problem `not_found` */
export const getJob = (read: Read, { id }: { id: string }): Job => toJob(requireJob(read, id))

/** @throws Problem `not_found` */
export const getJobDetail = (read: Read, { id }: { id: string }): JobDetail => ({
  ...getJob(read, { id }),
  artifacts: artifactsOf(read, id).map(toArtifact),
  log: logOf(read, id, shown_lines).map(({ logged_at, attempt, level, message }) => ({
    logged_at,
    attempt,
    level,
    message,
  })),
})

export function listJobs(read: Read, filter: JobFilter) {
  const { rows, ...rest } = listJobRows(read, filter)
  return { data: rows.map(toJob), ...rest }
}

export const toJob = (row: JobRow): Job => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  input: JSON.parse(row.input) as unknown,
  output: row.output === null ? null : (JSON.parse(row.output) as unknown),
  progress: { done: row.done, total: row.total, note: row.progress_note },
  attempt_count: row.attempt_count,
  max_attempts: row.max_attempts,
  due_at: row.due_at,
  cancel_requested_at: row.cancel_requested_at,
  error: row.error_code ? { code: row.error_code, detail: row.error_detail } : null,
  asked_by: row.actor_name,
  created_at: row.created_at,
  started_at: row.started_at,
  finished_at: row.finished_at,
  version: row.version,
})

/** @throws Problem `not_found` for one of another organization, or one whose time is over */
export function getArtifactFile(read: Read, { id }: { id: string }): FileReply {
  const row = findArtifact(read, id)
  if (!row) throw notFound('artifact', id)
  return { object_key: row.object_key, content_type: row.content_type, name: row.name }
}

const toArtifact = (row: ArtifactRow): Artifact => ({
  id: row.id,
  name: row.name,
  content_type: row.content_type,
  size_bytes: row.size_bytes,
  sha256: row.sha256,
  created_at: row.created_at,
  expires_at: row.expires_at,
})
