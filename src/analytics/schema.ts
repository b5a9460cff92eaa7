/** Shapes of what the operator sees of the platform and of one business. */
import { Type, type Static } from '@sinclair/typebox'
import {
  CalendarDate,
  Closed,
  Id,
  MoneyShape,
  Nullable,
  OneOf,
  Timestamp,
} from '../operations/shapes.ts'
import { statuses } from '../tenants/schema.ts'

export const metrics = [
  'api_calls',
  'shipments',
  'orders',
  'revenue',
  'organizations',
  'active_users',
] as const
export type Metric = (typeof metrics)[number]

export const Period = Type.String({
  pattern: '^([1-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9]|36[0-6])d$',
  default: '30d',
  description: 'Days up to today, in the time zone of the business: 7d, 30d, at most 366d',
})

export const AnalyticsQuery = Closed({
  period: Type.Optional(Period),
  metrics: Type.Optional(
    Type.Array(OneOf(metrics), { minItems: 1, maxItems: metrics.length, uniqueItems: true }),
  ),
})

const Series = Type.Object({
  total: Type.Integer(),
  /** Of as many days before. */
  previous: Type.Integer(),
  days: Type.Array(Type.Object({ day: CalendarDate, value: Type.Integer() })),
})
export type Series = Static<typeof Series>

const Count = Type.Object({ total: Type.Integer() })

/** What labels cost, in each currency that was charged. */
const Revenue = Type.Object({
  totals: Type.Array(MoneyShape),
  previous: Type.Array(MoneyShape),
  days: Type.Array(Type.Object({ day: CalendarDate, totals: Type.Array(MoneyShape) })),
})

export const TenantAnalytics = Type.Object({
  tenant_id: Id('ten'),
  period: Type.String(),
  time_zone: Type.String(),
  /** The days are whole, but for the last one. */
  from: Timestamp,
  until: Timestamp,
  metrics: Type.Object({
    api_calls: Type.Optional(Series),
    shipments: Type.Optional(Series),
    orders: Type.Optional(Series),
    revenue: Type.Optional(Revenue),
    organizations: Type.Optional(Count),
    active_users: Type.Optional(Count),
  }),
})
export type TenantAnalytics = Static<typeof TenantAnalytics>

export const attention_kinds = [
  'in_maintenance',
  'restricted',
  'suspended',
  'closing',
  'mail_failed',
  'schedule_failed',
] as const
export type AttentionKind = (typeof attention_kinds)[number]

const Day = Type.Object({ day: CalendarDate, value: Type.Integer() })

export const Overview = Type.Object({
  tenants: Type.Object({
    total: Type.Integer(),
    by_status: Type.Array(Type.Object({ status: OneOf(statuses), count: Type.Integer() })),
    founded: Type.Array(Day),
  }),
  /** As far as it was copied from the files of the businesses, see `measured_at`. */
  usage: Type.Object({
    measured_at: Nullable(Timestamp),
    api_calls: Type.Array(Day),
    shipments: Type.Array(Day),
    busiest: Type.Array(
      Type.Object({
        tenant_id: Id('ten'),
        name: Type.String(),
        api_calls: Type.Integer(),
        shipments: Type.Integer(),
      }),
    ),
  }),
  attention: Type.Array(Type.Object({ kind: OneOf(attention_kinds), count: Type.Integer() })),
})
export type Overview = Static<typeof Overview>

export const check_states = ['good', 'warning', 'bad'] as const

export const Health = Type.Object({
  state: OneOf(check_states),
  checks: Type.Array(
    Type.Object({ name: Type.String(), state: OneOf(check_states), detail: Type.String() }),
  ),
  started_at: Timestamp,
  memory_bytes: Type.Integer(),
  open_files: Type.Integer(),
  maintenance: Type.Array(Type.Object({ tenant_id: Id('ten'), reason: Type.String() })),
  copies: Nullable(
    Type.Object({
      running: Type.Boolean(),
      restarts: Type.Integer(),
      lag_ms: Type.Integer(),
      behind: Type.Array(
        Type.Object({
          tenant_id: Id('ten'),
          lag_ms: Nullable(Type.Integer()),
          last_sync_at: Nullable(Timestamp),
          error: Nullable(Type.String()),
        }),
      ),
    }),
  ),
})
export type Health = Static<typeof Health>
