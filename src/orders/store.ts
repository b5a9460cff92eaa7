/** The rows of sales orders. Where the goods of a line are follows from what happened to them. */
import { listRows, searched, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { BackorderPolicy, SalesOrderFilter, SalesOrderStatus } from './schema.ts'

export interface OrderRow {
  id: string
  sequence: number
  number: string
  source: string
  external_reference: string | null
  customer_id: string | null
  ship_to: string
  ship_to_name: string
  site_id: string
  status: SalesOrderStatus
  backorder_policy: BackorderPolicy
  currency: string
  priority: number
  ship_by: string | null
  hold_reason: string
  note: string
  metadata: string
  placed_at: string | null
  closed_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export interface LineRow {
  line: number
  item_id: string
  sku: string
  name: string
  scale: number
  quantity: number
  unit_price_amount: number
  /** Reserved in bins. */
  allocated: number
  /** On the bench. */
  picked: number
  /** In parcels that are still here. */
  packed: number
  /** In parcels that have left. */
  shipped: number
}

export const findOrder = (read: Read, id: string): OrderRow | undefined =>
  read.get(
    'SELECT * FROM sales_orders WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const findOrderByNumber = (read: Read, number: string): { id: string } | undefined =>
  read.get(
    'SELECT id FROM sales_orders WHERE organization_id = ? AND number = ?',
    read.scope.organization_id,
    number,
  )

export const findOrderByReference = (
  read: Read,
  source: string,
  external_reference: string,
): { id: string; number: string } | undefined =>
  read.get(
    `SELECT id, number FROM sales_orders
      WHERE organization_id = ? AND source = ? AND external_reference = ?`,
    read.scope.organization_id,
    source,
    external_reference,
  )

export const lastSequence = (read: Read): number =>
  read.get<{ sequence: number }>(
    `SELECT sequence FROM sales_orders WHERE organization_id = ? ORDER BY sequence DESC LIMIT 1`,
    read.scope.organization_id,
  )?.sequence ?? 0

const in_parcels = (condition: string) =>
  `coalesce((SELECT sum(c.quantity) FROM sales_order_parcels p
      JOIN sales_order_parcel_contents c ON c.parcel_id = p.id
      WHERE p.sales_order_id = l.sales_order_id AND c.line = l.line AND ${condition}), 0)`

export const linesOfOrder = (read: Read, id: string): LineRow[] =>
  read.all(
    `SELECT l.line, l.item_id, i.sku, i.name, i.scale, l.quantity, l.unit_price_amount,
        coalesce((SELECT sum(r.open_quantity) FROM sales_order_allocations a
          JOIN stock_reservations r ON r.id = a.reservation_id
          WHERE a.sales_order_id = l.sales_order_id AND a.line = l.line
            AND r.state = 'open'), 0) AS allocated,
        coalesce((SELECT sum(b.quantity) FROM sales_order_picked b
          WHERE b.sales_order_id = l.sales_order_id AND b.line = l.line), 0) AS picked,
        ${in_parcels('p.dispatched_at IS NULL')} AS packed,
        ${in_parcels('p.dispatched_at IS NOT NULL')} AS shipped
      FROM sales_order_lines l JOIN items i ON i.id = l.item_id
      WHERE l.sales_order_id = ? ORDER BY l.line LIMIT 500`,
    id,
  )

const has_allocations = `EXISTS (SELECT 1 FROM sales_order_allocations a
  JOIN stock_reservations r ON r.id = a.reservation_id
  WHERE a.sales_order_id = o.id AND r.state = 'open')`

export const listOrderRows = (read: Read, filter: SalesOrderFilter): Page<OrderRow> => {
  const { search, on_hold } = filter
  const held = on_hold ? `o.hold_reason <> ''` : `o.hold_reason = ''`
  return listRows(read, filter, {
    select: 'o.* FROM sales_orders o',
    where: [
      ['o.organization_id = ?', read.scope.organization_id],
      ['o.status = ?', filter.status],
      ['o.customer_id = ?', filter.customer_id],
      ['o.site_id = ?', filter.site_id],
      ['o.source = ?', filter.source],
      ['o.created_at >= ?', filter.created_from],
      ['o.created_at <= ?', filter.created_until],
      ...(filter.to_pick ? [[has_allocations] as [string]] : []),
      ...(on_hold === undefined ? [] : [[held] as [string]]),
      searched(
        read,
        'sales_orders',
        search,
        { begins: ['number', 'ship_to_name'], is: ['external_reference'] },
        'o.id',
      ),
    ],
    sortable: { created_at: 'o.created_at', number: 'o.number' },
    default_sort: '-created_at',
    id: 'o.id',
  })
}

const columns = [
  'ship_to',
  'ship_to_name',
  'site_id',
  'backorder_policy',
  'priority',
  'ship_by',
  'hold_reason',
  'note',
  'metadata',
] as const

export type OrderColumns = Pick<OrderRow, (typeof columns)[number]>

export const insertOrder = (
  tx: Write,
  row: OrderColumns &
    Pick<
      OrderRow,
      'id' | 'sequence' | 'number' | 'source' | 'external_reference' | 'customer_id' | 'currency'
    >,
): number =>
  tx.run(
    `INSERT INTO sales_orders (id, organization_id, sequence, number, source, external_reference,
        customer_id, currency, status, created_at, updated_at, ${columns.join(', ')})
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?, ?, ${columns.map(() => '?').join(', ')})`,
    row.id,
    tx.scope.organization_id,
    row.sequence,
    row.number,
    row.source,
    row.external_reference,
    row.customer_id,
    row.currency,
    tx.now,
    tx.now,
    ...columns.map((name) => row[name]),
  )

export const updateOrder = (tx: Write, id: string, row: OrderColumns): number =>
  tx.run(
    `UPDATE sales_orders SET ${columns.map((name) => `${name} = ?`).join(', ')},
        version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    ...columns.map((name) => row[name]),
    tx.now,
    id,
    tx.scope.organization_id,
  )

export const setStatus = (tx: Write, id: string, status: SalesOrderStatus): number =>
  tx.run(
    `UPDATE sales_orders SET status = ?, placed_at = coalesce(placed_at, ?), closed_at = ?,
        version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    status,
    status === 'draft' || status === 'cancelled' ? null : tx.now,
    status === 'closed' || status === 'cancelled' ? tx.now : null,
    tx.now,
    id,
    tx.scope.organization_id,
  )

export type NewLineRow = Pick<LineRow, 'line' | 'item_id' | 'quantity' | 'unit_price_amount'>

export const insertLine = (tx: Write, sales_order_id: string, row: NewLineRow): number =>
  tx.run(
    `INSERT INTO sales_order_lines (sales_order_id, line, item_id, quantity, unit_price_amount)
      VALUES (?, ?, ?, ?, ?)`,
    sales_order_id,
    row.line,
    row.item_id,
    row.quantity,
    row.unit_price_amount,
  )

/** Only of drafts: nothing is reserved for them. */
export const deleteLines = (tx: Write, sales_order_id: string): number =>
  tx.run('DELETE FROM sales_order_lines WHERE sales_order_id = ?', sales_order_id)
