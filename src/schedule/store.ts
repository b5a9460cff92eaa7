/** The rows of schedules, their runs, and what failed in them. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { Schedule } from './schedule.ts'
import type { Run, RunFilter } from './schema.ts'

export interface ScheduleRow {
  name: string
  summary: string
  cron: string
  timezone: string
  catch_up: 'skip' | 'once'
  next_at: string
  updated_at: string
}

export interface RunRow {
  id: string
  schedule: string
  cause: Run['cause']
  asked_by: string
  due_at: string
  state: Run['state']
  leased_by: string
  attempt_count: number
  position: string
  tenants_done: number
  tenants_failed: number
  facts: string
  error: string
  created_at: string
  started_at: string | null
  finished_at: string | null
}

export const scheduleRows = (read: Read): ScheduleRow[] =>
  read.all('SELECT * FROM schedules ORDER BY name LIMIT 1000')

export const findSchedule = (read: Read, name: string): ScheduleRow | undefined =>
  read.get('SELECT * FROM schedules WHERE name = ?', name)

export const putSchedule = (tx: Write, declared: Schedule, next_at: string): number =>
  tx.run(
    `INSERT INTO schedules (name, summary, cron, timezone, catch_up, next_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET summary = excluded.summary, cron = excluded.cron,
       timezone = excluded.timezone, catch_up = excluded.catch_up, next_at = excluded.next_at,
       updated_at = excluded.updated_at`,
    declared.name,
    declared.summary,
    declared.cron,
    declared.timezone,
    declared.catch_up,
    next_at,
    tx.now,
  )

export const setNext = (tx: Write, name: string, next_at: string): number =>
  tx.run('UPDATE schedules SET next_at = ? WHERE name = ?', next_at, name)

export const deleteSchedule = (tx: Write, name: string): number =>
  tx.run('DELETE FROM schedules WHERE name = ?', name)

export const openRun = (read: Read, schedule: string): RunRow | undefined =>
  read.get(
    `SELECT * FROM schedule_runs WHERE schedule = ? AND state IN ('queued', 'running')`,
    schedule,
  )

export const openRuns = (read: Read): RunRow[] =>
  read.all(
    `SELECT * FROM schedule_runs INDEXED BY schedule_runs_one_open
     WHERE state IN ('queued', 'running') LIMIT 1000`,
  )

export const lastRun = (read: Read, schedule: string): RunRow | undefined =>
  read.get(
    'SELECT * FROM schedule_runs WHERE schedule = ? ORDER BY created_at DESC, id DESC LIMIT 1',
    schedule,
  )

export const findRun = (read: Read, id: string): RunRow | undefined =>
  read.get('SELECT * FROM schedule_runs WHERE id = ?', id)

export const listRunRows = (read: Read, schedule: string, filter: RunFilter): Page<RunRow> =>
  listRows<RunRow>(read, filter, {
    select: '* FROM schedule_runs',
    where: [
      ['schedule = ?', schedule],
      ['state = ?', filter.state],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

export const insertRun = (
  tx: Write,
  row: Pick<RunRow, 'id' | 'schedule' | 'cause' | 'asked_by' | 'due_at'>,
): number =>
  tx.run(
    `INSERT INTO schedule_runs (id, schedule, cause, asked_by, due_at, state, created_at)
     VALUES (?, ?, ?, ?, ?, 'queued', ?)`,
    row.id,
    row.schedule,
    row.cause,
    row.asked_by,
    row.due_at,
    tx.now,
  )

export const leaseRun = (tx: Write, id: string, worker: string): number =>
  tx.run(
    `UPDATE schedule_runs SET state = 'running', leased_by = ?, attempt_count = attempt_count + 1,
       started_at = coalesce(started_at, ?) WHERE id = ?`,
    worker,
    tx.now,
    id,
  )

export const requeueRun = (tx: Write, id: string, attempts_back: number): number =>
  tx.run(
    `UPDATE schedule_runs SET state = 'queued', leased_by = '',
       attempt_count = attempt_count - ? WHERE id = ?`,
    attempts_back,
    id,
  )

export const saveProgress = (
  tx: Write,
  id: string,
  progress: Pick<RunRow, 'position' | 'tenants_done' | 'tenants_failed'>,
): number =>
  tx.run(
    'UPDATE schedule_runs SET position = ?, tenants_done = ?, tenants_failed = ? WHERE id = ?',
    progress.position,
    progress.tenants_done,
    progress.tenants_failed,
    id,
  )

export const endRun = (
  tx: Write,
  id: string,
  end: Pick<RunRow, 'state' | 'facts' | 'error'>,
): number =>
  tx.run(
    `UPDATE schedule_runs SET state = ?, facts = ?, error = ?, leased_by = '', finished_at = ?
     WHERE id = ?`,
    end.state,
    end.facts,
    end.error,
    tx.now,
    id,
  )

export interface FailureRow {
  tenant_id: string
  detail: string
  failed_at: string
}

export const insertFailure = (tx: Write, run_id: string, failure: FailureRow): number =>
  tx.run(
    `INSERT INTO schedule_failures (run_id, tenant_id, detail, failed_at) VALUES (?, ?, ?, ?)`,
    run_id,
    failure.tenant_id,
    failure.detail,
    failure.failed_at,
  )

export const failuresOf = (read: Read, run_id: string, limit: number): FailureRow[] =>
  read.all(
    `SELECT tenant_id, detail, failed_at FROM schedule_failures WHERE run_id = ?
     ORDER BY number LIMIT ?`,
    run_id,
    limit,
  )

export const deleteRunsBefore = (tx: Write, before: string, limit: number): number =>
  tx.run(
    `DELETE FROM schedule_runs WHERE id IN
       (SELECT id FROM schedule_runs INDEXED BY schedule_runs_to_forget
        WHERE finished_at IS NOT NULL AND created_at < ? LIMIT ?)`,
    before,
    limit,
  )
