/** Puts a business on a plan; the one it was on before ends with this. */
import type { Write } from '../db/session.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { getPlanOnOffer } from './find.ts'
import type { PlanRow } from './store.ts'
import {
  closeSubscription,
  findSubscription,
  insertSubscription,
  timeZoneOf,
  type SubscriptionRow,
} from './store-subscriptions.ts'

/**
 * In the platform's file, as part of founding a business.
 * @throws Problem `invalid` at `/plan`
 */
export function subscribe(tx: Write, tenant_id: string, plan_code: string): void {
  place(tx, tenant_id, getPlanOnOffer(tx, plan_code), { reason: '' })
}

export interface Placing {
  reason: string
  /** A trial, and what follows it. */
  trial?: Pick<SubscriptionRow, 'next_plan_id' | 'next_revision' | 'next_at'>
}

const nothing_next = { next_plan_id: null, next_revision: null, next_at: null }

/** The periods go on as they were; the first plan begins them today. */
export function place(
  tx: Write,
  tenant_id: string,
  plan: Pick<PlanRow, 'id' | 'revision'>,
  { reason, trial }: Placing,
): void {
  const before = findSubscription(tx, tenant_id)
  closeSubscription(tx, tenant_id)
  insertSubscription(tx, {
    tenant_id,
    plan_id: plan.id,
    revision: plan.revision,
    is_trial: trial ? 1 : 0,
    period_day: before?.period_day ?? dayOfMonth(tx.now_ms, timeZoneOf(tx, tenant_id)),
    ...(trial ?? nothing_next),
    reason,
  })
  tx.afterCommit(accessChanged)
}

const dayOfMonth = (at_ms: number, time_zone: string): number =>
  Number(new Intl.DateTimeFormat('en-US', { day: 'numeric', timeZone: time_zone }).format(at_ms))
