/** Looks sales orders up, and says where their goods are. */
import type { Address } from '../carriers/address.ts'
import type { Read } from '../db/session.ts'
import { listEvents } from '../events/read.ts'
import { addMoney, money, multiplyMoney } from '../kit/money.ts'
import { notFound, Problem } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import type { HistoryQuery, SalesOrder, SalesOrderFilter, SalesOrderStatus } from './schema.ts'
import { findOrder, linesOfOrder, listOrderRows, type LineRow, type OrderRow } from './store.ts'

/** @throws Problem `not_found` */
export function getSalesOrder(read: Read, { id }: { id: string }): SalesOrder {
  return toSalesOrder(read, getOrderRow(read, id))
}

export function listSalesOrders(read: Read, filter: SalesOrderFilter) {
  const { rows, ...rest } = listOrderRows(read, filter)
  return { data: rows.map((row) => toSalesOrder(read, row)), ...rest }
}

/** What happened to an order, as the outside was told. @throws Problem `not_found` */
export function orderHistory(read: Read, { id, ...request }: HistoryQuery & { id: string }) {
  getOrderRow(read, id)
  return listEvents(read, { ...request, subject_id: id })
}

/** States in which goods of an order can be in the house. */
export const open_statuses = ['placed', 'allocated', 'picking', 'packed'] as const

/**
 * The order's row, in one of the states in which something is possible.
 * @throws Problem `not_found`, `order_closed`, `order_state`
 */
export function getOrderIn(read: Read, id: string, allowed: readonly SalesOrderStatus[]): OrderRow {
  const row = getOrderRow(read, id)
  const { status, number } = row
  if (allowed.includes(status)) return row
  const code = status === 'closed' || status === 'cancelled' ? 'order_closed' : 'order_state'
  throw new Problem(code, `${number} is ${status}.`, { order_status: status, possible_in: allowed })
}

/**
 * An order whose goods may be worked on now.
 * @throws Problem `not_found`, `order_closed`, `order_state`, `order_held`
 */
export function getWorkable(
  read: Read,
  id: string,
  allowed: readonly SalesOrderStatus[] = open_statuses,
): OrderRow {
  const row = getOrderIn(read, id, allowed)
  if (!row.hold_reason) return row
  throw new Problem('order_held', `${row.number} is on hold: ${row.hold_reason}.`, {
    hold_reason: row.hold_reason,
  })
}

/** What nobody has reserved, picked, packed or shipped yet. */
export const backorderedOf = (line: LineRow): number =>
  line.quantity - line.allocated - line.picked - line.packed - line.shipped

function getOrderRow(read: Read, id: string): OrderRow {
  const row = findOrder(read, id)
  if (!row) throw notFound('sales order', id)
  return row
}

function toSalesOrder(read: Read, row: OrderRow): SalesOrder {
  const rows = linesOfOrder(read, row.id)
  const waits = (open_statuses as readonly string[]).includes(row.status)
  const total = rows
    .map((line) =>
      multiplyMoney(
        formatQuantity(line.quantity, line.scale),
        money(line.unit_price_amount, row.currency),
      ),
    )
    .reduce(addMoney, money(0, row.currency))
  return {
    id: row.id,
    number: row.number,
    source: row.source,
    external_reference: row.external_reference,
    customer_id: row.customer_id,
    ship_to: JSON.parse(row.ship_to) as Address,
    ship_to_name: row.ship_to_name,
    site_id: row.site_id,
    status: row.status,
    backordered: waits && rows.some((line) => backorderedOf(line) > 0),
    backorder_policy: row.backorder_policy,
    on_hold: row.hold_reason !== '',
    hold_reason: row.hold_reason,
    priority: row.priority,
    ship_by: row.ship_by,
    currency: row.currency,
    total,
    note: row.note,
    metadata: JSON.parse(row.metadata) as SalesOrder['metadata'],
    lines: rows.map((line) => toLine(line, row.currency, waits)),
    placed_at: row.placed_at,
    closed_at: row.closed_at,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

function toLine(line: LineRow, currency: string, waits: boolean): SalesOrder['lines'][number] {
  const quantity = (value: number) => formatQuantity(value, line.scale)
  return {
    line: line.line,
    item_id: line.item_id,
    sku: line.sku,
    name: line.name,
    quantity: quantity(line.quantity),
    backordered_quantity: quantity(waits ? backorderedOf(line) : 0),
    allocated_quantity: quantity(line.allocated),
    picked_quantity: quantity(line.picked),
    packed_quantity: quantity(line.packed),
    shipped_quantity: quantity(line.shipped),
    unit_price: money(line.unit_price_amount, currency),
  }
}
