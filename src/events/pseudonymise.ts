/** Puts a pseudonym in the place of somebody's name and address in what was told of him. */
import type { Write } from '../db/session.ts'
import { pseudonymiseEvents } from './store.ts'

/** Where the name and the address stand in events about a person or an invitation. */
export interface Pseudonym {
  name: string
  email: string
}

/**
 * Only events that name this address are touched, and in them only `email` and `name`: a reader that
 * begins again finds the same events in the same order.
 * @param subject_ids the person, and the invitations to the address
 * @returns how many events named the address
 */
export const pseudonymisePerson = (
  tx: Write,
  subject_ids: readonly string[],
  email: string,
  pseudonym: Pseudonym,
): number => subject_ids.reduce((sum, id) => sum + pseudonymiseEvents(tx, id, email, pseudonym), 0)
