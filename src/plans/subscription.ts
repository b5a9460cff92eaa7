/** Which plan a business is on, what follows it, and what it was on before. */
import type { Read } from '../db/session.ts'
import type { Beside } from '../operations/outward.ts'
import { getSubscriber, headOf, without_plan } from './find.ts'
import type { HistoryFilter, PastSubscription, PlanHead, Subscription } from './schema.ts'
import { findPlanAt } from './store.ts'
import { findSubscription, findTrial, listSubscriptionRows } from './store-subscriptions.ts'

/** In the platform's file. */
export function subscriptionOf(read: Read, tenant_id: string): Subscription {
  const row = findSubscription(read, tenant_id)
  return {
    tenant_id,
    plan: row ? planAt(read, row.plan_id, row.revision) : without_plan,
    is_trial: row?.is_trial === 1,
    from_at: row?.from_at ?? null,
    period_day: row?.period_day ?? 1,
    next: row?.next_at
      ? { plan: planAt(read, row.next_plan_id!, row.next_revision!), at: row.next_at }
      : null,
    trial_used: findTrial(read, tenant_id) !== undefined,
  }
}

const planAt = (read: Read, plan_id: string, revision: number): PlanHead =>
  headOf(findPlanAt(read, plan_id, revision)!)

/** Newest first. @throws Problem `not_found` */
export function listHistory(read: Read, { id, ...request }: HistoryFilter & { id: string }) {
  getSubscriber(read, id)
  return historyOf(read, id, request)
}

/** Of the business that asks. */
export const listOwnHistory = (read: Read, request: HistoryFilter, { data }: Beside) =>
  data.platform.read(read.scope, (platform) => historyOf(platform, read.scope.tenant_id, request))

function historyOf(read: Read, tenant_id: string, request: HistoryFilter) {
  const { rows, ...rest } = listSubscriptionRows(read, tenant_id, request)
  const data = rows.map((row): PastSubscription => ({
    id: row.id,
    plan: { id: row.plan_id, code: row.code, name: row.plan_name },
    revision: row.revision,
    is_trial: row.is_trial === 1,
    from_at: row.from_at,
    until_at: row.until_at,
    changed_by: {
      kind: row.changed_by_kind,
      id: row.changed_by_id,
      name: row.changed_by_name,
    },
    reason: row.reason,
  }))
  return { data, ...rest }
}
