/** Changes the name others see. */
import type { Write } from '../../db/session.ts'
import { ownUser } from '../second-factor/own-user.ts'
import { setName } from '../user-store.ts'
import { getAccount } from './read.ts'
import type { Account } from './schema.ts'

/** @throws Problem `forbidden` */
export function renameAccount(tx: Write, { name }: { name: string }): Account {
  setName(tx, ownUser(tx).id, name)
  return getAccount(tx)
}
