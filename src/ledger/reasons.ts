/** Why goods move: the list of reasons, to which each business adds its own. */
import type { Read, Write } from '../db/session.ts'
import { invalid, notFound, Problem } from '../kit/problem.ts'
import type { VirtualKind } from './schema.ts'
import {
  findBackdatingDays,
  findReason,
  insertReason,
  updateReason,
  upsertBackdatingDays,
  type Reason,
} from './accounts/store.ts'
import { default_backdating_days } from './schema.ts'

export { findReason, listReasonRows as listReasons, type Reason } from './accounts/store.ts'

/** @throws Problem `not_found` */
export function getReason(read: Read, code: string): Reason {
  const reason = findReason(read, code)
  if (!reason) throw notFound('reason', code)
  return reason
}

export interface AddReasonInput {
  /** Lower case letters, digits and underscores. */
  code: string
  name: string
  /** The kind of counterpart it uses; null: it moves goods between places of our own. */
  counterpart_kind: VirtualKind | null
}

/** @throws Problem `invalid`, `conflict` */
export function addReason(tx: Write, input: AddReasonInput): Reason {
  if (!/^[a-z][a-z0-9_]{0,63}$/.test(input.code)) {
    throw invalid('/code', 'A code has lower case letters, digits and underscores, at most 64.')
  }
  if (!input.name) throw invalid('/name', 'Name the reason.')
  if (findReason(tx, input.code)) {
    throw new Problem('conflict', `There is a reason "${input.code}" already.`)
  }
  insertReason(tx, input)
  return getReason(tx, input.code)
}

/**
 * Renames a reason, takes it out of use, or back into it; what it means never changes.
 * @throws Problem `not_found`, `invalid`, `conflict` (a reason that came with the product stays)
 */
export function changeReason(
  tx: Write,
  code: string,
  input: { name?: string | undefined; archived?: boolean | undefined },
): Reason {
  const reason = getReason(tx, code)
  const name = input.name ?? reason.name
  if (!name) throw invalid('/name', 'Name the reason.')
  if (input.archived && reason.built_in) {
    throw new Problem('conflict', `"${code}" came with the product and stays in use.`)
  }
  const archived = input.archived ?? reason.archived_at !== null
  updateReason(tx, code, name, archived ? (reason.archived_at ?? tx.now) : null)
  return getReason(tx, code)
}

/** How many days back a posting of this organization may be dated. */
export const backdatingDays = (read: Read): number =>
  findBackdatingDays(read) ?? default_backdating_days

/** @throws Problem `invalid` */
export function changeBackdatingDays(tx: Write, days: number): number {
  if (!Number.isInteger(days) || days < 0 || days > 3_660) {
    throw invalid('/backdating_days', 'Choose 0 to 3,660 days.')
  }
  upsertBackdatingDays(tx, days)
  return days
}
