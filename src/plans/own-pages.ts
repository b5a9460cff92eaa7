/** The page on which a business sees its plan, compares, changes and tries. */
import { form, formState, page, submission, type RoomPages } from '../operations/page.ts'
import { ownPlanView } from '../../views/plans/own-plan.tsx'
import { featuresList } from './api-features.ts'
import { planChange, planGet, planHistory, planKeep, plansOffered, planTry } from './api-own.ts'
import { pricing } from './pricing.ts'
import { plan_path } from './require-room.ts'

const show = page({
  route: `GET ${plan_path}`,
  title: 'Plan',
  nav: { group: 'Business', label: 'Plan', icon: 'layers', permission: 'plans.write' },
  show: (visit) =>
    ownPlanView({
      plan: visit.ask(planGet, {}),
      offered: visit.ask(plansOffered, {}).data,
      past: visit.ask(planHistory, { limit: 25 }).data,
      answers: visit.ask(featuresList, {}).data,
      state: formState(visit),
      may_change: visit.may('plans.write'),
    }),
})

const change = form({
  route: `POST ${plan_path}/change/:plan`,
  again: show,
  submit: submission(
    planChange,
    (_, { plan }) => ({ plan }),
    ({ plan, next }) => ({
      to: plan_path,
      say: next
        ? `${next.plan.name} follows when the period ends.`
        : `This business is on ${plan.name} now.`,
    }),
  ),
})

const tried = form({
  route: `POST ${plan_path}/trial`,
  again: show,
  submit: submission(
    planTry,
    () => ({}),
    ({ plan }) => ({ to: plan_path, say: `You are trying ${plan.name} now.` }),
  ),
})

const keep = form({
  route: `POST ${plan_path}/keep`,
  again: show,
  submit: submission(
    planKeep,
    () => ({}),
    ({ plan }) => ({ to: plan_path, say: `This business stays on ${plan.name}.` }),
  ),
})

export const pages: RoomPages = {
  pages: [show],
  forms: [change, tried, keep],
  entrances: [pricing],
}
