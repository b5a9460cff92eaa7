/** The rows of receipts. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { ReceiptFilter } from './schema.ts'

export interface ReceiptRow {
  id: string
  purchase_order_id: string
  posting_id: string
  reversed_by: string | null
  delivery_note: string
  note: string
  received_by: string
  received_at: string
  created_at: string
}

export interface ReceiptLineRow {
  number: number
  order_line: number
  item_id: string
  lot_id: string
  serial_id: string
  location_id: string
  quantity: number
  rejected: 0 | 1
}

export const findReceipt = (read: Read, id: string): ReceiptRow | undefined =>
  read.get(
    'SELECT * FROM receipts WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const linesOfReceipt = (read: Read, id: string): ReceiptLineRow[] =>
  read.all('SELECT * FROM receipt_lines WHERE receipt_id = ? ORDER BY number LIMIT 1000', id)

export const listReceiptRows = (read: Read, filter: ReceiptFilter): Page<ReceiptRow> =>
  listRows(read, filter, {
    select: '* FROM receipts',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['purchase_order_id = ?', filter.purchase_order_id],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

export const insertReceipt = (
  tx: Write,
  row: Omit<ReceiptRow, 'reversed_by' | 'received_by' | 'created_at'>,
): number =>
  tx.run(
    `INSERT INTO receipts (id, organization_id, purchase_order_id, posting_id, delivery_note, note,
        received_by, received_at, created_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.purchase_order_id,
    row.posting_id,
    row.delivery_note,
    row.note,
    tx.scope.actor.name,
    row.received_at,
    tx.now,
  )

export const insertReceiptLine = (tx: Write, receipt_id: string, row: ReceiptLineRow): number =>
  tx.run(
    `INSERT INTO receipt_lines (receipt_id, number, order_line, item_id, lot_id, serial_id,
        location_id, quantity, rejected)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    receipt_id,
    row.number,
    row.order_line,
    row.item_id,
    row.lot_id,
    row.serial_id,
    row.location_id,
    row.quantity,
    row.rejected,
  )

export const setReversed = (tx: Write, id: string, reversed_by: string): number =>
  tx.run('UPDATE receipts SET reversed_by = ? WHERE id = ?', reversed_by, id)
