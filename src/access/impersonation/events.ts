/** What support access tells the business. */
import type { EventType } from '../../events/emit.ts'
import { SupportVisit } from './schema.ts'

export const supportStarted: EventType = {
  type: 'support_access.started',
  summary: 'A person of the operator’s staff looks through the eyes of a member.',
  data: SupportVisit,
}

export const supportEnded: EventType = {
  type: 'support_access.ended',
  summary: 'The operator’s staff looks no more through the eyes of a member.',
  data: SupportVisit,
}
