/** What the catalogue tells the outside. */
import type { EventType } from '../events/emit.ts'
import { lotEvents } from './lots/events.ts'
import { Item } from './schema.ts'

export const itemCreated: EventType = {
  type: 'item.created',
  summary: 'An item was added to the catalogue.',
  data: Item,
}

export const itemUpdated: EventType = {
  type: 'item.updated',
  summary: 'An item was changed, archived or brought back.',
  data: Item,
}

export const events = [itemCreated, itemUpdated, ...lotEvents]
