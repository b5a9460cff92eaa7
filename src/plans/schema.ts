/** Shapes of plans, subscriptions and exceptions on the wire. */
import { Type, type Static, type TSchema } from '@sinclair/typebox'
import { feature_names, limit_names, meter_names } from '../kit/terms.ts'
import {
  Closed,
  Id,
  IdParam,
  ListQuery,
  MoneyShape,
  Name,
  Note,
  Nullable,
  OneOf,
  Timestamp,
  Version,
} from '../operations/shapes.ts'

/** An object in which each of these names may stand. */
export const some = <N extends string, S extends TSchema>(names: readonly N[], shape: S) =>
  Type.Unsafe<Partial<Record<N, Static<S>>>>(
    Closed(Object.fromEntries(names.map((name) => [name, Type.Optional(shape)]))),
  )

const count = (maximum: number) => Type.Integer({ minimum: 0, maximum })

export const QuotaShape = Closed({
  included: Type.Integer({ minimum: 1, maximum: 1_000_000_000_000_000 }),
  hard: Type.Boolean({ description: 'Refused beyond it; otherwise it is only told' }),
})

/** Rates are rounded to a thousandth of a request a second. */
export const RateShape = Closed({
  per_second: Type.Number({ minimum: 0.001, maximum: 1_000_000 }),
  burst: Type.Integer({ minimum: 1, maximum: 1_000_000 }),
})

const Overage = Closed({
  per: Type.Integer({ minimum: 1, description: 'So many units …' }),
  amount: Type.Integer({ minimum: 0, description: '… cost so many minor units' }),
})

export const rate_levels = ['token', 'organization', 'tenant'] as const

export const Entitlements = Closed({
  features: Type.Array(OneOf(feature_names), { maxItems: 100, uniqueItems: true }),
  limits: some(limit_names, count(1_000_000)),
  quotas: some(meter_names, QuotaShape),
  overage: some(meter_names, Overage),
  rates: some(rate_levels, RateShape),
  highlights: Type.Array(Type.String({ minLength: 1, maxLength: 120 }), {
    maxItems: 20,
    description: 'What people do for those on it: lines for the price list',
  }),
})
export type Entitlements = Static<typeof Entitlements>

const Code = Type.String({
  pattern: '^[a-z0-9][a-z0-9_]{0,39}$',
  description: 'Small letters, digits and underscores',
})

const Price = Closed({
  amount: Type.Integer({ minimum: 0, maximum: 1_000_000_000, description: 'Minor units' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
})

const offer = {
  name: Name,
  summary: Type.String({ maxLength: 300 }),
  price: Nullable(Price),
  interval: OneOf(['month', 'year'] as const),
  trial_days: Type.Integer({ minimum: 0, maximum: 365 }),
}
const place = {
  family: Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'The list it stands on' }),
  position: Type.Integer({ minimum: 0, maximum: 1_000 }),
  is_public: Type.Boolean(),
  is_self_service: Type.Boolean({ description: 'A business may choose it by itself' }),
}

export const Plan = Type.Object({
  id: Id('pln'),
  code: Type.String(),
  ...place,
  state: OneOf(['draft', 'active', 'retired'] as const),
  revision: Type.Integer({
    description: 'Those who came earlier keep theirs until they are moved',
  }),
  ...offer,
  entitlements: Entitlements,
  subscribers: Type.Integer(),
  /** Of those, how many are on an earlier revision. */
  subscribers_behind: Type.Integer(),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Plan = Static<typeof Plan>

export const NewPlan = Closed({
  code: Code,
  ...place,
  ...offer,
  entitlements: Entitlements,
})
export type NewPlan = Static<typeof NewPlan>

export const PlanChange = Type.Partial(Closed({ ...place, ...offer, entitlements: Entitlements }), {
  additionalProperties: false,
})
export type PlanChange = Static<typeof PlanChange>

export const PlanFilter = ListQuery(
  {
    state: Type.Optional(OneOf(['draft', 'active', 'retired'] as const)),
    family: Type.Optional(Type.String({ maxLength: 40 })),
    search: Type.Optional(Type.String({ maxLength: 100, description: 'Part of name or code' })),
  },
  ['created_at', 'code'],
)
export type PlanFilter = Static<typeof PlanFilter>

export const PlanRevision = Type.Object({
  revision: Type.Integer(),
  ...offer,
  entitlements: Entitlements,
  subscribers: Type.Integer(),
  created_by: Type.String(),
  created_at: Timestamp,
})
export type PlanRevision = Static<typeof PlanRevision>

export const PlanHead = Type.Object({
  id: Nullable(Id('pln')),
  code: Type.String(),
  name: Type.String(),
  revision: Nullable(Type.Integer()),
  price: Nullable(MoneyShape),
  interval: Nullable(OneOf(['month', 'year'] as const)),
})
export type PlanHead = Static<typeof PlanHead>

/** Which plan counts now, since when, and what follows it. */
export const Subscription = Type.Object({
  tenant_id: Id('ten'),
  plan: PlanHead,
  is_trial: Type.Boolean(),
  from_at: Nullable(Timestamp),
  period_day: Type.Integer({ minimum: 1, maximum: 31 }),
  next: Nullable(Type.Object({ plan: PlanHead, at: Timestamp })),
  trial_used: Type.Boolean(),
})
export type Subscription = Static<typeof Subscription>

export const PastSubscription = Type.Object({
  id: Id('sub'),
  plan: Type.Object({ id: Id('pln'), code: Type.String(), name: Type.String() }),
  revision: Type.Integer(),
  is_trial: Type.Boolean(),
  from_at: Timestamp,
  until_at: Nullable(Timestamp),
  changed_by: Type.Object({ kind: Type.String(), id: Type.String(), name: Type.String() }),
  reason: Type.String(),
})
export type PastSubscription = Static<typeof PastSubscription>

export const HistoryFilter = ListQuery({}, ['from_at'])
export type HistoryFilter = Static<typeof HistoryFilter>

export const OverrideFilter = ListQuery({}, ['created_at'])
export type OverrideFilter = Static<typeof OverrideFilter>

export const TenantParam = IdParam('ten')

export const Assignment = Closed({
  plan: Type.String({ maxLength: 40, description: 'Code of the plan' }),
  when: Type.Optional(OneOf(['now', 'period_end'] as const, 'At once unless told')),
  reason: Type.Optional(Note),
})
export type Assignment = Static<typeof Assignment>

const reason = Type.String({ minLength: 3, maxLength: 500 })

export const Reason = Closed({ reason })

/** One business differs from its plan in one thing. */
const exceptions = {
  value: Type.Union(
    [Type.Boolean(), Type.Null(), Type.Integer({ minimum: 0 }), QuotaShape, RateShape],
    {
      description:
        'Feature: true or false. Limit: a number. Quota: {included, hard}. Rate: {per_second, burst}. ' +
        'Null takes a limit, a quota or a rate away.',
    },
  ),
}
const OverrideKind = OneOf(['feature', 'limit', 'quota', 'rate'] as const)

export const NewOverride = Closed({
  kind: OverrideKind,
  name: Type.String({ maxLength: 60, description: 'Of the feature, limit, meter or level' }),
  ...exceptions,
  reason,
  ends_at: Type.Optional(Nullable(Timestamp)),
})
export type NewOverride = Static<typeof NewOverride>

export const Override = Type.Object({
  id: Id('ovr'),
  tenant_id: Id('ten'),
  kind: OverrideKind,
  name: Type.String(),
  ...exceptions,
  reason: Type.String(),
  ends_at: Nullable(Timestamp),
  created_by: Type.String(),
  created_at: Timestamp,
})
export type Override = Static<typeof Override>

/** More of something than a plan gives. */
const Excess = Type.Object({
  limit: OneOf(limit_names),
  summary: Type.String(),
  allowed: Type.Integer(),
  current: Type.Integer(),
})
export type Excess = Static<typeof Excess>

export const OwnPlan = Type.Object({
  ...Subscription.properties,
  period: Type.Object({ starts_at: Timestamp, ends_at: Timestamp }),
  /** Null: all of them. */
  features: Nullable(Type.Array(OneOf(feature_names))),
  highlights: Type.Array(Type.String()),
  limits: Type.Array(
    Type.Object({
      limit: OneOf(limit_names),
      summary: Type.String(),
      allowed: Nullable(Type.Integer()),
      current: Type.Integer(),
    }),
  ),
  meters: Type.Array(
    Type.Object({
      meter: OneOf(meter_names),
      summary: Type.String(),
      unit: Type.String(),
      used: Type.Integer(),
      quota: Nullable(QuotaShape),
      overage: Nullable(Overage),
    }),
  ),
  rates: some(rate_levels, RateShape),
  can_try: Nullable(Type.Object({ plan: PlanHead, days: Type.Integer() })),
})
export type OwnPlan = Static<typeof OwnPlan>

const PublicPlan = Type.Object({
  ...PlanHead.properties,
  family: Type.String(),
  position: Type.Integer(),
  summary: Type.String(),
  trial_days: Type.Integer(),
  entitlements: Entitlements,
})
/** A plan as a stranger sees it. */
export type PublicPlan = Static<typeof PublicPlan>

export const OfferedPlan = Type.Object({
  ...PublicPlan.properties,
  change: OneOf(['current', 'upgrade', 'downgrade', 'by_operator'] as const),
  /** What stands in the way of a downgrade. */
  over: Type.Array(Excess),
})
export type OfferedPlan = Static<typeof OfferedPlan>

export const Choice = Closed({
  plan: Type.String({ minLength: 1, maxLength: 40, description: 'Code of the plan' }),
})
