/** What lots tell the outside. */
import type { EventType } from '../../events/emit.ts'
import { Lot } from './schema.ts'

export const lotCreated: EventType = {
  type: 'lot.created',
  summary: 'A new lot of an item was entered.',
  data: Lot,
}

export const lotUpdated: EventType = {
  type: 'lot.updated',
  summary: 'A lot was corrected, held, recalled or let go.',
  data: Lot,
}

export const lotEvents = [lotCreated, lotUpdated]
