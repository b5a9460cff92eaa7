/** What suppliers and customers tell the outside. */
import type { EventType } from '../events/emit.ts'
import { Party } from './schema.ts'

export const partyCreated: EventType = {
  type: 'party.created',
  summary: 'A supplier or customer was added.',
  data: Party,
}

export const partyUpdated: EventType = {
  type: 'party.updated',
  summary: 'A supplier or customer was changed, archived or brought back.',
  data: Party,
}

export const events = [partyCreated, partyUpdated]
