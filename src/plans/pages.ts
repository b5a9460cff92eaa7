/** The operator's pages for plans and for the plan of one business. */
import { form, formState, given, page, submission, type RoomPages } from '../operations/page.ts'
import { newPlanView, plansView, planView } from '../../views/plans/plans.tsx'
import { tenantPlanView } from '../../views/plans/tenant-plan.tsx'
import { tenantFeaturesList } from './api-features.ts'
import {
  planOverridesList,
  planOverridesRemove,
  planOverridesSet,
  plansCreate,
  plansGet,
  plansList,
  plansMoveSubscribers,
  plansOffer,
  plansRemove,
  plansRetire,
  plansRevisions,
  plansUpdate,
  tenantPlanAssign,
  tenantPlanGet,
  tenantPlanHistory,
  tenantPlanKeep,
  tenantPlanRemove,
} from './api.ts'
import { pages as features } from './feature-pages.ts'
import { overrideOf } from './override-input.ts'
import { pages as own } from './own-pages.ts'
import { offerOf } from './plan-input.ts'

const path = '/platform/plans'

const list = page({
  route: `GET ${path}`,
  title: 'Plans',
  nav: {
    group: 'Offer',
    label: 'Plans',
    icon: 'layers',
    permission: 'plans.read',
    level: 'platform',
  },
  show: (visit) =>
    plansView({
      url: visit.url,
      plans: visit.ask(plansList, { ...visit.query(plansList), limit: 100 }).data,
      may_write: visit.may('plans.write'),
    }),
})

const draft = page({
  route: `GET ${path}/new`,
  title: 'Draft a plan',
  show: (visit) => newPlanView({ state: formState(visit) }),
})

const show = page({
  route: `GET ${path}/:id`,
  title: 'Plan',
  show: (visit) => {
    const id = visit.params.id ?? ''
    return planView({
      plan: visit.ask(plansGet, { id }),
      revisions: visit.ask(plansRevisions, { id }).data,
      state: formState(visit),
      may_write: visit.may('plans.write'),
    })
  },
})

const drafted = form({
  route: `POST ${path}`,
  again: draft,
  submit: submission(
    plansCreate,
    (fields) => ({ code: given(fields, 'code') ?? '', ...offerOf(fields) }),
    ({ id, name }) => ({
      to: `${path}/${id}`,
      say: `${name} is drafted. Offer it when it is right.`,
    }),
  ),
})

const change = form({
  route: `POST ${path}/:id`,
  again: show,
  submit: submission(
    plansUpdate,
    (fields, { id }) => ({ id, ...offerOf(fields) }),
    ({ id, name, revision }) => ({
      to: `${path}/${id}`,
      say: `${name} is saved as revision ${revision}.`,
    }),
  ),
})

const offer = form({
  route: `POST ${path}/:id/offer`,
  again: show,
  submit: submission(
    plansOffer,
    (_, { id }) => ({ id }),
    ({ id, name }) => ({ to: `${path}/${id}`, say: `${name} is offered.` }),
  ),
})

const retire = form({
  route: `POST ${path}/:id/retire`,
  again: show,
  submit: submission(
    plansRetire,
    (_, { id }) => ({ id }),
    ({ id, name }) => ({ to: `${path}/${id}`, say: `${name} is retired.` }),
  ),
})

const remove = form({
  route: `POST ${path}/:id/remove`,
  again: show,
  submit: submission(
    plansRemove,
    (_, { id }) => ({ id }),
    ({ name }) => ({ to: path, say: `${name} is removed.` }),
  ),
})

const move = form({
  route: `POST ${path}/:id/move`,
  again: show,
  submit: submission(
    plansMoveSubscribers,
    (fields, { id }) => ({ id, reason: given(fields, 'reason') ?? '' }),
    ({ moved, has_more }, visit) => ({
      to: `${path}/${visit.params.id}`,
      say: `${moved} moved${has_more ? '; there are more: do it again' : ''}.`,
    }),
  ),
})

const tenant_path = '/platform/tenants/:id'
const homeOf = (id = '') => `/platform/tenants/${id}`

const tenantPlan = page({
  route: `GET ${tenant_path}/plan`,
  title: 'Plan of a business',
  show: (visit) => {
    const id = visit.params.id ?? ''
    return tenantPlanView({
      tenant_id: id,
      home: homeOf(id),
      plan: visit.ask(tenantPlanGet, { id }),
      plans: visit.ask(plansList, { state: 'active', limit: 100 }).data,
      past: visit.ask(tenantPlanHistory, { id, limit: 50 }).data,
      overrides: visit.ask(planOverridesList, { id, limit: 100 }).data,
      answers: visit.may('features.read') ? visit.ask(tenantFeaturesList, { id }).data : [],
      state: formState(visit),
      may_write: visit.may('plans.write'),
    })
  },
})

const assign = form({
  route: `POST ${tenant_path}/plan`,
  again: tenantPlan,
  submit: submission(
    tenantPlanAssign,
    (fields, { id }) => ({
      id,
      plan: given(fields, 'plan') ?? '',
      when: given(fields, 'when'),
      reason: given(fields, 'reason'),
    }),
    ({ tenant_id, plan, next }) => ({
      to: `${homeOf(tenant_id)}/plan`,
      say: next ? `${next.plan.name} follows when the period ends.` : `It is on ${plan.name} now.`,
    }),
  ),
})

const keep = form({
  route: `POST ${tenant_path}/plan/keep`,
  again: tenantPlan,
  submit: submission(
    tenantPlanKeep,
    (_, { id }) => ({ id }),
    ({ tenant_id, plan }) => ({
      to: `${homeOf(tenant_id)}/plan`,
      say: `It stays on ${plan.name}.`,
    }),
  ),
})

const takeAway = form({
  route: `POST ${tenant_path}/plan/remove`,
  again: tenantPlan,
  submit: submission(
    tenantPlanRemove,
    (_, { id }) => ({ id }),
    ({ tenant_id }) => ({ to: `${homeOf(tenant_id)}/plan`, say: 'Nothing is limited any more.' }),
  ),
})

const except = form({
  route: `POST ${tenant_path}/plan/overrides`,
  again: tenantPlan,
  submit: submission(
    planOverridesSet,
    (fields, { id }) => ({ id, ...overrideOf(fields) }),
    ({ tenant_id }) => ({ to: `${homeOf(tenant_id)}/plan`, say: 'The exception is made.' }),
  ),
})

const unexcept = form({
  route: `POST ${tenant_path}/plan/overrides/:override_id`,
  again: tenantPlan,
  submit: submission(
    planOverridesRemove,
    (_, { override_id }) => ({ id: override_id }),
    ({ tenant_id }) => ({
      to: `${homeOf(tenant_id)}/plan`,
      say: 'What the plan says counts again.',
    }),
  ),
})

export const pages: RoomPages = {
  pages: [list, draft, show, tenantPlan, ...features.pages, ...own.pages],
  forms: [
    drafted,
    change,
    offer,
    retire,
    remove,
    move,
    assign,
    keep,
    takeAway,
    except,
    unexcept,
    ...features.forms,
    ...own.forms,
  ],
  entrances: own.entrances ?? [],
}
