/** The operator puts a business on a plan, now or when its period ends, or takes the plan away. */
import { timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { periodAt } from '../metering/period.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { tenantPlanChanged } from './events.ts'
import { getPlanOnOffer, getPlanRow, getSubscriber } from './find.ts'
import type { Assignment, Subscription } from './schema.ts'
import type { PlanRow } from './store.ts'
import {
  closeSubscription,
  findSubscription,
  payerOf,
  setNext,
  subscribersBehind,
  type SubscriptionRow,
} from './store-subscriptions.ts'
import { nothing_next, place, type Next } from './subscribe.ts'
import { subscriptionOf } from './subscription.ts'

type Named = { id: string }

/** @throws Problem `not_found`, `invalid` at `/plan`, `conflict` of a sandbox, or without a period */
export function assignPlan(
  tx: Write,
  { id, plan: code, when = 'now', reason = '' }: Assignment & Named,
): Subscription {
  getSubscriber(tx, id)
  requirePayer(tx, id)
  const plan = getPlanOnOffer(tx, code)
  return tellChange(tx, id, reason, () => {
    if (when === 'now') return place(tx, id, plan, { reason })
    wait(tx, id, requireSubscription(tx, id), plan)
  })
}

/** From now on nothing is limited. @throws Problem `not_found`, `conflict` */
export function removeFromPlan(tx: Write, { id }: Named): Subscription {
  getSubscriber(tx, id)
  requireSubscription(tx, id)
  return tellChange(tx, id, '', () => {
    closeSubscription(tx, id)
    tx.afterCommit(accessChanged)
  })
}

/**
 * Takes back what was to follow; a trial ends with this, and the plan before it counts again.
 * @throws Problem `not_found`, `conflict` when nothing is to follow
 */
export function keepPlan(tx: Write, { id }: Named): Subscription {
  getSubscriber(tx, id)
  const row = requireSubscription(tx, id)
  if (!row.next_at) throw new Problem('conflict', 'No change is waiting, and no plan is tried.')
  return tellChange(tx, id, '', () => {
    if (row.is_trial) return follow(tx, row, 'The trial was ended.')
    setNext(tx, id, nothing_next)
  })
}

/** Puts a business on what was to follow. */
export function follow(tx: Write, row: SubscriptionRow, reason: string): void {
  const { tenant_id, next_plan_id, next_revision } = row
  place(tx, tenant_id, { id: next_plan_id!, revision: next_revision! }, { reason })
}

/** The plan begins when the period, or the trial, ends. */
export function wait(tx: Write, tenant_id: string, row: SubscriptionRow, plan: PlanRow): void {
  const { time_zone } = getSubscriber(tx, tenant_id)
  const { ends_at_ms } = periodAt(tx.now_ms, { time_zone, period_day: row.period_day })
  const next: Next = {
    next_plan_id: plan.id,
    next_revision: plan.revision,
    next_at: row.is_trial ? row.next_at : timestamp(ends_at_ms),
  }
  setNext(tx, tenant_id, next)
}

/** Those that are moved at once: the rest by asking again. */
const most_moved = 500

/**
 * Those on an earlier revision get the newest from now on; who tries the plan, tries on as it was.
 * @throws Problem `not_found`
 */
export function moveSubscribers(tx: Write, { id, reason }: Named & { reason: string }) {
  const plan = getPlanRow(tx, id)
  const rows = subscribersBehind(tx, id, plan.revision, most_moved + 1)
  const moved = rows.slice(0, most_moved)
  for (const row of moved) {
    const { tenant_id, next_plan_id, next_revision, next_at } = row
    const next = { next_plan_id, next_revision, next_at }
    tellChange(tx, tenant_id, reason, () => place(tx, tenant_id, plan, { reason, next }))
  }
  return { moved: moved.length, has_more: rows.length > most_moved }
}

/** @throws Problem `conflict` for a sandbox or a branch */
function requirePayer(tx: Write, tenant_id: string): void {
  const payer_id = payerOf(tx, tenant_id)
  if (payer_id === tenant_id) return
  const detail = 'A sandbox or a branch has the plan of its business: change it there.'
  throw new Problem('conflict', detail, { tenant_id: payer_id })
}

/** @throws Problem `conflict` without a plan of its own */
export function requireSubscription(tx: Write, tenant_id: string): SubscriptionRow {
  requirePayer(tx, tenant_id)
  const row = findSubscription(tx, tenant_id)
  if (row) return row
  throw new Problem('conflict', 'This business has no plan: it may use everything.')
}

/** Makes the change and tells the platform of it. */
export function tellChange(
  tx: Write,
  tenant_id: string,
  reason: string,
  change: () => void,
): Subscription {
  const before = subscriptionOf(tx, tenant_id).plan
  change()
  const subscription = subscriptionOf(tx, tenant_id)
  emit(tx, tenantPlanChanged, tenant_id, {
    ...subscription,
    previous_plan: before.id && before.code,
    reason,
  })
  return subscription
}
