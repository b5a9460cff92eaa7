/** Who acts for himself: what is a person's own is nobody else's business. */
import { Problem } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import { findUser, type UserRow } from '../user-store.ts'

/** @throws Problem `forbidden` for tokens, and for the operator's staff in somebody's place */
export function ownUser(read: Read): UserRow {
  const { actor } = read.scope
  const user = actor.impersonator ? undefined : findUser(read, actor.id)
  if (!user) {
    throw new Problem('forbidden', 'This is for the person alone, signed in to the console.')
  }
  return user
}
