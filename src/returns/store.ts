/** The rows of returns. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { Disposition, NewReturn, ReturnFilter, ReturnStatus } from './schema.ts'

export interface ReturnRow {
  id: string
  number: string
  sequence: number
  sales_order_id: string
  site_id: string
  status: ReturnStatus
  reason: NewReturn['reason']
  note: string
  shipment_id: string | null
  refund_amount: number | null
  refund_currency: string | null
  refund_reference: string
  metadata: string
  closed_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export interface LineRow {
  line: number
  order_line: number
  item_id: string
  lot_id: string
  serial_id: string
  quantity: number
  received: number
  inspected: number
}

export interface DispositionRow {
  id: string
  line: number
  disposition: Disposition
  quantity: number
  location_id: string | null
  posting_id: string
  note: string
  decided_by: string
  decided_at: string
}

export const findReturn = (read: Read, id: string): ReturnRow | undefined =>
  read.get<ReturnRow>(
    'SELECT * FROM returns WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const linesOfReturn = (read: Read, id: string): LineRow[] =>
  read.all<LineRow>('SELECT * FROM return_lines WHERE return_id = ? ORDER BY line', id)

export const dispositionsOf = (read: Read, id: string): DispositionRow[] =>
  read.all<DispositionRow>('SELECT * FROM return_dispositions WHERE return_id = ? ORDER BY id', id)

export const listReturnRows = (read: Read, filter: ReturnFilter): Page<ReturnRow> => {
  const { search } = filter
  return listRows<ReturnRow>(read, filter, {
    select: '* FROM returns',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['status = ?', filter.status],
      ['sales_order_id = ?', filter.sales_order_id],
      ['number BETWEEN ? AND ?', search, search && `${search}\u{10ffff}`],
    ],
    sortable: { created_at: 'created_at', number: 'number' },
    default_sort: '-created_at',
    id: 'id',
  })
}

/** What of an order is on its way back already, or was: per line and goods. */
export const returnedOf = (
  read: Read,
  sales_order_id: string,
): Pick<LineRow, 'order_line' | 'lot_id' | 'serial_id' | 'quantity'>[] =>
  read.all(
    `SELECT l.order_line, l.lot_id, l.serial_id, sum(l.quantity) AS quantity
     FROM returns r JOIN return_lines l ON l.return_id = r.id
     WHERE r.sales_order_id = ? AND r.organization_id = ? AND r.status <> 'cancelled'
     GROUP BY l.order_line, l.lot_id, l.serial_id`,
    sales_order_id,
    read.scope.organization_id,
  )

export const nextSequence = (read: Read): number =>
  (read.get<{ sequence: number }>(
    'SELECT sequence FROM returns WHERE organization_id = ? ORDER BY sequence DESC LIMIT 1',
    read.scope.organization_id,
  )?.sequence ?? 0) + 1

export const insertReturn = (
  tx: Write,
  row: Pick<
    ReturnRow,
    'id' | 'number' | 'sequence' | 'sales_order_id' | 'site_id' | 'reason' | 'note' | 'metadata'
  >,
): number =>
  tx.run(
    `INSERT INTO returns (id, organization_id, number, sequence, sales_order_id, site_id, status,
       reason, note, metadata, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, 'authorized', ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.number,
    row.sequence,
    row.sales_order_id,
    row.site_id,
    row.reason,
    row.note,
    row.metadata,
    tx.now,
    tx.now,
  )

export const insertLine = (
  tx: Write,
  return_id: string,
  row: Omit<LineRow, 'received' | 'inspected'>,
): number =>
  tx.run(
    `INSERT INTO return_lines (return_id, line, order_line, item_id, lot_id, serial_id, quantity)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    return_id,
    row.line,
    row.order_line,
    row.item_id,
    row.lot_id,
    row.serial_id,
    row.quantity,
  )

export const addReceived = (tx: Write, return_id: string, line: number, quantity: number): number =>
  tx.run(
    'UPDATE return_lines SET received = received + ? WHERE return_id = ? AND line = ?',
    quantity,
    return_id,
    line,
  )

export const addInspected = (
  tx: Write,
  return_id: string,
  line: number,
  quantity: number,
): number =>
  tx.run(
    'UPDATE return_lines SET inspected = inspected + ? WHERE return_id = ? AND line = ?',
    quantity,
    return_id,
    line,
  )

export const insertDisposition = (
  tx: Write,
  return_id: string,
  row: Omit<DispositionRow, 'decided_by' | 'decided_at'>,
): number =>
  tx.run(
    `INSERT INTO return_dispositions (id, return_id, line, disposition, quantity, location_id,
       posting_id, note, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    return_id,
    row.line,
    row.disposition,
    row.quantity,
    row.location_id,
    row.posting_id,
    row.note,
    tx.scope.actor.name,
    tx.now,
  )

const touched = 'version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?'

export const setStatus = (tx: Write, id: string, status: ReturnStatus): number =>
  tx.run(`UPDATE returns SET status = ?, ${touched}`, status, tx.now, id, tx.scope.organization_id)

export const setShipment = (tx: Write, id: string, shipment_id: string): number =>
  tx.run(
    `UPDATE returns SET shipment_id = ?, ${touched}`,
    shipment_id,
    tx.now,
    id,
    tx.scope.organization_id,
  )

export const setClosed = (
  tx: Write,
  row: Pick<ReturnRow, 'id' | 'status' | 'refund_amount' | 'refund_currency' | 'refund_reference'>,
): number =>
  tx.run(
    `UPDATE returns SET status = ?, refund_amount = ?, refund_currency = ?, refund_reference = ?,
       closed_at = ?, ${touched}`,
    row.status,
    row.refund_amount,
    row.refund_currency,
    row.refund_reference,
    tx.now,
    tx.now,
    row.id,
    tx.scope.organization_id,
  )
