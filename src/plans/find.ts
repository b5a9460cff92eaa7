/** Looks up plans, and what a business is on. */
import { invalid, notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { Entitlements, PlanHead } from './schema.ts'
import { findPlan, findPlanWithCode, type PlanRow, type RevisionRow } from './store.ts'
import { findSubscriber, type SubscriberRow } from './store-subscriptions.ts'

/** In the platform's file. */
export const findPlanByCode = (read: Read, code: string): PlanRow | undefined =>
  findPlanWithCode(read, code)

/** @throws Problem `invalid` at `/plan` when there is none, or it is not offered any more */
export function getPlanOnOffer(read: Read, code: string): PlanRow {
  const plan = findPlanWithCode(read, code)
  if (plan && plan.state === 'active') return plan
  const why = plan ? `The plan ${code} is ${plan.state}.` : `There is no plan ${code}.`
  throw invalid('/plan', why)
}

/** @throws Problem `not_found` */
export function getPlanRow(read: Read, id: string): PlanRow {
  const row = findPlan(read, id)
  if (!row) throw notFound('plan', id)
  return row
}

/** @throws Problem `not_found` */
export function getSubscriber(read: Read, tenant_id: string): SubscriberRow {
  const row = findSubscriber(read, tenant_id)
  if (!row) throw notFound('tenant', tenant_id)
  return row
}

export const entitlementsOf = (row: Pick<RevisionRow, 'entitlements'>): Entitlements =>
  JSON.parse(row.entitlements) as Entitlements

export const priceOf = ({
  price_minor,
  currency,
}: Pick<RevisionRow, 'price_minor' | 'currency'>) =>
  price_minor === null ? null : { amount: price_minor, currency }

/** A business that has no plan may use everything. */
export const without_plan: PlanHead = {
  id: null,
  code: 'unlimited',
  name: 'Without a plan',
  revision: null,
  price: null,
  interval: null,
}

export const headOf = (row: PlanRow): PlanHead => ({
  id: row.id,
  code: row.code,
  name: row.name,
  revision: row.revision,
  price: priceOf(row),
  interval: row.interval,
})
