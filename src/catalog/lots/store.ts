/** The rows of lots and serials. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { Lot, LotFilter, Serial, SerialFilter } from './schema.ts'

const columns = `id, item_id, code, manufactured_on, expires_on, supplier_lot, status, note,
  version, created_at, updated_at`

export const findLotRow = (read: Read, id: string): Lot | undefined =>
  read.get(
    `SELECT ${columns} FROM lots WHERE id = ? AND organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const findLotRowByCode = (read: Read, item_id: string, code: string): Lot | undefined =>
  read.get(
    `SELECT ${columns} FROM lots WHERE item_id = ? AND code = ? AND organization_id = ?`,
    item_id,
    code,
    read.scope.organization_id,
  )

export const listLotRows = (read: Read, filter: LotFilter): Page<Lot> =>
  listRows(read, filter, {
    select: `${columns} FROM lots`,
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['item_id = ?', filter.item_id],
      ['status = ?', filter.status],
      ['expires_on < ?', filter.expires_before],
      ['code BETWEEN ? AND ?', filter.search, filter.search && `${filter.search}\u{10ffff}`],
    ],
    sortable: { created_at: 'created_at', code: 'code' },
    default_sort: '-created_at',
    id: 'id',
  })

export type LotColumns = Pick<
  Lot,
  'item_id' | 'code' | 'manufactured_on' | 'expires_on' | 'supplier_lot' | 'status' | 'note'
>

export const insertLot = (tx: Write, id: string, lot: LotColumns): number =>
  tx.run(
    `INSERT INTO lots (id, organization_id, item_id, code, manufactured_on, expires_on,
        supplier_lot, status, note, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    tx.scope.organization_id,
    lot.item_id,
    lot.code,
    lot.manufactured_on,
    lot.expires_on,
    lot.supplier_lot,
    lot.status,
    lot.note,
    tx.now,
    tx.now,
  )

export const updateLot = (tx: Write, id: string, lot: LotColumns): number =>
  tx.run(
    `UPDATE lots SET manufactured_on = ?, expires_on = ?, supplier_lot = ?, status = ?, note = ?,
        version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    lot.manufactured_on,
    lot.expires_on,
    lot.supplier_lot,
    lot.status,
    lot.note,
    tx.now,
    id,
    tx.scope.organization_id,
  )

const serial_columns = 'id, item_id, code, lot_id, created_at'

export const findSerialRow = (read: Read, id: string): Serial | undefined =>
  read.get(
    `SELECT ${serial_columns} FROM serials WHERE id = ? AND organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const findSerialRowByCode = (
  read: Read,
  item_id: string,
  code: string,
): Serial | undefined =>
  read.get(
    `SELECT ${serial_columns} FROM serials WHERE item_id = ? AND code = ? AND organization_id = ?`,
    item_id,
    code,
    read.scope.organization_id,
  )

export const listSerialRows = (read: Read, filter: SerialFilter): Page<Serial> =>
  listRows(read, filter, {
    select: `${serial_columns} FROM serials`,
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['item_id = ?', filter.item_id],
      ['lot_id = ?', filter.lot_id],
      ['code BETWEEN ? AND ?', filter.search, filter.search && `${filter.search}\u{10ffff}`],
    ],
    sortable: { created_at: 'created_at', code: 'code' },
    default_sort: '-created_at',
    id: 'id',
  })

export const insertSerial = (
  tx: Write,
  id: string,
  serial: Pick<Serial, 'item_id' | 'code' | 'lot_id'>,
): number =>
  tx.run(
    `INSERT INTO serials (id, organization_id, item_id, code, lot_id, created_at)
      VALUES (?, ?, ?, ?, ?, ?)`,
    id,
    tx.scope.organization_id,
    serial.item_id,
    serial.code,
    serial.lot_id,
    tx.now,
  )
