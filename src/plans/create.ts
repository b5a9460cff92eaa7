/** Drafts a plan: nobody sees it until it is offered. */
import { Problem, invalid } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { planCreated } from './events.ts'
import { without_plan } from './find.ts'
import { getPlan } from './read.ts'
import type { NewPlan, Plan } from './schema.ts'
import { findPlanWithCode, insertPlan, insertRevision } from './store.ts'

/** @throws Problem `duplicate_plan`, `invalid` at `/code` */
export function createPlan(tx: Write, wish: NewPlan): Plan {
  if (wish.code === without_plan.code) {
    throw invalid('/code', `${wish.code} means no plan at all.`)
  }
  if (findPlanWithCode(tx, wish.code)) {
    throw new Problem('duplicate_plan', `${wish.code} is the code of another plan.`)
  }
  const id = tx.id('pln')
  insertPlan(tx, {
    id,
    code: wish.code,
    family: wish.family,
    position: wish.position,
    is_public: wish.is_public ? 1 : 0,
    is_self_service: wish.is_self_service ? 1 : 0,
  })
  insertRevision(tx, { plan_id: id, revision: 1, ...revisionOf(wish) })
  const plan = getPlan(tx, { id })
  emit(tx, planCreated, id, plan)
  return plan
}

/** The part of a plan that its revisions keep. */
export const revisionOf = (
  offer: Pick<NewPlan, 'name' | 'summary' | 'price' | 'interval' | 'trial_days' | 'entitlements'>,
) => ({
  name: offer.name,
  summary: offer.summary,
  price_minor: offer.price?.amount ?? null,
  currency: offer.price?.currency ?? 'USD',
  interval: offer.interval,
  trial_days: offer.trial_days,
  entitlements: JSON.stringify(offer.entitlements),
})
