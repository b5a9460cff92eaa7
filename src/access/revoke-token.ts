/** Ends a token at once: from now on it looks like one that never was. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { tokenRevoked } from './events.ts'
import { getToken } from './read-tokens.ts'
import type { Token } from './schema.ts'
import { setRevoked } from './store.ts'

/** Revoking twice changes nothing more. @throws Problem `not_found` */
export function revokeToken(tx: Write, { id }: { id: string }): Token {
  getToken(tx, { id })
  const changed = setRevoked(tx, id)
  const token = getToken(tx, { id })
  if (changed === 0) return token
  tx.afterCommit(accessChanged)
  emit(tx, tokenRevoked, id, token)
  return token
}
