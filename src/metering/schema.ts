/** Shapes of usage on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { meter_names } from '../kit/terms.ts'
import { Id, ListQuery, Nullable, OneOf, Timestamp } from '../operations/shapes.ts'

export const MeterName = OneOf(meter_names)

export const UsageRecord = Type.Object({
  id: Id('usg'),
  meter: MeterName,
  quantity: Type.Integer({ description: 'Below zero in a correction' }),
  organization_id: Nullable(Id('org', 'null for what belongs to the business as a whole')),
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
