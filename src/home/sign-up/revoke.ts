/** Takes a sign-up back: its link opens nothing any more. */
import { Problem } from '../../kit/problem.ts'
import type { Write } from '../../db/session.ts'
import { getSignUp } from './read.ts'
import type { SignUp } from './schema.ts'
import { setRevoked } from './store.ts'

/** @throws Problem `not_found`, `conflict` when it is over already */
export function revokeSignUp(tx: Write, { id }: { id: string }): SignUp {
  const { state } = getSignUp(tx, { id })
  if (state !== 'pending') throw new Problem('conflict', `This sign-up is ${state} already.`)
  setRevoked(tx, id)
  return getSignUp(tx, { id })
}
