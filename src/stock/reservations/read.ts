/** Looks reservations up. */
import { getItem } from '../../catalog/read.ts'
import type { Read } from '../../db/session.ts'
import { Problem } from '../../kit/problem.ts'
import { formatQuantity } from '../../kit/quantity.ts'
import {
  getOpenReservation,
  getReservation as getLedgerReservation,
  listReservations as listLedgerReservations,
} from '../../ledger/reservations/open.ts'
import type { Reservation as LedgerReservation } from '../../ledger/schema.ts'
import { findPlaceOfAccount } from '../../locations/read.ts'
import { describeGoods } from '../goods.ts'
import type { Reservation, ReservationFilter } from './schema.ts'

/** @throws Problem `not_found` */
export const getReservation = (read: Read, { id }: { id: string }): Reservation =>
  toReservation(read, getLedgerReservation(read, id))

/**
 * An open reservation that stands by itself; an order's follows its order.
 * @throws Problem `not_found`, `reservation_closed`, `reservation_expired`, `document_posting`
 */
export function getFreeReservation(read: Read, id: string): LedgerReservation {
  const reservation = getOpenReservation(read, id)
  const { reference_type, reference_id } = reservation
  if (reference_type !== 'sales_order') return reservation
  const detail = `${id} belongs to ${reference_id}: change it there, so that both agree.`
  throw new Problem('document_posting', detail, { reference_type, reference_id })
}

export function listReservations(read: Read, filter: ReservationFilter) {
  const { rows, ...rest } = listLedgerReservations(read, filter, filter)
  return { data: rows.map((row) => toReservation(read, row)), ...rest }
}

export function toReservation(read: Read, row: LedgerReservation): Reservation {
  const { scale } = getItem(read, { id: row.item_id })
  const place = row.account_id ? findPlaceOfAccount(read, row.account_id) : undefined
  return {
    id: row.id,
    ...describeGoods(read, row),
    site_id: row.site_id || (place?.site_id ?? null),
    location_id: place?.id ?? null,
    quantity: formatQuantity(row.quantity, scale),
    open_quantity: formatQuantity(row.open_quantity, scale),
    confirmed_quantity: formatQuantity(row.confirmed_quantity, scale),
    released_quantity: formatQuantity(row.released_quantity, scale),
    state: row.state,
    expires_at: row.expires_at,
    reference_type: row.reference_type,
    reference_id: row.reference_id,
    created_at: row.created_at,
    closed_at: row.closed_at,
    version: row.version,
  }
}
