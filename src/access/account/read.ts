/** Looks up the account of the one who asks. */
import type { Read } from '../../db/session.ts'
import { getMember } from '../read-members.ts'
import { ownUser } from '../second-factor/own-user.ts'
import type { Account } from './schema.ts'

/** @throws Problem `forbidden` for tokens and for staff in somebody's place */
export function getAccount(read: Read): Account {
  const { id, version } = ownUser(read)
  return { ...getMember(read, { id }), version }
}
