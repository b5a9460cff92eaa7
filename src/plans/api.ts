/** What the operator can do with plans and with who is on which; gathers what this room offers. */
import { Type } from '@sinclair/typebox'
import { reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { api as features } from './api-features.ts'
import { api as own } from './api-own.ts'
import { assignPlan, keepPlan, moveSubscribers, removeFromPlan } from './assign.ts'
import { changePlan, offerPlan, removePlan, retirePlan } from './change.ts'
import { createPlan } from './create.ts'
import { getOverride, listOverrides, removeOverride, setOverride } from './overrides.ts'
import { planInUse } from './own.ts'
import { getPlan, listPlans, listRevisions } from './read.ts'
import {
  Assignment,
  HistoryFilter,
  NewOverride,
  NewPlan,
  Override,
  OverrideFilter,
  OwnPlan,
  PastSubscription,
  Plan,
  PlanChange,
  PlanFilter,
  PlanRevision,
  Reason,
  Subscription,
  TenantParam,
} from './schema.ts'
import { getSubscriber } from './find.ts'
import { listHistory } from './subscription.ts'

const seen = { level: 'platform', permission: 'plans.read' } as const
const changed = { level: 'platform', permission: 'plans.write' } as const
const one = { ...changed, params: IdParam('pln'), reply: Plan } as const
const ofTenant = { ...changed, params: TenantParam, reply: Subscription } as const

const example = {
  code: 'team',
  family: 'api',
  position: 3,
  is_public: true,
  is_self_service: true,
  name: 'Team',
  summary: 'For a team that ships every day.',
  price: { amount: 4900, currency: 'USD' },
  interval: 'month' as const,
  trial_days: 14,
  entitlements: {
    features: ['webhooks' as const, 'shipping' as const],
    limits: { webhook_endpoints: 10 },
    quotas: { api_calls: { included: 250_000, hard: false } },
    overage: {},
    rates: { token: { per_second: 20, burst: 100 } },
    highlights: ['Support by mail'],
  },
}

export const plansList = reading(
  {
    ...seen,
    id: 'plans.list',
    route: 'GET /v1/platform/plans',
    summary: 'List plans',
    query: PlanFilter,
    reply: PageOf(Plan),
  },
  listPlans,
)

export const plansGet = reading(
  {
    ...seen,
    id: 'plans.get',
    route: 'GET /v1/platform/plans/:id',
    summary: 'Get a plan as those get it who come now',
    params: IdParam('pln'),
    reply: Plan,
  },
  getPlan,
)

export const plansRevisions = reading(
  {
    ...seen,
    id: 'plans.revisions',
    route: 'GET /v1/platform/plans/:id/revisions',
    summary: 'List what a plan said, newest first, and how many are on each revision',
    params: IdParam('pln'),
    reply: Type.Object({ data: Type.Array(PlanRevision) }),
  },
  listRevisions,
)

export const plansCreate = writing(
  {
    ...changed,
    id: 'plans.create',
    route: 'POST /v1/platform/plans',
    summary: 'Draft a plan; nobody sees it until it is offered',
    body: NewPlan,
    reply: Plan,
    status: 201,
    problems: ['duplicate_plan'],
    example: { body: example },
  },
  createPlan,
)

export const plansUpdate = writing(
  {
    ...one,
    id: 'plans.update',
    route: 'PATCH /v1/platform/plans/:id',
    summary: 'Change a plan',
    description:
      'What it says becomes a new revision; those on it keep theirs until they are moved.',
    body: PlanChange,
    subject: getPlan,
    match: 'required',
    example: { body: { name: 'Team Plus' } },
  },
  changePlan,
)

export const plansOffer = writing(
  {
    ...one,
    id: 'plans.offer',
    route: 'POST /v1/platform/plans/:id/offer',
    summary: 'Offer a plan: businesses can be put on it',
    subject: getPlan,
    problems: ['conflict'],
  },
  offerPlan,
)

export const plansRetire = writing(
  {
    ...one,
    id: 'plans.retire',
    route: 'POST /v1/platform/plans/:id/retire',
    summary: 'Retire a plan: nobody new comes, those on it stay',
    subject: getPlan,
    problems: ['conflict'],
  },
  retirePlan,
)

export const plansRemove = writing(
  {
    ...one,
    id: 'plans.remove',
    route: 'DELETE /v1/platform/plans/:id',
    summary: 'Remove a plan that nobody was ever on',
    subject: getPlan,
    problems: ['plan_in_use'],
  },
  removePlan,
)

export const plansMoveSubscribers = writing(
  {
    ...changed,
    id: 'plans.move_subscribers',
    route: 'POST /v1/platform/plans/:id/move_subscribers',
    summary: 'Give those on an earlier revision the newest one, 500 at a time',
    params: IdParam('pln'),
    body: Reason,
    reply: Type.Object({ moved: Type.Integer(), has_more: Type.Boolean() }),
    subject: getPlan,
    example: { body: { reason: 'The limits were raised for everybody.' } },
  },
  moveSubscribers,
)

export const tenantPlanGet = reading(
  {
    ...seen,
    id: 'tenant_plan.get',
    route: 'GET /v1/platform/tenants/:id/plan',
    summary: 'Get the plan of a business, what it includes and how much of it is used',
    params: TenantParam,
    reply: OwnPlan,
  },
  (read, { id }, { data }) => {
    getSubscriber(read, id)
    const scope = { ...read.scope, tenant_id: id }
    return data.tenants.at(id).read(scope, (tenant) => planInUse(tenant, read, id))
  },
)

export const tenantPlanHistory = reading(
  {
    ...seen,
    id: 'tenant_plan.history',
    route: 'GET /v1/platform/tenants/:id/plan/history',
    summary: 'List the plans a business was on, newest first',
    params: TenantParam,
    query: HistoryFilter,
    reply: PageOf(PastSubscription),
  },
  listHistory,
)

export const tenantPlanAssign = writing(
  {
    ...ofTenant,
    id: 'tenant_plan.assign',
    route: 'POST /v1/platform/tenants/:id/plan',
    summary: 'Put a business on a plan, now or when its period ends',
    body: Assignment,
    problems: ['conflict'],
    example: { body: { plan: 'startup', reason: 'Agreed by phone.' } },
  },
  assignPlan,
)

export const tenantPlanRemove = writing(
  {
    ...ofTenant,
    id: 'tenant_plan.remove',
    route: 'DELETE /v1/platform/tenants/:id/plan',
    summary: 'Take a business from its plan: from now on nothing is limited',
    problems: ['conflict'],
  },
  removeFromPlan,
)

export const tenantPlanKeep = writing(
  {
    ...ofTenant,
    id: 'tenant_plan.keep',
    route: 'POST /v1/platform/tenants/:id/plan/keep',
    summary: 'Take back the change that waits, or end the trial',
    problems: ['conflict'],
  },
  keepPlan,
)

export const planOverridesList = reading(
  {
    ...seen,
    id: 'plan_overrides.list',
    route: 'GET /v1/platform/tenants/:id/overrides',
    summary: 'List where a business differs from its plan',
    params: TenantParam,
    query: OverrideFilter,
    reply: PageOf(Override),
  },
  listOverrides,
)

export const planOverridesSet = writing(
  {
    ...changed,
    id: 'plan_overrides.set',
    route: 'POST /v1/platform/tenants/:id/overrides',
    summary: 'Let a business differ from its plan in one thing, for a reason',
    params: TenantParam,
    body: NewOverride,
    reply: Override,
    status: 201,
    example: {
      body: { kind: 'feature', name: 'webhooks', value: true, reason: 'A pilot until spring.' },
    },
  },
  setOverride,
)

export const planOverridesRemove = writing(
  {
    ...changed,
    id: 'plan_overrides.remove',
    route: 'DELETE /v1/platform/plan_overrides/:id',
    summary: 'Remove an exception: what the plan says counts again',
    params: IdParam('ovr'),
    reply: Override,
    subject: getOverride,
  },
  removeOverride,
)

export const api = [
  plansList,
  plansGet,
  plansRevisions,
  plansCreate,
  plansUpdate,
  plansOffer,
  plansRetire,
  plansRemove,
  plansMoveSubscribers,
  tenantPlanGet,
  tenantPlanHistory,
  tenantPlanAssign,
  tenantPlanRemove,
  tenantPlanKeep,
  planOverridesList,
  planOverridesSet,
  planOverridesRemove,
  ...own,
  ...features,
]
