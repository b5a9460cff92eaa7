/** Puts a business on a plan; the one it was on before ends with this. */
import type { Write } from '../db/session.ts'
import { localDay } from '../metering/local-time.ts'
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

export type Next = Pick<SubscriptionRow, 'next_plan_id' | 'next_revision' | 'next_at'>

export const nothing_next: Next = { next_plan_id: null, next_revision: null, next_at: null }

export interface Placing {
  reason: string
  is_trial?: boolean
  /** What follows it, and when. */
  next?: Next
}

/** The periods go on as they were; the first plan begins them today. */
export function place(
  tx: Write,
  tenant_id: string,
  plan: Pick<PlanRow, 'id' | 'revision'>,
  { reason, is_trial = false, next = nothing_next }: Placing,
): void {
  const before = findSubscription(tx, tenant_id)
  closeSubscription(tx, tenant_id)
  insertSubscription(tx, {
    tenant_id,
    plan_id: plan.id,
    revision: plan.revision,
    is_trial: is_trial ? 1 : 0,
    period_day: before?.period_day ?? localDay(tx.now_ms, timeZoneOf(tx, tenant_id)).day,
    ...next,
    reason,
  })
  tx.afterCommit(accessChanged)
}
