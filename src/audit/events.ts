/** What the audit room tells the outside. */
import type { EventType } from '../events/emit.ts'
import { ErasedPerson } from './schema.ts'

export const personErased: EventType = {
  type: 'person.erased',
  summary: 'A person was forgotten: whoever keeps a copy of name and address lets them go, too.',
  data: ErasedPerson,
}

export const events = [personErased]
