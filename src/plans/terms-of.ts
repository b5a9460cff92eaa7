/** What a business may use by its plan, the exceptions for it, the switches and the rollouts. */
import {
  feature_names,
  type Feature,
  type FeatureAnswer,
  type Refusal,
  type Terms,
} from '../kit/terms.ts'
import type { Read } from '../db/session.ts'
import { decide } from './decide.ts'
import { entitlementsOf, without_plan } from './find.ts'
import type { Entitlements } from './schema.ts'
import { findPlanAt } from './store.ts'
import { allFlags, namedFor, switchedOff } from './store-features.ts'
import {
  findSubscription,
  overridesInForce,
  payerOf,
  timeZoneOf,
  type OverrideRow,
  type SubscriptionRow,
} from './store-subscriptions.ts'

/** What stands against a business from elsewhere: requirements that are past due. */
export type Refusals = Partial<Record<Feature, Refusal>>

export interface TermsInFull {
  terms: Terms
  answers: FeatureAnswer[]
}

const everything: Entitlements = {
  features: [...feature_names],
  limits: {},
  quotas: {},
  overage: {},
  rates: {},
  highlights: [],
}

/** Reads the platform's file. */
export function termsOf(read: Read, tenant_id: string, required: Refusals): TermsInFull {
  const payer_id = payerOf(read, tenant_id)
  const subscription = findSubscription(read, payer_id)
  const { plan, entitlements } = planOf(read, subscription)
  const overrides = overridesInForce(read, payer_id)
  const given = {
    limits: overridden('limit', entitlements.limits, overrides),
    quotas: overridden('quota', entitlements.quotas, overrides),
  }
  const plan_name = subscription ? plan.name : ''
  const answers = answersOf(read, tenant_id, {
    plan_name,
    entitlements,
    overrides,
    given,
    required,
  })
  const terms: Terms = {
    plan: { code: plan.code, name: plan.name },
    refusals: refusalsIn(answers),
    ...given,
    rates: overridden('rate', entitlements.rates, overrides),
    is_paying: isPaying(read, subscription),
    time_zone: timeZoneOf(read, tenant_id),
    period_day: subscription?.period_day ?? 1,
  }
  return { terms, answers }
}

function planOf(read: Read, subscription: SubscriptionRow | undefined) {
  if (!subscription) return { plan: without_plan, entitlements: everything }
  const plan = findPlanAt(read, subscription.plan_id, subscription.revision)!
  return { plan, entitlements: entitlementsOf(plan) }
}

/** Who tries a plan pays as before. Without a plan nobody is asked to pay, and nobody stands back. */
function isPaying(read: Read, subscription: SubscriptionRow | undefined): boolean {
  if (!subscription) return true
  const { is_trial, plan_id, revision, next_plan_id, next_revision } = subscription
  const price = is_trial
    ? findPlanAt(read, next_plan_id!, next_revision!)?.price_minor
    : findPlanAt(read, plan_id, revision)?.price_minor
  return price !== 0
}

/** An exception stands in the place of what the plan says; null takes it away. */
export function overridden<T extends object>(
  kind: OverrideRow['kind'],
  given: T,
  overrides: readonly OverrideRow[],
): T {
  const changed = overrides.filter((each) => each.kind === kind)
  const all = { ...given, ...Object.fromEntries(changed.map(valueOf)) }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as T
}

const valueOf = ({ name, value }: OverrideRow): [string, unknown] => [name, JSON.parse(value)]

interface Sources {
  plan_name: string
  entitlements: Entitlements
  overrides: readonly OverrideRow[]
  given: Pick<Terms, 'limits' | 'quotas'>
  required: Refusals
}

function answersOf(read: Read, tenant_id: string, sources: Sources): FeatureAnswer[] {
  const { plan_name, entitlements, overrides, given, required } = sources
  const off = new Map(switchedOff(read).map((row) => [row.feature, row]))
  const flags = new Map(allFlags(read).map((row) => [row.feature, row]))
  const named = new Map(namedFor(read, tenant_id).map((row) => [row.flag_id, row.is_on === 1]))
  return feature_names.map((feature) => {
    const flag = flags.get(feature)
    const override = overrides.find(({ kind, name }) => kind === 'feature' && name === feature)
    return decide({
      tenant_id,
      feature,
      switched_off: off.get(feature),
      requirement: required[feature],
      plan_name,
      in_plan: entitlements.features.includes(feature),
      override: override && { ...override, value: JSON.parse(override.value) === true },
      flag: flag && { percentage: flag.percentage, named: named.get(flag.id) },
      terms: given,
    })
  })
}

const refusalsIn = (answers: readonly FeatureAnswer[]): Terms['refusals'] =>
  Object.fromEntries(
    answers
      .filter(({ allowed }) => !allowed)
      .map(({ feature, decided_by, reason }) => [feature, { decided_by, reason }]),
  )
