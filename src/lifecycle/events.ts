/** What is told about the life of businesses, on the platform. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { Id, Timestamp } from '../operations/shapes.ts'
import { Tenant } from '../tenants/schema.ts'
import { Requirement } from './requirements/schema.ts'
import { BusinessState } from './schema.ts'

const ofTenant = (type: string, summary: string): EventType => ({ type, summary, data: Tenant })
const ofRequirement = (type: string, summary: string): EventType => ({
  type,
  summary,
  data: Requirement,
})

export const tenantSuspended = ofTenant(
  'tenant.suspended',
  'A business can only be read from now on.',
)
export const tenantResumed = ofTenant(
  'tenant.resumed',
  'A suspended business can be written again.',
)
export const tenantClosing = ofTenant(
  'tenant.closing',
  'A business closes: it can only be read, and is erased when its grace is over.',
)
export const tenantReopened = ofTenant(
  'tenant.reopened',
  'A business that was closing goes on after all.',
)
export const tenantRestricted = ofTenant(
  'tenant.restricted',
  'A requirement is past due: what it stands before is refused to the business.',
)
export const tenantUnrestricted = ofTenant(
  'tenant.unrestricted',
  'Nothing is past due any more: the business may use everything again.',
)
export const tenantErased: EventType = {
  type: 'tenant.erased',
  summary: 'A business and everything of it was removed; a certificate says what and from where.',
  data: Type.Object({ id: Id('ten'), erasure_id: Id('era'), erased_at: Timestamp }),
}

/** The one that is told to the business itself, in its own feed. */
export const businessUpdated: EventType = {
  type: 'business.updated',
  summary: 'How the business stands was changed: paused, closing, or what it may use.',
  data: BusinessState,
}

export const requirementAdded = ofRequirement(
  'requirement.added',
  'Something is required of a business.',
)
export const requirementMet = ofRequirement('requirement.met', 'A business did what was required.')
export const requirementWaived = ofRequirement(
  'requirement.waived',
  'The operator no longer asks for it.',
)
export const requirementReopened = ofRequirement(
  'requirement.reopened',
  'What was met or waived is required again.',
)
export const requirementDueSoon = ofRequirement(
  'requirement.due_soon',
  'The time of a requirement runs out within days.',
)
export const requirementPastDue = ofRequirement(
  'requirement.past_due',
  'The time of a requirement is over: what it stands before is refused.',
)

export const events: readonly EventType[] = [
  tenantSuspended,
  tenantResumed,
  tenantClosing,
  tenantReopened,
  tenantRestricted,
  tenantUnrestricted,
  tenantErased,
  businessUpdated,
  requirementAdded,
  requirementMet,
  requirementWaived,
  requirementReopened,
  requirementDueSoon,
  requirementPastDue,
]
