/** Shapes of schedules and their runs on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Id, ListQuery, Nullable, OneOf, Timestamp } from '../operations/shapes.ts'

export const causes = ['schedule', 'catch_up', 'manual'] as const
export const run_states = ['queued', 'running', 'succeeded', 'failed'] as const

export const ScheduleName = Type.Object({
  name: Type.String({ pattern: '^[a-z][a-z0-9_]{0,63}$' }),
})

export const Run = Type.Object({
  id: Id('srn'),
  schedule: Type.String(),
  cause: OneOf(causes),
  asked_by: Type.String({ description: 'Empty unless somebody asked for it' }),
  due_at: Timestamp,
  state: OneOf(run_states),
  attempt_count: Type.Integer({ description: 'More than one: it was cut off and went on' }),
  tenants_done: Type.Integer(),
  tenants_failed: Type.Integer(),
  facts: Type.Record(Type.String(), Type.Unknown()),
  error: Type.String(),
  created_at: Timestamp,
  started_at: Nullable(Timestamp),
  finished_at: Nullable(Timestamp),
})
export type Run = Static<typeof Run>

export const RunDetail = Type.Composite([
  Run,
  Type.Object({
    failures: Type.Array(
      Type.Object({ tenant_id: Type.String(), detail: Type.String(), failed_at: Timestamp }),
      { description: 'The first 100' },
    ),
  }),
])
export type RunDetail = Static<typeof RunDetail>

export const ScheduleEntry = Type.Object({
  name: Type.String(),
  summary: Type.String(),
  cron: Type.String(),
  timezone: Type.String(),
  catch_up: OneOf(['skip', 'once'] as const),
  next_at: Timestamp,
  last_run: Nullable(Run),
})
export type ScheduleEntry = Static<typeof ScheduleEntry>

export const ScheduleList = Type.Object({ data: Type.Array(ScheduleEntry) })

export const RunFilter = ListQuery({ state: Type.Optional(OneOf(run_states)) }, ['created_at'])
export type RunFilter = Static<typeof RunFilter>
