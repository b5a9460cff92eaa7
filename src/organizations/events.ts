/** What organizations tell the outside. */
import type { EventType } from '../events/emit.ts'
import { Organization } from './schema.ts'

export const organizationCreated: EventType = {
  type: 'organization.created',
  summary: 'An organization was created inside the business.',
  data: Organization,
}

export const organizationUpdated: EventType = {
  type: 'organization.updated',
  summary: 'An organization was changed.',
  data: Organization,
}

export const events = [organizationCreated, organizationUpdated]
