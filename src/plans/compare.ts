/** How a plan differs from the one a business is on: dearer or not, and what it has too much of. */
import { limit_names, limits, type Limit } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'
import { entitlementsOf } from './find.ts'
import type { Excess } from './schema.ts'
import { findPlanAt, type PlanRow } from './store.ts'
import { overridesInForce, payerOf, type SubscriptionRow } from './store-subscriptions.ts'
import { overridden } from './terms-of.ts'

export type Counts = Record<Limit, number>

/** What a business pays for: while it tries a plan, that is the one it comes back to. */
export const paidPlan = (read: Read, row: SubscriptionRow): PlanRow =>
  row.is_trial && row.next_plan_id
    ? findPlanAt(read, row.next_plan_id, row.next_revision!)!
    : findPlanAt(read, row.plan_id, row.revision)!

/** It costs at least as much in a year. On request is more than any price. */
export function isUpgrade(
  from: Pick<PlanRow, 'price_minor' | 'currency' | 'interval'>,
  to: Pick<PlanRow, 'price_minor' | 'currency' | 'interval'>,
): boolean {
  if (to.price_minor === null) return true
  if (from.price_minor === null || from.currency !== to.currency) return false
  return yearly(to.price_minor, to.interval) >= yearly(from.price_minor, from.interval)
}

const yearly = (price_minor: number, interval: PlanRow['interval']): number =>
  interval === 'year' ? price_minor : price_minor * 12

/** What there is more of than the plan gives, with the exceptions for this business counted in. */
export function excessOf(read: Read, tenant_id: string, plan: PlanRow, counts: Counts): Excess[] {
  const given = overridden(
    'limit',
    entitlementsOf(plan).limits,
    overridesInForce(read, payerOf(read, tenant_id)),
  )
  return limit_names.flatMap((limit) => {
    const allowed = given[limit]
    const current = counts[limit]
    return allowed === undefined || current <= allowed
      ? []
      : [{ limit, summary: limits[limit], allowed, current }]
  })
}
