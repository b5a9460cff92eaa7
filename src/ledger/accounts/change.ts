/** Changes what an account allows: its name, its floor, whether its goods are promised, its end. */
import type { Write } from '../../db/session.ts'
import { invalid, Problem } from '../../kit/problem.ts'
import type { Account } from '../schema.ts'
import { checkFloor } from './open.ts'
import { getAccount } from './read.ts'
import { findAccountUse, updateAccount } from './store.ts'

export interface ChangeAccountInput {
  name?: string | undefined
  floor?: number | null | undefined
  floor_reason?: string | undefined
  /** When a bin has become part of another site. */
  site_id?: string | undefined
  /** False while the place is on hold. What was promised stays promised. */
  promisable?: boolean | undefined
}

/** @throws Problem `not_found`, `account_closed`, `invalid`, `account_in_use` */
export function changeAccount(tx: Write, id: string, input: ChangeAccountInput): Account {
  const account = getOpenAccount(tx, id)
  const floor = input.floor === undefined ? account.floor : input.floor
  const floor_reason = input.floor_reason ?? account.floor_reason
  checkFloor(account.kind, floor, floor_reason)
  if (floor !== null && account.floor !== null && floor > account.floor) {
    const { lowest } = findAccountUse(tx, id)
    if (lowest < floor) {
      const detail = `A level of this account is at ${lowest}: bring it up first.`
      throw new Problem('account_in_use', detail, { lowest, floor })
    }
  }
  const site_id = input.site_id ?? account.site_id
  const promisable = input.promisable === undefined ? account.promisable : +input.promisable
  if (promisable && (site_id === '' || !account.physical)) {
    throw invalid('/promisable', 'Only goods of ours at a site can be promised.')
  }
  const name = input.name ?? account.name
  if (!name) throw invalid('/name', 'Name the account.')
  updateAccount(tx, {
    ...account,
    name,
    floor,
    floor_reason,
    site_id,
    promisable: promisable ? 1 : 0,
  })
  return getAccount(tx, id)
}

/**
 * Closes an empty account; its history stays.
 * @throws Problem `not_found`, `account_closed`, `account_in_use`
 */
export function closeAccount(tx: Write, id: string): Account {
  const account = getOpenAccount(tx, id)
  const { levels_in_use } = findAccountUse(tx, id)
  if (levels_in_use > 0) {
    const detail = `${levels_in_use} levels of this account are not empty.`
    throw new Problem('account_in_use', detail, { levels_in_use })
  }
  updateAccount(tx, { ...account, closed_at: tx.now })
  return getAccount(tx, id)
}

/** @throws Problem `not_found`; a closed account is opened again, an open one stays open */
export function reopenAccount(tx: Write, id: string): Account {
  updateAccount(tx, { ...getAccount(tx, id), closed_at: null })
  return getAccount(tx, id)
}

function getOpenAccount(tx: Write, id: string): Account {
  const account = getAccount(tx, id)
  if (account.closed_at === null) return account
  throw new Problem('account_closed', `The account ${id} was closed at ${account.closed_at}.`)
}
