/** What a business does about its plan by itself: sees it, compares, changes, tries the next one. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { Problem, notFound } from '../kit/problem.ts'
import { limit_names, limits, meter_names, meters } from '../kit/terms.ts'
import type { Scope } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import { periodAt, toTimes } from '../metering/period.ts'
import { usedIn } from '../metering/total.ts'
import type { Beside, Outward } from '../operations/outward.ts'
import { keepPlan, requireSubscription, tellChange, wait } from './assign.ts'
import { excessOf, isUpgrade, paidPlan, type Counts } from './compare.ts'
import { entitlementsOf, headOf, priceOf } from './find.ts'
import type { OfferedPlan, OwnPlan, PublicPlan, Subscription } from './schema.ts'
import { findPlanAt, findPlanWithCode, plansOnOffer, type PlanRow } from './store.ts'
import { countsOf } from './store-counts.ts'
import { findSubscription, findTrial, payerOf } from './store-subscriptions.ts'
import { place } from './subscribe.ts'
import { subscriptionOf } from './subscription.ts'
import { termsOf } from './terms-of.ts'

/** The platform's rows belong to no organization; whose business it is stays with the scope. */
const onPlatform = (scope: Scope): Scope => ({ ...scope, organization_id: '' })

/** The plan, what it includes, and how much of that is used. */
export function getOwnPlan(read: Read, _: object, { data }: Beside): OwnPlan {
  return data.platform.read(onPlatform(read.scope), (platform) =>
    planInUse(read, platform, read.scope.tenant_id),
  )
}

/** @param read the tenant's file */
export function planInUse(read: Read, platform: Read, tenant_id: string): OwnPlan {
  const { terms } = termsOf(platform, tenant_id, {})
  const payer_id = payerOf(platform, tenant_id)
  const row = findSubscription(platform, payer_id)
  const plan = row && findPlanAt(platform, row.plan_id, row.revision)
  const entitlements = plan && entitlementsOf(plan)
  const counts = countsOf(read, platform, tenant_id)
  const period = periodAt(read.now_ms, terms)
  const next = payer_id === tenant_id ? nextToTry(platform, tenant_id) : undefined
  return {
    ...subscriptionOf(platform, payer_id),
    tenant_id,
    period: toTimes(period),
    features: entitlements?.features ?? null,
    highlights: entitlements?.highlights ?? [],
    limits: limit_names.map((limit) => ({
      limit,
      summary: limits[limit],
      allowed: terms.limits[limit] ?? null,
      current: counts[limit],
    })),
    meters: meter_names.map((meter) => ({
      meter,
      summary: meters[meter].summary,
      unit: meters[meter].unit,
      used: usedIn(read, { meter, organization_id: undefined }, period),
      quota: terms.quotas[meter] ?? null,
      overage: entitlements?.overage[meter] ?? null,
    })),
    rates: terms.rates,
    can_try: next ? { plan: headOf(next), days: next.trial_days } : null,
  }
}

/** A plan as it stands on the price list. */
const onList = (plan: PlanRow) => ({
  ...headOf(plan),
  family: plan.family,
  position: plan.position,
  summary: plan.summary,
  price: priceOf(plan),
  trial_days: plan.trial_days,
  entitlements: entitlementsOf(plan),
})

/** What anybody may see, as it is offered to newcomers. */
export const listPublic = (platform: Read): PublicPlan[] => plansOnOffer(platform).map(onList)

/** The public plans beside one's own, each with what choosing it means. */
export function listOffered(read: Read, _: object, { data }: Beside): { data: OfferedPlan[] } {
  const { tenant_id } = read.scope
  return data.platform.read(onPlatform(read.scope), (platform) => {
    const counts = countsOf(read, platform, tenant_id)
    const row = findSubscription(platform, payerOf(platform, tenant_id))
    const paid = row && paidPlan(platform, row)
    return {
      data: plansOnOffer(platform).map((plan) => ({
        ...onList(plan),
        change: changeTo(plan, paid),
        over: excessOf(platform, tenant_id, plan, counts),
      })),
    }
  })
}

function changeTo(plan: PlanRow, paid: PlanRow | undefined): OfferedPlan['change'] {
  if (paid?.id === plan.id) return 'current'
  if (!paid || !plan.is_self_service) return 'by_operator'
  return isUpgrade(paid, plan) ? 'upgrade' : 'downgrade'
}

/**
 * A plan that costs at least as much begins at once, a cheaper one when the period ends.
 * Choosing the plan that counts already changes nothing, so that a retry is safe.
 * @throws Problem `not_found`, `plan_not_self_service`, `over_plan_limits`, `conflict` without a plan
 */
export async function changeOwnPlan(
  outward: Outward,
  { plan: code }: { plan: string },
): Promise<Subscription> {
  const counts = countsNow(outward)
  return outward.data.platform.write(onPlatform(outward.scope), (tx) => {
    const { tenant_id } = outward
    const row = requireSubscription(tx, tenant_id)
    const plan = getChoosable(tx, code)
    if (row.plan_id === plan.id && !row.is_trial) {
      return row.next_at ? keepPlan(tx, { id: tenant_id }) : subscriptionOf(tx, tenant_id)
    }
    const at_once = isUpgrade(paidPlan(tx, row), plan)
    if (!at_once) requireWithin(tx, tenant_id, plan, counts)
    return tellChange(tx, tenant_id, '', () => {
      if (at_once) place(tx, tenant_id, plan, { reason: 'Chosen by the business.' })
      else wait(tx, tenant_id, row, plan)
    })
  })
}

/**
 * Tries the next plan of the list for as long as it offers; then the plan before counts again.
 * @throws Problem `trial_used`, `conflict` when there is no next plan to try
 */
export async function tryNextPlan(outward: Outward): Promise<Subscription> {
  return outward.data.platform.write(onPlatform(outward.scope), (tx) => {
    const { tenant_id } = outward
    const row = requireSubscription(tx, tenant_id)
    if (findTrial(tx, tenant_id)) {
      throw new Problem('trial_used', 'This business has tried a plan already.')
    }
    const plan = nextToTry(tx, tenant_id)
    if (!plan) throw new Problem('conflict', 'There is no next plan that can be tried.')
    const next = {
      next_plan_id: row.next_plan_id ?? row.plan_id,
      next_revision: row.next_revision ?? row.revision,
      next_at: timestamp(tx.now_ms + plan.trial_days * day_ms),
    }
    return tellChange(tx, tenant_id, '', () =>
      place(tx, tenant_id, plan, { reason: 'Tried by the business.', is_trial: true, next }),
    )
  })
}

/** @throws Problem `conflict` when nothing is to follow */
export const keepOwnPlan = (outward: Outward): Promise<Subscription> =>
  outward.data.platform.write(onPlatform(outward.scope), (tx) =>
    keepPlan(tx, { id: outward.tenant_id }),
  )

/** The first plan after one's own on its list that offers a trial; none for who tried before. */
function nextToTry(read: Read, tenant_id: string): PlanRow | undefined {
  const row = findSubscription(read, tenant_id)
  if (!row || findTrial(read, tenant_id)) return undefined
  const { family, position } = findPlanAt(read, row.plan_id, row.revision)!
  return plansOnOffer(read).find(
    (plan) =>
      plan.family === family &&
      plan.position > position &&
      plan.trial_days > 0 &&
      plan.is_self_service,
  )
}

const countsNow = ({ data, scope, tenant_id, read }: Outward): Counts =>
  read((tenant) =>
    data.platform.read(onPlatform(scope), (platform) => countsOf(tenant, platform, tenant_id)),
  )

/** What is not on the price list is not there for a business. */
function getChoosable(tx: Write, code: string): PlanRow {
  const plan = findPlanWithCode(tx, code)
  if (plan?.state !== 'active' || !plan.is_public) throw notFound('plan', code)
  if (plan.is_self_service) return plan
  throw new Problem('plan_not_self_service', `${plan.name} is agreed with the operator.`)
}

function requireWithin(tx: Write, tenant_id: string, plan: PlanRow, counts: Counts): void {
  const over = excessOf(tx, tenant_id, plan, counts)
  if (over.length === 0) return
  const said = over.map(({ summary, allowed, current }) => `${summary}: ${current}, not ${allowed}`)
  throw new Problem('over_plan_limits', `${plan.name} has less room. ${said.join('; ')}.`, { over })
}
