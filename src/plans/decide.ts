/** Decides whether a business may use a feature: switch, requirement, plan, rollout, in this order. */
import { sha256 } from '../kit/secrets.ts'
import {
  parts_of,
  type Feature,
  type FeatureAnswer,
  type FeatureStep,
  type Refusal,
  type Terms,
} from '../kit/terms.ts'

/** All that is known about one feature of one business. */
export interface FeatureFacts {
  tenant_id: string
  feature: Feature
  switched_off: { reason: string; since: string } | undefined
  requirement: Refusal | undefined
  /** Empty without a plan. */
  plan_name: string
  /** Whether the plan has it. */
  in_plan: boolean
  override: { value: boolean; reason: string; ends_at: string | null } | undefined
  flag: { percentage: number; named: boolean | undefined } | undefined
  /** What the plan and its exceptions give. */
  terms: Pick<Terms, 'limits' | 'quotas'>
}

/** @returns the answer, and every step on the way to it */
export function decide(facts: FeatureFacts): FeatureAnswer {
  const { feature, terms } = facts
  const chain = [killSwitch(facts), requirement(facts), entitlement(facts), rollout(facts)]
  const refusing = chain.find(({ answer }) => answer === 'refuses')
  const deciding = refusing ?? chain.findLast(({ answer }) => answer === 'allows')!
  const { limits, meters } = parts_of[feature]
  return {
    feature,
    allowed: !refusing,
    decided_by: deciding.step,
    reason: deciding.reason,
    chain,
    limits: named(limits, terms.limits),
    quotas: named(meters, terms.quotas),
  }
}

const named = <N extends string, V>(names: readonly N[], from: Partial<Record<N, V>>) =>
  Object.fromEntries(
    names.flatMap((name) => (from[name] === undefined ? [] : [[name, from[name]]])),
  ) as Partial<Record<N, V>>

const step = (
  name: FeatureStep['step'],
  answer: FeatureStep['answer'],
  reason: string,
): FeatureStep => ({ step: name, answer, reason })

const killSwitch = ({ switched_off }: FeatureFacts): FeatureStep =>
  switched_off
    ? step('kill_switch', 'refuses', `Switched off for everybody: ${switched_off.reason}`)
    : step('kill_switch', 'silent', 'Not switched off.')

const requirement = ({ requirement: refusal }: FeatureFacts): FeatureStep =>
  refusal
    ? step('requirement', 'refuses', refusal.reason)
    : step('requirement', 'silent', 'Nothing that is required is past due.')

/** The plan always has a word, and an exception for this business stands above it. */
function entitlement({ plan_name, in_plan, override }: FeatureFacts): FeatureStep {
  if (override) {
    const until = override.ends_at ? ` until ${override.ends_at.slice(0, 10)}` : ''
    const word = override.value ? 'Allowed' : 'Refused'
    const reason = `${word} as an exception${until}: ${override.reason}`
    return step('plan', override.value ? 'allows' : 'refuses', reason)
  }
  if (!plan_name) return step('plan', 'allows', 'Without a plan everything may be used.')
  return in_plan
    ? step('plan', 'allows', `${plan_name} includes it.`)
    : step('plan', 'refuses', `${plan_name} does not include it: choose another plan.`)
}

function rollout({ flag, tenant_id, feature }: FeatureFacts): FeatureStep {
  if (!flag) return step('flag', 'silent', 'It is not being rolled out: everybody has it.')
  const { percentage, named } = flag
  if (named !== undefined) {
    const word = named ? 'This business has it by name.' : 'This business is kept out by name.'
    return step('flag', named ? 'allows' : 'refuses', word)
  }
  return shareOf(feature, tenant_id) < percentage
    ? step('flag', 'allows', `Rolled out to ${percentage} % of businesses, this one among them.`)
    : step('flag', 'refuses', `Rolled out to ${percentage} % of businesses, not yet to this one.`)
}

/** 0 to 99, always the same for one business and feature: a share that grows only adds. */
export const shareOf = (feature: Feature, tenant_id: string): number =>
  sha256(`${feature}\n${tenant_id}`).readUInt32BE(0) % 100
