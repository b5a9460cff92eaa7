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

export const organizationArchived: EventType = {
  type: 'organization.archived',
  summary: 'An organization was put aside: it can only be read.',
  data: Organization,
}

export const organizationRestored: EventType = {
  type: 'organization.restored',
  summary: 'An organization that was archived is worked in again.',
  data: Organization,
}

export const events = [
  organizationCreated,
  organizationUpdated,
  organizationArchived,
  organizationRestored,
]
