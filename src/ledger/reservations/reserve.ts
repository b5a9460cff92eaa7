/** Holds goods for someone: hard in one bin and lot, or soft as a promise of the whole site. */
import type { Write } from '../../db/session.ts'
import { invalid, Problem } from '../../kit/problem.ts'
import { readTime } from '../occurred-at.ts'
import { referenceColumns } from '../reference.ts'
import { levelKey, type LevelKey, type Reference, type Reservation } from '../schema.ts'
import { findAccountState, findLevel, findPromised, sumPromisable } from '../store.ts'
import { expireOnLevel, expireOnSite } from './expire.ts'
import { getReservation } from './open.ts'
import { insertReservation, siteExists } from './store.ts'

interface Common {
  item_id: string
  /** A positive integer: the item's base unit at its scale. */
  quantity: number
  /** RFC 3339; a reservation without it holds until it is confirmed or released. */
  expires_at?: string | null | undefined
  reference?: Reference | undefined
}

/** `account_id` makes it hard, `site_id` soft: exactly one of them. */
export type ReserveInput = Common &
  (
    | {
        account_id: string
        lot_id?: string | undefined
        serial_id?: string | undefined
        site_id?: undefined
      }
    | { site_id: string; account_id?: undefined; lot_id?: undefined; serial_id?: undefined }
  )

/**
 * Reserves; the goods stay where they are, but only a movement that names this reservation takes
 * them (`reservation_id`). A hard reservation may not take what the site has promised softly: to
 * turn a promise into one, release the promise and reserve hard in the same write.
 *
 * Refusals, in this order: `invalid_quantity`, `invalid` (a time that has passed), `not_found` (the
 * account or the site), `account_closed`, `insufficient_stock`.
 */
export function reserve(tx: Write, input: ReserveInput): Reservation {
  if (!Number.isSafeInteger(input.quantity) || input.quantity <= 0) {
    const detail = `The quantity must be a positive whole number, not ${input.quantity}.`
    throw new Problem('invalid_quantity', detail, { errors: [{ pointer: '/quantity', detail }] })
  }
  const expires_at = input.expires_at ? readTime(input.expires_at, '/expires_at') : null
  if (expires_at !== null && expires_at <= tx.now) {
    throw invalid('/expires_at', 'A reservation ends in the future.')
  }
  const key = levelKey({ ...input, account_id: input.account_id ?? '' })
  if (input.site_id === undefined) checkLevel(tx, key, input.quantity)
  else checkSite(tx, input.item_id, input.site_id, input.quantity)
  const id = tx.id('rsv')
  insertReservation(tx, {
    ...key,
    ...referenceColumns(input.reference),
    id,
    site_id: input.site_id ?? '',
    quantity: input.quantity,
    expires_at,
    created_at: tx.now,
  })
  return getReservation(tx, id)
}

function checkLevel(tx: Write, key: LevelKey, quantity: number): void {
  const account = findAccountState(tx, key.account_id)
  if (!account) throw unknown('account', '/account_id', key.account_id)
  const errors = (detail: string) => ({ errors: [{ pointer: '/account_id', detail }] })
  if (account.closed_at !== null) {
    const detail = `The account ${key.account_id} was closed at ${account.closed_at}.`
    throw new Problem('account_closed', detail, errors(detail))
  }
  if (account.floor === null) throw invalid('/account_id', 'Only goods of ours can be reserved.')
  const level = findLevel(tx, key)
  const available = (level?.on_hand ?? 0) - (level?.reserved ?? 0) - account.floor
  if (available < quantity) {
    if (expireOnLevel(tx, key).count > 0) return checkLevel(tx, key, quantity)
    throw tooFew(available, quantity, { ...key })
  }
  // What the site promised softly stays with the site.
  if (account.promisable === 1 && findPromised(tx, key.item_id, account.site_id) > 0) {
    checkSite(tx, key.item_id, account.site_id, quantity)
  }
}

function checkSite(tx: Write, item_id: string, site_id: string, quantity: number): void {
  if (!siteExists(tx, site_id)) throw unknown('site', '/site_id', site_id)
  const promised = findPromised(tx, item_id, site_id)
  const available = sumPromisable(tx, item_id, site_id) - promised
  if (available >= quantity) return
  if (expireOnSite(tx, item_id, site_id).count > 0) {
    return checkSite(tx, item_id, site_id, quantity)
  }
  throw tooFew(available, quantity, { item_id, site_id, promised })
}

const unknown = (noun: string, pointer: string, id: string): Problem => {
  const detail = `There is no ${noun} ${id}.`
  return new Problem('not_found', detail, { errors: [{ pointer, detail }] })
}

const tooFew = (available: number, requested: number, where: Record<string, unknown>): Problem =>
  new Problem('insufficient_stock', `${requested} are asked for, ${available} are available.`, {
    ...where,
    available,
    requested,
    shortfall: requested - available,
  })
