/** What the platform tells about plans and those who are on them. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { feature_names } from '../kit/terms.ts'
import { OneOf, Nullable } from '../operations/shapes.ts'
import { Plan, Subscription } from './schema.ts'

export const tenantPlanChanged: EventType = {
  type: 'tenant.plan_changed',
  summary: 'A business is on another plan from now on, tries one, or has one waiting.',
  data: Type.Object({
    ...Subscription.properties,
    previous_plan: Nullable(Type.String({ description: 'Code of the plan before' })),
    reason: Type.String(),
  }),
}

const told = (type: string, summary: string): EventType => ({ type, summary, data: Plan })

export const planCreated = told('plan.created', 'A plan was drafted.')
export const planUpdated = told('plan.updated', 'A plan was changed, offered or retired.')

const Switch = Type.Object({
  feature: OneOf(feature_names),
  is_off: Type.Boolean(),
  reason: Type.String(),
})

export const featureSwitched: EventType = {
  type: 'feature.switched',
  summary: 'A feature was switched off or on again for every business.',
  data: Switch,
}

export const events = [tenantPlanChanged, planCreated, planUpdated, featureSwitched]
