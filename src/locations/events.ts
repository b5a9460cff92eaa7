/** What locations tell the outside. */
import type { EventType } from '../events/emit.ts'
import { Location } from './schema.ts'

export const locationCreated: EventType = {
  type: 'location.created',
  summary: 'A site, or a place in one, was added.',
  data: Location,
}

export const locationUpdated: EventType = {
  type: 'location.updated',
  summary: 'A location was changed, held, released or archived.',
  data: Location,
}

export const events = [locationCreated, locationUpdated]
