/** What security tells the outside. */
import type { EventType } from '../../events/emit.ts'
import { Security } from './schema.ts'

export const securityUpdated: EventType = {
  type: 'security.updated',
  summary: 'What everybody in the business has to keep to was changed.',
  data: Security,
}
