/** Shapes of usage on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Job } from '../jobs/schema.ts'
import { meter_names } from '../kit/terms.ts'
import {
  CalendarDate,
  Closed,
  Id,
  ListQuery,
  Nullable,
  OneOf,
  Timestamp,
} from '../operations/shapes.ts'

export const MeterName = OneOf(meter_names)

export const UsageRecord = Type.Object({
  id: Id('usg'),
  meter: MeterName,
  quantity: Type.Integer({ description: 'Below zero in a correction' }),
  organization_id: Nullable(Id('org', 'null for what belongs to the business as a whole')),
  organization_name: Nullable(Type.String()),
  subject_id: Nullable(Type.String({ description: 'The token, shipment, endpoint or job' })),
  occurred_at: Timestamp,
  recorded_at: Timestamp,
  plan_code: Type.String({ description: 'The plan in force when it was recorded' }),
  is_late: Type.Boolean({ description: 'It came when its period was over already' }),
  reason: Nullable(Type.String({ description: 'Of a correction' })),
  corrected_by: Nullable(Type.String()),
})
export type UsageRecord = Static<typeof UsageRecord>

const filters = {
  meter: Type.Optional(MeterName),
  subject_id: Type.Optional(Type.String({ maxLength: 100 })),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
}

export const OwnUsageFilter = ListQuery(filters, ['occurred_at'])
export const UsageFilter = ListQuery({ ...filters, organization_id: Type.Optional(Id('org')) }, [
  'occurred_at',
])
export type UsageFilter = Static<typeof UsageFilter>

/** What a quota of this meter says, and how near it is. */
export const MeterUsage = Type.Object({
  meter: MeterName,
  kind: OneOf(['counter', 'gauge'] as const),
  unit: Type.String(),
  summary: Type.String(),
  used: Type.Integer({ description: 'A counter: the sum. A gauge: the latest reading' }),
  highest: Nullable(
    Type.Integer({ description: 'Of a gauge: its highest reading; null before the first' }),
  ),
  included: Nullable(Type.Integer({ description: 'null when the plan sets no quota' })),
  is_hard: Type.Boolean({ description: 'Refused beyond what is included; otherwise only told' }),
  share_percent: Nullable(Type.Integer({ description: 'Of what is included, rounded down' })),
  projected: Nullable(
    Type.Integer({
      description: 'At the end of the period, at the pace of the last days; null for a gauge',
    }),
  ),
  projected_from_days: Nullable(
    Type.Integer({ description: 'How many days the pace rests on: 7, or as many as there are' }),
  ),
  resets_at: Nullable(Timestamp),
})
export type MeterUsage = Static<typeof MeterUsage>

export const UsagePeriod = Type.Object({
  starts_at: Timestamp,
  ends_at: Timestamp,
  time_zone: Type.String(),
  is_current: Type.Boolean(),
})

export const UsageAlert = Type.Object({
  meter: MeterName,
  threshold_percent: Type.Integer({ description: '50, 80 or 100' }),
  used: Type.Integer(),
  included: Type.Integer(),
  reached_at: Timestamp,
})

export const Usage = Type.Object({
  period: UsagePeriod,
  plan_code: Type.String({ description: 'Empty while none is known' }),
  plan_name: Type.String(),
  meters: Type.Array(MeterUsage),
  alerts: Type.Array(UsageAlert, { description: 'Shares of quotas that were reached' }),
})
export type Usage = Static<typeof Usage>

export const UsageAsked = Closed({
  period: Type.Optional(OneOf(['current', 'previous'] as const, 'The current one unless told')),
  from: Type.Optional(CalendarDate),
  to: Type.Optional(Type.String({ format: 'date', description: 'This day included' })),
})
export type UsageAsked = Static<typeof UsageAsked>

export const SeriesAsked = Closed({
  meter: MeterName,
  by: Type.Optional(OneOf(['day', 'hour'] as const, 'Days of your zone, or hours of UTC')),
  from: Type.Optional(CalendarDate),
  to: Type.Optional(Type.String({ format: 'date', description: 'This day included' })),
})
export type SeriesAsked = Static<typeof SeriesAsked>

export const most_points = 400

export const Series = Type.Object({
  meter: MeterName,
  unit: Type.String(),
  by: OneOf(['day', 'hour'] as const),
  time_zone: Type.String(),
  points: Type.Array(
    Type.Object({
      starts_at: Timestamp,
      day: CalendarDate,
      quantity: Type.Integer({ description: 'A gauge: its last reading in this time' }),
    }),
    { maxItems: most_points },
  ),
})
export type Series = Static<typeof Series>

/** A file of lines that was asked for. */
export const UsageExport = Type.Object({
  id: Id('job'),
  state: Job.properties.state,
  lines: Nullable(Type.Integer({ description: 'null until it is made' })),
  error: Job.properties.error,
  asked_by: Type.String(),
  created_at: Timestamp,
  file: Nullable(
    Type.Object({ size_bytes: Type.Integer(), sha256: Type.String(), expires_at: Timestamp }),
  ),
})
export type UsageExport = Static<typeof UsageExport>

export const UsageExportFilter = ListQuery({}, ['created_at'])
export type UsageExportFilter = Static<typeof UsageExportFilter>
