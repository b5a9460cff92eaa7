/** Shapes of features, switches and rollouts on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { feature_names, feature_steps, limit_names, meter_names } from '../kit/terms.ts'
import { Closed, Id, ListQuery, Nullable, OneOf, Timestamp, Version } from '../operations/shapes.ts'
import { QuotaShape, some } from './schema.ts'

export const Feature = OneOf(feature_names)

export const FeatureAnswer = Type.Object({
  feature: Feature,
  summary: Type.String(),
  allowed: Type.Boolean(),
  decided_by: OneOf(feature_steps),
  reason: Type.String(),
  /** Asked in this order; the first that refuses decides. */
  chain: Type.Array(
    Type.Object({
      step: OneOf(feature_steps),
      answer: OneOf(['allows', 'refuses', 'silent'] as const),
      reason: Type.String(),
    }),
  ),
  /** What the plan gives of it at one time; what is not named is not limited. */
  limits: some(limit_names, Type.Integer()),
  /** What a period includes of it. */
  quotas: some(meter_names, QuotaShape),
})
export type FeatureAnswer = Static<typeof FeatureAnswer>

export const FeatureAnswers = Type.Object({ data: Type.Array(FeatureAnswer) })

const percentage = Type.Integer({ minimum: 0, maximum: 100, description: 'Share of businesses' })
const reason = Type.String({ maxLength: 500 })

export const Flag = Type.Object({
  id: Id('flg'),
  feature: Feature,
  percentage,
  reason: Type.String(),
  /** Businesses that have it by name, and that are kept out by name. */
  on_count: Type.Integer(),
  off_count: Type.Integer(),
  updated_by: Type.String(),
  version: Version,
  created_at: Timestamp,
  updated_at: Timestamp,
})
export type Flag = Static<typeof Flag>

export const NewFlag = Closed({ feature: Feature, percentage, reason: Type.Optional(reason) })
export type NewFlag = Static<typeof NewFlag>

export const FlagChange = Closed({
  percentage: Type.Optional(percentage),
  reason: Type.Optional(reason),
})
export type FlagChange = Static<typeof FlagChange>

export const FlagFilter = ListQuery({}, ['created_at', 'feature'])
export type FlagFilter = Static<typeof FlagFilter>

export const NamedTenant = Type.Object({
  tenant_id: Id('ten'),
  tenant_name: Type.String(),
  is_on: Type.Boolean(),
  set_at: Timestamp,
  set_by: Type.String(),
})
export const NamedFilter = ListQuery({}, ['tenant_id'])
export type NamedFilter = Static<typeof NamedFilter>

export const NamedParams = Type.Object({ id: Id('flg'), tenant_id: Id('ten') })
export const Naming = Closed({ is_on: Type.Boolean({ description: 'Has it, or is kept out' }) })

export const PlatformFeature = Type.Object({
  feature: Feature,
  summary: Type.String(),
  switched_off: Nullable(
    Type.Object({ reason: Type.String(), since: Timestamp, switched_by: Type.String() }),
  ),
  flag: Nullable(Flag),
})
export type PlatformFeature = Static<typeof PlatformFeature>

export const SwitchReason = Closed({ reason: Type.String({ minLength: 3, maxLength: 500 }) })
