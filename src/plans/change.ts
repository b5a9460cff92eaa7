/** Changes a plan: what it says becomes a new revision, and those on it keep theirs until they are moved. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { revisionOf } from './create.ts'
import { planUpdated } from './events.ts'
import { getPlanRow } from './find.ts'
import { getPlan } from './read.ts'
import type { Plan, PlanChange } from './schema.ts'
import { deletePlan, insertRevision, updatePlan, type PlanRow } from './store.ts'
import { wasEverUsed } from './store-subscriptions.ts'

/** A field that is absent stays as it is. @throws Problem `not_found` */
export function changePlan(tx: Write, { id, ...change }: PlanChange & { id: string }): Plan {
  const before = getPlan(tx, { id })
  const after = { ...before, ...change }
  const said = revisionOf(after)
  const is_new = JSON.stringify(said) !== JSON.stringify(revisionOf(before))
  const revision = is_new ? before.revision + 1 : before.revision
  if (is_new) insertRevision(tx, { plan_id: id, revision, ...said })
  updatePlan(tx, id, {
    family: after.family,
    position: after.position,
    state: before.state,
    is_public: after.is_public ? 1 : 0,
    is_self_service: after.is_self_service ? 1 : 0,
    revision,
  })
  return tell(tx, id)
}

/** From now on businesses can be put on it. @throws Problem `not_found`, `conflict` */
export const offerPlan = (tx: Write, { id }: { id: string }): Plan => setState(tx, id, 'active')

/** Nobody new comes; those on it stay. @throws Problem `not_found`, `conflict` */
export const retirePlan = (tx: Write, { id }: { id: string }): Plan => setState(tx, id, 'retired')

/** Only a plan that nobody was ever on goes without a trace. @throws Problem `plan_in_use` */
export function removePlan(tx: Write, { id }: { id: string }): Plan {
  const plan = getPlan(tx, { id })
  if (wasEverUsed(tx, id)) {
    throw new Problem('plan_in_use', `${plan.name} is in the history of a business.`)
  }
  deletePlan(tx, id)
  return plan
}

function setState(tx: Write, id: string, state: PlanRow['state']): Plan {
  const row = getPlanRow(tx, id)
  if (row.state === state) throw new Problem('conflict', `${row.name} is ${state} already.`)
  updatePlan(tx, id, { ...row, state })
  return tell(tx, id)
}

function tell(tx: Write, id: string): Plan {
  const plan = getPlan(tx, { id })
  emit(tx, planUpdated, id, plan)
  return plan
}
