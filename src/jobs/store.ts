/** The rows of jobs, their log and their artifacts. */
import { listRows, type Page } from '../db/list.ts'
import type { Actor } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import type { JobFilter, JobState } from './schema.ts'

export interface JobRow {
  id: string
  organization_id: string
  kind: string
  state: JobState
  input: string
  output: string | null
  done: number
  total: number | null
  progress_note: string
  attempt_count: number
  max_attempts: number
  fence: number
  leased_by: string
  leased_until: string | null
  due_at: string
  start_by: string
  cancel_requested_at: string | null
  error_code: string
  error_detail: string
  actor_kind: Actor['kind']
  actor_id: string
  actor_name: string
  request_id: string
  created_at: string
  started_at: string | null
  finished_at: string | null
  version: number
}

export const insertJob = (
  tx: Write,
  row: Pick<JobRow, 'id' | 'kind' | 'input' | 'max_attempts' | 'due_at' | 'start_by'>,
): number =>
  tx.run(
    `INSERT INTO jobs (id, organization_id, kind, state, input, max_attempts, due_at, start_by,
       actor_kind, actor_id, actor_name, request_id, created_at)
     VALUES (?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.kind,
    row.input,
    row.max_attempts,
    row.due_at,
    row.start_by,
    tx.scope.actor.kind,
    tx.scope.actor.id,
    tx.scope.actor.name,
    tx.scope.request_id,
    tx.now,
  )

export const findJob = (read: Read, id: string): JobRow | undefined =>
  read.get(
    'SELECT * FROM jobs WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const listJobRows = (read: Read, filter: JobFilter): Page<JobRow> =>
  listRows<JobRow>(read, filter, {
    select: '* FROM jobs',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['kind = ?', filter.kind],
      ['state = ?', filter.state],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

/** The next queued job of the tenant that is due, of whatever organization. */
export const nextQueued = (read: Read): JobRow | undefined =>
  read.get(
    `SELECT * FROM jobs INDEXED BY jobs_due WHERE state = 'queued' AND due_at <= ?
     ORDER BY due_at, id LIMIT 1`,
    read.now,
  )

/** When a queued job is due next; undefined when none waits. */
export const nextDueAt = (read: Read): string | undefined =>
  read.get<{ due_at: string }>(
    `SELECT due_at FROM jobs INDEXED BY jobs_due WHERE state = 'queued' ORDER BY due_at LIMIT 1`,
  )?.due_at

export const runningJobs = (read: Read): JobRow[] =>
  read.all(
    `SELECT * FROM jobs INDEXED BY jobs_leased WHERE state = 'running' ORDER BY leased_until
     LIMIT 100`,
  )

export const leaseJob = (tx: Write, id: string, worker: string, until: string): number =>
  tx.run(
    `UPDATE jobs SET state = 'running', fence = fence + 1, leased_by = ?, leased_until = ?,
       attempt_count = attempt_count + 1, started_at = coalesce(started_at, ?),
       version = version + 1 WHERE id = ? AND state = 'queued'`,
    worker,
    until,
    tx.now,
    id,
  )

/** False when somebody else holds the lease, or nobody. */
export const holdsLease = (read: Read, id: string, fence: number): boolean =>
  read.get(`SELECT 1 FROM jobs WHERE id = ? AND fence = ? AND state = 'running'`, id, fence) !==
  undefined

export const renewLease = (tx: Write, id: string, until: string): number =>
  tx.run('UPDATE jobs SET leased_until = ? WHERE id = ?', until, id)

export const updateProgress = (
  tx: Write,
  id: string,
  progress: Pick<JobRow, 'done' | 'total' | 'progress_note'>,
): number =>
  tx.run(
    'UPDATE jobs SET done = ?, total = ?, progress_note = ?, version = version + 1 WHERE id = ?',
    progress.done,
    progress.total,
    progress.progress_note,
    id,
  )

/** Puts a job back into the queue; with `attempts_back` the last try does not count. */
export const requeueJob = (tx: Write, id: string, due_at: string, attempts_back = 0): number =>
  tx.run(
    `UPDATE jobs SET state = 'queued', leased_by = '', leased_until = NULL, due_at = ?,
       attempt_count = attempt_count - ?, version = version + 1 WHERE id = ?`,
    due_at,
    attempts_back,
    id,
  )

export const endJob = (
  tx: Write,
  id: string,
  end: Pick<JobRow, 'state' | 'output' | 'error_code' | 'error_detail'>,
): number =>
  tx.run(
    `UPDATE jobs SET state = ?, output = ?, error_code = ?, error_detail = ?, leased_by = '',
       leased_until = NULL, finished_at = ?, version = version + 1 WHERE id = ?`,
    end.state,
    end.output,
    end.error_code,
    end.error_detail,
    tx.now,
    id,
  )

export const askToCancel = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE jobs SET cancel_requested_at = coalesce(cancel_requested_at, ?),
       version = version + 1 WHERE id = ?`,
    tx.now,
    id,
  )

/** A fresh start: nothing of the earlier tries but the log and the artifacts. */
export const restartJob = (tx: Write, id: string, start_by: string): number =>
  tx.run(
    `UPDATE jobs SET state = 'queued', attempt_count = 0, due_at = ?, start_by = ?, done = 0,
       total = NULL, progress_note = '', error_code = '', error_detail = '',
       cancel_requested_at = NULL, finished_at = NULL, started_at = NULL, version = version + 1
     WHERE id = ?`,
    tx.now,
    start_by,
    id,
  )

export interface LogRow {
  attempt: number
  logged_at: string
  level: 'info' | 'warning' | 'error'
  message: string
}

export const insertLog = (
  tx: Write,
  job_id: string,
  line: Pick<LogRow, 'attempt' | 'level' | 'message'>,
): number =>
  tx.run(
    'INSERT INTO job_log (job_id, attempt, logged_at, level, message) VALUES (?, ?, ?, ?, ?)',
    job_id,
    line.attempt,
    tx.now,
    line.level,
    line.message,
  )

export const logOf = (read: Read, job_id: string, limit: number): LogRow[] =>
  read.all('SELECT * FROM job_log WHERE job_id = ? ORDER BY number DESC LIMIT ?', job_id, limit)

export interface ArtifactRow {
  id: string
  job_id: string
  name: string
  object_key: string
  content_type: string
  size_bytes: number
  sha256: string
  created_at: string
  expires_at: string
}

export const putArtifact = (tx: Write, row: Omit<ArtifactRow, 'created_at'>): number =>
  tx.run(
    `INSERT INTO job_artifacts (id, job_id, name, object_key, content_type, size_bytes, sha256,
       created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (job_id, name) DO UPDATE SET object_key = excluded.object_key,
       content_type = excluded.content_type, size_bytes = excluded.size_bytes,
       sha256 = excluded.sha256, created_at = excluded.created_at,
       expires_at = excluded.expires_at`,
    row.id,
    row.job_id,
    row.name,
    row.object_key,
    row.content_type,
    row.size_bytes,
    row.sha256,
    tx.now,
    row.expires_at,
  )

export const artifactsOf = (read: Read, job_id: string): ArtifactRow[] =>
  read.all('SELECT * FROM job_artifacts WHERE job_id = ? ORDER BY name LIMIT 1000', job_id)

/** The object of an artifact, by its name within the job. */
export const findArtifactNamed = (read: Read, job_id: string, name: string): string | undefined =>
  read.get<{ object_key: string }>(
    'SELECT object_key FROM job_artifacts WHERE job_id = ? AND name = ?',
    job_id,
    name,
  )?.object_key

export const findArtifact = (read: Read, id: string): ArtifactRow | undefined =>
  read.get(
    `SELECT a.* FROM job_artifacts a JOIN jobs j ON j.id = a.job_id
     WHERE a.id = ? AND j.organization_id = ? AND a.expires_at >= ?`,
    id,
    read.scope.organization_id,
    read.now,
  )

/** Expired artifacts; `shared`: another one of the job has the same content and lives on. */
export const expiredArtifacts = (read: Read, limit: number): (ArtifactRow & { shared: 0 | 1 })[] =>
  read.all(
    `SELECT a.*, EXISTS (SELECT 1 FROM job_artifacts b WHERE b.object_key = a.object_key
         AND b.id <> a.id AND b.expires_at >= ?) AS shared
     FROM job_artifacts a WHERE a.expires_at < ? ORDER BY a.expires_at LIMIT ?`,
    read.now,
    read.now,
    limit,
  )

export const expireArtifacts = (tx: Write, job_id: string, at: string): number =>
  tx.run(
    'UPDATE job_artifacts SET expires_at = ? WHERE job_id = ? AND expires_at > ?',
    at,
    job_id,
    at,
  )

export const deleteArtifact = (tx: Write, id: string): number =>
  tx.run('DELETE FROM job_artifacts WHERE id = ? AND expires_at < ?', id, tx.now)

/** Ended jobs without artifacts, with their logs; a bounded number at once. */
export const deleteEndedJobs = (tx: Write, before: string, limit: number): number =>
  tx.run(
    `DELETE FROM jobs WHERE id IN
       (SELECT id FROM jobs j INDEXED BY jobs_to_forget
        WHERE finished_at IS NOT NULL AND finished_at < ? AND NOT EXISTS
          (SELECT 1 FROM job_artifacts a WHERE a.job_id = j.id) LIMIT ?)`,
    before,
    limit,
  )
