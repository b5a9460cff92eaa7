/** The rows of purchase orders. */
import { listRows, searched, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { PurchaseOrderFilter, PurchaseOrderStatus } from './schema.ts'

export interface OrderRow {
  id: string
  sequence: number
  number: string
  supplier_id: string
  supplier_name: string
  site_id: string
  status: PurchaseOrderStatus
  currency: string
  expected_on: string | null
  over_receipt_percent: number
  reference: string
  note: string
  metadata: string
  sent_at: string | null
  closed_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export interface OrderLineRow {
  line: number
  item_id: string
  sku: string
  name: string
  scale: number
  quantity: number
  unit_price_amount: number
  supplier_sku: string
  expected_on: string | null
  received_quantity: number
  rejected_quantity: number
}

const order_select = `o.*, p.name AS supplier_name
  FROM purchase_orders o CROSS JOIN parties p ON p.id = o.supplier_id`

export const findOrder = (read: Read, id: string): OrderRow | undefined =>
  read.get(
    `SELECT ${order_select} WHERE o.id = ? AND o.organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const findOrderByNumber = (read: Read, number: string): { id: string } | undefined =>
  read.get(
    'SELECT id FROM purchase_orders WHERE organization_id = ? AND number = ?',
    read.scope.organization_id,
    number,
  )

export const lastSequence = (read: Read): number =>
  read.get<{ sequence: number }>(
    `SELECT sequence FROM purchase_orders WHERE organization_id = ?
      ORDER BY sequence DESC LIMIT 1`,
    read.scope.organization_id,
  )?.sequence ?? 0

export const linesOfOrder = (read: Read, id: string): OrderLineRow[] =>
  read.all(
    `SELECT l.*, i.sku, i.name, i.scale
      FROM purchase_order_lines l JOIN items i ON i.id = l.item_id
      WHERE l.purchase_order_id = ? ORDER BY l.line LIMIT 500`,
    id,
  )

export const listOrderRows = (read: Read, filter: PurchaseOrderFilter): Page<OrderRow> => {
  const { search } = filter
  return listRows(read, filter, {
    select: order_select,
    where: [
      ['o.organization_id = ?', read.scope.organization_id],
      ['o.status = ?', filter.status],
      ['o.supplier_id = ?', filter.supplier_id],
      ['o.created_at >= ?', filter.created_from],
      ['o.created_at <= ?', filter.created_until],
      searched(read, 'purchase_orders', search, { begins: ['number'], is: ['reference'] }, 'o.id'),
    ],
    sortable: { created_at: 'o.created_at', number: 'o.number' },
    default_sort: '-created_at',
    id: 'o.id',
  })
}

type NewOrderRow = Pick<
  OrderRow,
  | 'id'
  | 'sequence'
  | 'number'
  | 'supplier_id'
  | 'site_id'
  | 'currency'
  | 'expected_on'
  | 'over_receipt_percent'
  | 'reference'
  | 'note'
  | 'metadata'
>

export const insertOrder = (tx: Write, row: NewOrderRow): number =>
  tx.run(
    `INSERT INTO purchase_orders (id, organization_id, sequence, number, supplier_id, site_id,
        status, currency, expected_on, over_receipt_percent, reference, note, metadata,
        created_at, updated_at)
      VALUES (?, ?, ?, ?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.sequence,
    row.number,
    row.supplier_id,
    row.site_id,
    row.currency,
    row.expected_on,
    row.over_receipt_percent,
    row.reference,
    row.note,
    row.metadata,
    tx.now,
    tx.now,
  )

export const updateOrder = (
  tx: Write,
  id: string,
  row: Pick<
    OrderRow,
    'site_id' | 'expected_on' | 'over_receipt_percent' | 'reference' | 'note' | 'metadata'
  >,
): number =>
  tx.run(
    `UPDATE purchase_orders SET site_id = ?, expected_on = ?, over_receipt_percent = ?,
        reference = ?, note = ?, metadata = ?, version = version + 1, updated_at = ?
      WHERE id = ? AND organization_id = ?`,
    row.site_id,
    row.expected_on,
    row.over_receipt_percent,
    row.reference,
    row.note,
    row.metadata,
    tx.now,
    id,
    tx.scope.organization_id,
  )

export const setStatus = (tx: Write, id: string, status: PurchaseOrderStatus): number =>
  tx.run(
    `UPDATE purchase_orders SET status = ?, sent_at = coalesce(sent_at, ?), closed_at = ?,
        version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    status,
    status === 'sent' ? tx.now : null,
    status === 'closed' || status === 'cancelled' ? tx.now : null,
    tx.now,
    id,
    tx.scope.organization_id,
  )

export type NewLineRow = Pick<
  OrderLineRow,
  'line' | 'item_id' | 'quantity' | 'unit_price_amount' | 'supplier_sku' | 'expected_on'
>

export const insertLine = (tx: Write, purchase_order_id: string, row: NewLineRow): number =>
  tx.run(
    `INSERT INTO purchase_order_lines
        (purchase_order_id, line, item_id, quantity, unit_price_amount, supplier_sku, expected_on)
      VALUES (?, ?, ?, ?, ?, ?, ?)`,
    purchase_order_id,
    row.line,
    row.item_id,
    row.quantity,
    row.unit_price_amount,
    row.supplier_sku,
    row.expected_on,
  )

/** Only of drafts: nothing has come for them. */
export const deleteLines = (tx: Write, purchase_order_id: string): number =>
  tx.run('DELETE FROM purchase_order_lines WHERE purchase_order_id = ?', purchase_order_id)

export const addReceived = (
  tx: Write,
  purchase_order_id: string,
  line: number,
  received: number,
  rejected: number,
): number =>
  tx.run(
    `UPDATE purchase_order_lines SET received_quantity = received_quantity + ?,
        rejected_quantity = rejected_quantity + ? WHERE purchase_order_id = ? AND line = ?`,
    received,
    rejected,
    purchase_order_id,
    line,
  )
