/** Looks schedules up: when each ran last, how that went, and when it runs next. */
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { Run, RunDetail, RunFilter, ScheduleEntry } from './schema.ts'
import {
  failuresOf,
  findRun,
  findSchedule,
  lastRun,
  listRunRows,
  scheduleRows,
  type RunRow,
  type ScheduleRow,
} from './store.ts'

const shown_failures = 100

export const listSchedules = (read: Read, _input: object) => ({
  data: scheduleRows(read).map((row) => toEntry(read, row)),
})

/** @throws Problem `not_found` */
export function getSchedule(read: Read, { name }: { name: string }): ScheduleEntry {
  const row = findSchedule(read, name)
  if (!row) throw notFound('schedule', name)
  return toEntry(read, row)
}

/** @throws Problem `not_found` */
export function listRuns(read: Read, { name, ...filter }: RunFilter & { name: string }) {
  getSchedule(read, { name })
  const { rows, ...rest } = listRunRows(read, name, filter)
  return { data: rows.map(toRun), ...rest }
}

/** @throws Problem `not_found` */
export function getRun(read: Read, { id }: { id: string }): RunDetail {
  const row = findRun(read, id)
  if (!row) throw notFound('run', id)
  return { ...toRun(row), failures: failuresOf(read, id, shown_failures) }
}

function toEntry(read: Read, row: ScheduleRow): ScheduleEntry {
  const last = lastRun(read, row.name)
  return {
    name: row.name,
    summary: row.summary,
    cron: row.cron,
    timezone: row.timezone,
    catch_up: row.catch_up,
    next_at: row.next_at,
    last_run: last ? toRun(last) : null,
  }
}

export const toRun = (row: RunRow): Run => ({
  id: row.id,
  schedule: row.schedule,
  cause: row.cause,
  asked_by: row.asked_by,
  due_at: row.due_at,
  state: row.state,
  attempt_count: row.attempt_count,
  tenants_done: row.tenants_done,
  tenants_failed: row.tenants_failed,
  facts: JSON.parse(row.facts) as Record<string, unknown>,
  error: row.error,
  created_at: row.created_at,
  started_at: row.started_at,
  finished_at: row.finished_at,
})
