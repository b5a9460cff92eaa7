/** What second factors tell the outside. */
import type { EventType } from '../../events/emit.ts'
import { FactorOwner } from './schema.ts'

export const factorAdded: EventType = {
  type: 'second_factor.added',
  summary: 'A person proves himself twice from now on.',
  data: FactorOwner,
}

export const factorRemoved: EventType = {
  type: 'second_factor.removed',
  summary: 'The second factor of a person was removed; the password alone lets him in.',
  data: FactorOwner,
}
