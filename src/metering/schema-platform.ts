/** Shapes of usage as the operator sees it. */
import { Type, type Static } from '@sinclair/typebox'
import { CalendarDate, Closed, Id, ListQuery, OneOf, Timestamp } from '../operations/shapes.ts'
import { meter_names } from '../kit/terms.ts'
import { MeterName, MeterUsage, Usage } from './schema.ts'

export const TenantUsage = Type.Object({
  tenant_id: Id('ten'),
  name: Type.String(),
  ...Type.Pick(MeterUsage, [
    'meter',
    'unit',
    'used',
    'included',
    'is_hard',
    'share_percent',
    'projected',
    'projected_from_days',
  ]).properties,
  plan_code: Type.String(),
  period_starts_at: Timestamp,
  period_ends_at: Timestamp,
  measured_at: Timestamp,
})
export type TenantUsage = Static<typeof TenantUsage>

/** What one business used, for who is not in it. */
export const BusinessUsage = Type.Object({
  tenant_id: Id('ten'),
  name: Type.String(),
  ...Usage.properties,
})
export type BusinessUsage = Static<typeof BusinessUsage>

export const TenantUsageFilter = ListQuery(
  {
    meter: MeterName,
    share_from: Type.Optional(
      Type.Integer({ minimum: 0, description: 'At least this percentage of what is included' }),
    ),
  },
  ['used'],
)
export type TenantUsageFilter = Static<typeof TenantUsageFilter>

export const PlatformDaysAsked = Closed({
  meter: MeterName,
  from: Type.Optional(CalendarDate),
  to: Type.Optional(Type.String({ format: 'date', description: 'This day included' })),
})
export type PlatformDaysAsked = Static<typeof PlatformDaysAsked>

export const PlatformDays = Type.Object({
  meter: MeterName,
  unit: Type.String(),
  points: Type.Array(
    Type.Object({
      day: Type.String({ format: 'date', description: 'Of each business’s own calendar' }),
      quantity: Type.Integer(),
      tenants: Type.Integer({ description: 'How many businesses it is from' }),
    }),
  ),
})
export type PlatformDays = Static<typeof PlatformDays>

const counters = meter_names.filter((name) => name !== 'storage_bytes' && name !== 'seats')
const most = 1_000_000_000_000

export const Correction = Closed({
  meter: OneOf(counters, 'A counter: a gauge is read anew every hour'),
  quantity: Type.Integer({
    minimum: -most,
    maximum: most,
    description: 'Added to the usage; below zero it is taken away',
  }),
  reason: Type.String({ minLength: 10, maxLength: 500 }),
  organization_id: Type.Optional(Id('org')),
  day: Type.Optional(
    Type.String({
      format: 'date',
      description: 'Of the business’s calendar, on which it is to count; now unless told',
    }),
  ),
})
export type Correction = Static<typeof Correction>
