/** What a business can do about its own plan. */
import { Type } from '@sinclair/typebox'
import { calling, reading } from '../operations/operation.ts'
import { PageOf } from '../operations/shapes.ts'
import { changeOwnPlan, getOwnPlan, keepOwnPlan, listOffered, tryNextPlan } from './own.ts'
import {
  Choice,
  HistoryFilter,
  OfferedPlan,
  OwnPlan,
  PastSubscription,
  Subscription,
} from './schema.ts'
import { listOwnHistory } from './subscription.ts'

const seen = { level: 'tenant', permission: 'plans.read' } as const
const changed = { level: 'tenant', permission: 'plans.write', reply: Subscription } as const

export const planGet = reading(
  {
    ...seen,
    id: 'plan.get',
    route: 'GET /v1/plan',
    summary: 'Get the plan of this business, what it includes and how much of it is used',
    reply: OwnPlan,
  },
  getOwnPlan,
)

export const planHistory = reading(
  {
    ...seen,
    id: 'plan.history',
    route: 'GET /v1/plan/history',
    summary: 'List the plans this business was on, newest first',
    query: HistoryFilter,
    reply: PageOf(PastSubscription),
  },
  listOwnHistory,
)

export const plansOffered = reading(
  {
    ...seen,
    id: 'plans.offered',
    route: 'GET /v1/plans',
    summary: 'List the plans that are offered, and what choosing each would mean',
    reply: Type.Object({ data: Type.Array(OfferedPlan) }),
  },
  listOffered,
)

export const planChange = calling(
  {
    ...changed,
    id: 'plan.change',
    route: 'POST /v1/plan/change',
    summary: 'Choose another plan: a dearer one begins at once, a cheaper one with the next period',
    body: Choice,
    problems: ['not_found', 'plan_not_self_service', 'over_plan_limits', 'conflict'],
    example: { body: { plan: 'startup' } },
  },
  changeOwnPlan,
)

export const planTry = calling(
  {
    ...changed,
    id: 'plan.try',
    route: 'POST /v1/plan/trial',
    summary: 'Try the next plan of the list, once, without being charged for it',
    problems: ['trial_used', 'conflict'],
  },
  tryNextPlan,
)

export const planKeep = calling(
  {
    ...changed,
    id: 'plan.keep',
    route: 'POST /v1/plan/keep',
    summary: 'Take back the change that waits, or end the trial',
    problems: ['conflict'],
  },
  keepOwnPlan,
)

export const api = [planGet, planHistory, plansOffered, planChange, planTry, planKeep]
