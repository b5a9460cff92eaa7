/** Finds accounts: by id, or by what they are for. */
import type { Read } from '../../db/session.ts'
import { notFound } from '../../kit/problem.ts'
import type { Account, AccountKind } from '../schema.ts'
import { findAccount, findAccountOf } from './store.ts'

export { listAccountRows as listAccounts, type AccountFilter } from './store.ts'

/** @throws Problem `not_found` */
export function getAccount(read: Read, id: string): Account {
  const account = findAccount(read, id)
  if (!account) throw notFound('account', id)
  return account
}

/** The one account of a kind at a location, and of a party where it has one. */
export const findAccountAt = (
  read: Read,
  kind: AccountKind,
  location_id = '',
  party_id = '',
): Account | undefined => findAccountOf(read, kind, location_id, party_id)
