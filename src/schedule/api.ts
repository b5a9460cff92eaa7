/** What the operator can ask of the schedule. */
import { Type } from '@sinclair/typebox'
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { getRun, getSchedule, listRuns, listSchedules } from './read.ts'
import { runNow } from './run-now.ts'
import { Run, RunDetail, RunFilter, ScheduleEntry, ScheduleList, ScheduleName } from './schema.ts'

export const schedulesList = reading(
  {
    id: 'schedules.list',
    route: 'GET /v1/platform/schedules',
    level: 'platform',
    permission: 'schedules.read',
    summary: 'List what runs by the clock, with its last run and its next time',
    query: Type.Object({}, { additionalProperties: false }),
    reply: ScheduleList,
  },
  listSchedules,
)

export const schedulesGet = reading(
  {
    id: 'schedules.get',
    route: 'GET /v1/platform/schedules/:name',
    level: 'platform',
    permission: 'schedules.read',
    summary: 'Get a schedule',
    params: ScheduleName,
    reply: ScheduleEntry,
  },
  getSchedule,
)

export const schedulesRun = writing(
  {
    id: 'schedules.run',
    route: 'POST /v1/platform/schedules/:name/run',
    level: 'platform',
    permission: 'schedules.run',
    summary: 'Run a schedule now',
    params: ScheduleName,
    reply: Run,
    status: 202,
    problems: ['schedule_running'],
  },
  runNow,
)

export const scheduleRunsList = reading(
  {
    id: 'schedule_runs.list',
    route: 'GET /v1/platform/schedules/:name/runs',
    level: 'platform',
    permission: 'schedules.read',
    summary: 'List the runs of a schedule, the latest first',
    params: ScheduleName,
    query: RunFilter,
    reply: PageOf(Run),
  },
  listRuns,
)

export const scheduleRunsGet = reading(
  {
    id: 'schedule_runs.get',
    route: 'GET /v1/platform/schedule_runs/:id',
    level: 'platform',
    permission: 'schedules.read',
    summary: 'Get a run with the businesses for which it failed',
    params: IdParam('srn'),
    reply: RunDetail,
  },
  getRun,
)

export const api = [schedulesList, schedulesGet, schedulesRun, scheduleRunsList, scheduleRunsGet]
