/** SQL of reservations. The database keeps `reserved` on levels and promises equal to what is open. */
import { listRows, type ListRequest, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { LevelKey, Reservation, ReservationState } from '../schema.ts'

const columns = `id, item_id, lot_id, serial_id, account_id, site_id, quantity, open_quantity,
  confirmed_quantity, released_quantity, state, expires_at, reference_type, reference_id,
  created_at, closed_at, version`

export const findReservation = (read: Read, id: string): Reservation | undefined =>
  read.get(
    `SELECT ${columns} FROM stock_reservations WHERE id = ? AND organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const insertReservation = (
  tx: Write,
  reservation: Omit<
    Reservation,
    'open_quantity' | 'confirmed_quantity' | 'released_quantity' | 'state' | 'closed_at' | 'version'
  >,
): number =>
  tx.run(
    `INSERT INTO stock_reservations (id, organization_id, item_id, lot_id, serial_id, account_id,
        site_id, quantity, open_quantity, expires_at, reference_type, reference_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    reservation.id,
    tx.scope.organization_id,
    reservation.item_id,
    reservation.lot_id,
    reservation.serial_id,
    reservation.account_id,
    reservation.site_id,
    reservation.quantity,
    reservation.quantity,
    reservation.expires_at,
    reservation.reference_type,
    reservation.reference_id,
    reservation.created_at,
  )

/** Lets go of a part or all; what is left keeps it open. */
export const updateReleased = (
  tx: Write,
  id: string,
  quantity: number,
  state: ReservationState,
): number =>
  tx.run(
    `UPDATE stock_reservations SET open_quantity = open_quantity - ?,
        released_quantity = released_quantity + ?, state = ?,
        closed_at = ?, version = version + 1
      WHERE id = ?`,
    quantity,
    quantity,
    state,
    state === 'open' ? null : tx.now,
    id,
  )

export const updateExpiry = (tx: Write, id: string, expires_at: string | null): number =>
  tx.run(
    'UPDATE stock_reservations SET expires_at = ?, version = version + 1 WHERE id = ?',
    expires_at,
    id,
  )

interface Open {
  id: string
  open_quantity: number
}

export const overdueOnLevel = (read: Read, key: LevelKey): Open[] =>
  read.all(
    `SELECT id, open_quantity FROM stock_reservations
      WHERE state = 'open' AND account_id = ? AND account_id <> '' AND item_id = ? AND lot_id = ?
        AND serial_id = ? AND expires_at <= ? LIMIT 1000`,
    key.account_id,
    key.item_id,
    key.lot_id,
    key.serial_id,
    read.now,
  )

export const overdueOnSite = (read: Read, item_id: string, site_id: string): Open[] =>
  read.all(
    `SELECT id, open_quantity FROM stock_reservations
      WHERE state = 'open' AND site_id = ? AND site_id <> '' AND item_id = ? AND expires_at <= ?
      LIMIT 1000`,
    site_id,
    item_id,
    read.now,
  )

/** Of every organization: the sweep is the tenant's. */
export const overdueAnywhere = (read: Read, limit: number): Reservation[] =>
  read.all(
    `SELECT ${columns} FROM stock_reservations
      WHERE state = 'open' AND expires_at IS NOT NULL AND expires_at <= ?
      ORDER BY expires_at LIMIT ?`,
    read.now,
    limit,
  )

export const siteExists = (read: Read, site_id: string): boolean =>
  read.get(
    `SELECT 1 FROM stock_accounts WHERE site_id = ? AND site_id <> '' AND organization_id = ?
      LIMIT 1`,
    site_id,
    read.scope.organization_id,
  ) !== undefined

export interface ReservationFilter {
  item_id?: string | undefined
  reference_id?: string | undefined
  state?: ReservationState | undefined
}

export const listReservationRows = (
  read: Read,
  filter: ReservationFilter,
  request: ListRequest,
): Page<Reservation> =>
  listRows(read, request, {
    select: `${columns} FROM stock_reservations`,
    where: [
      ['organization_id = ?', read.scope.organization_id],
      [`reference_id = ? AND reference_id <> ''`, filter.reference_id],
      ['item_id = ?', filter.item_id],
      ['state = ?', filter.state],
    ],
    sortable: { item_id: 'item_id' },
    default_sort: 'item_id',
    id: 'id',
  })
