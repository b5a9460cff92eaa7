/** The rows of transfers. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { TransferFilter, TransferStatus } from './schema.ts'

export interface TransferRow {
  id: string
  from_site_id: string
  to_site_id: string
  status: TransferStatus
  note: string
  expected_on: string | null
  posting_id: string
  version: number
  created_at: string
  updated_at: string
}

export interface TransferLineRow {
  line: number
  item_id: string
  lot_id: string
  serial_id: string
  from_location_id: string
  quantity: number
  received_quantity: number
  rejected_quantity: number
}

export const findTransfer = (read: Read, id: string): TransferRow | undefined =>
  read.get(
    'SELECT * FROM transfers WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const linesOfTransfer = (read: Read, id: string): TransferLineRow[] =>
  read.all('SELECT * FROM transfer_lines WHERE transfer_id = ? ORDER BY line LIMIT 500', id)

export const listTransferRows = (read: Read, filter: TransferFilter): Page<TransferRow> =>
  listRows(read, filter, {
    select: '* FROM transfers',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['status = ?', filter.status],
      ['to_site_id = ?', filter.to_site_id],
      ['from_site_id = ?', filter.from_site_id],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

export const insertTransfer = (
  tx: Write,
  row: Omit<TransferRow, 'version' | 'created_at' | 'updated_at'>,
): number =>
  tx.run(
    `INSERT INTO transfers (id, organization_id, from_site_id, to_site_id, status, note,
        expected_on, posting_id, created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.from_site_id,
    row.to_site_id,
    row.status,
    row.note,
    row.expected_on,
    row.posting_id,
    tx.now,
    tx.now,
  )

export const insertTransferLine = (
  tx: Write,
  transfer_id: string,
  row: Omit<TransferLineRow, 'received_quantity' | 'rejected_quantity'>,
): number =>
  tx.run(
    `INSERT INTO transfer_lines
        (transfer_id, line, item_id, lot_id, serial_id, from_location_id, quantity)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    transfer_id,
    row.line,
    row.item_id,
    row.lot_id,
    row.serial_id,
    row.from_location_id,
    row.quantity,
  )

export const addArrived = (
  tx: Write,
  transfer_id: string,
  line: number,
  received: number,
  rejected: number,
): number =>
  tx.run(
    `UPDATE transfer_lines SET received_quantity = received_quantity + ?,
        rejected_quantity = rejected_quantity + ? WHERE transfer_id = ? AND line = ?`,
    received,
    rejected,
    transfer_id,
    line,
  )

export const setTransferStatus = (tx: Write, id: string, status: TransferStatus): number =>
  tx.run(
    `UPDATE transfers SET status = ?, version = version + 1, updated_at = ?
      WHERE id = ? AND organization_id = ?`,
    status,
    tx.now,
    id,
    tx.scope.organization_id,
  )
