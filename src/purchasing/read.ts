/** Looks purchase orders and receipts up. */
import { getItem } from '../catalog/read.ts'
import { getLot } from '../catalog/lots/read.ts'
import type { Read } from '../db/session.ts'
import { addMoney, money, multiplyMoney } from '../kit/money.ts'
import { notFound, Problem } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import { getLocation } from '../locations/read.ts'
import { describeGoods } from '../stock/goods.ts'
import type {
  PurchaseOrder,
  PurchaseOrderFilter,
  PurchaseOrderStatus,
  Receipt,
  ReceiptFilter,
} from './schema.ts'
import { findReceipt, linesOfReceipt, listReceiptRows, type ReceiptRow } from './store-receipts.ts'
import {
  findOrder,
  linesOfOrder,
  listOrderRows,
  type OrderLineRow,
  type OrderRow,
} from './store.ts'

/** @throws Problem `not_found` */
export function getPurchaseOrder(read: Read, { id }: { id: string }): PurchaseOrder {
  const row = findOrder(read, id)
  if (!row) throw notFound('purchase order', id)
  return toPurchaseOrder(read, row)
}

/**
 * The order's row, in one of the states in which something is possible.
 * @throws Problem `not_found`, `order_closed`, `order_state`
 */
export function getOrderIn(
  read: Read,
  id: string,
  allowed: readonly PurchaseOrderStatus[],
): OrderRow {
  const row = findOrder(read, id)
  if (!row) throw notFound('purchase order', id)
  const { status, number } = row
  if (allowed.includes(status)) return row
  const code = status === 'closed' || status === 'cancelled' ? 'order_closed' : 'order_state'
  throw new Problem(code, `${number} is ${status}.`, { order_status: status, possible_in: allowed })
}

export function listPurchaseOrders(read: Read, filter: PurchaseOrderFilter) {
  const { rows, ...rest } = listOrderRows(read, filter)
  return { data: rows.map((row) => toPurchaseOrder(read, row)), ...rest }
}

/** @throws Problem `not_found` */
export function getReceipt(read: Read, { id }: { id: string }): Receipt {
  const row = findReceipt(read, id)
  if (!row) throw notFound('receipt', id)
  return toReceipt(read, row)
}

export function listReceipts(read: Read, filter: ReceiptFilter) {
  const { rows, ...rest } = listReceiptRows(read, filter)
  return { data: rows.map((row) => toReceipt(read, row)), ...rest }
}

function toPurchaseOrder(read: Read, row: OrderRow): PurchaseOrder {
  const lines = linesOfOrder(read, row.id)
  const total = lines
    .map((line) => priceOf(line, row.currency))
    .reduce(addMoney, money(0, row.currency))
  return {
    id: row.id,
    number: row.number,
    supplier_id: row.supplier_id,
    supplier_name: row.supplier_name,
    site_id: row.site_id,
    status: row.status,
    currency: row.currency,
    expected_on: row.expected_on,
    over_receipt_percent: row.over_receipt_percent,
    reference: row.reference,
    note: row.note,
    metadata: JSON.parse(row.metadata) as PurchaseOrder['metadata'],
    total,
    lines: lines.map((line) => toLine(line, row)),
    sent_at: row.sent_at,
    closed_at: row.closed_at,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

const priceOf = (line: OrderLineRow, currency: string) =>
  multiplyMoney(formatQuantity(line.quantity, line.scale), money(line.unit_price_amount, currency))

/** What is still to come of a line: nothing once more than ordered has come. */
export const outstandingOf = (line: OrderLineRow): number =>
  line.received_quantity < line.quantity ? line.quantity - line.received_quantity : 0

function toLine(line: OrderLineRow, order: OrderRow): PurchaseOrder['lines'][number] {
  const quantity = (value: number) => formatQuantity(value, line.scale)
  return {
    line: line.line,
    item_id: line.item_id,
    sku: line.sku,
    name: line.name,
    supplier_sku: line.supplier_sku,
    quantity: quantity(line.quantity),
    received_quantity: quantity(line.received_quantity),
    rejected_quantity: quantity(line.rejected_quantity),
    outstanding_quantity: quantity(order.closed_at ? 0 : outstandingOf(line)),
    unit_price: money(line.unit_price_amount, order.currency),
    expected_on: line.expected_on,
  }
}

const toReceipt = (read: Read, row: ReceiptRow): Receipt => ({
  id: row.id,
  purchase_order_id: row.purchase_order_id,
  posting_id: row.posting_id,
  reversed_by: row.reversed_by,
  delivery_note: row.delivery_note,
  note: row.note,
  received_by: row.received_by,
  received_at: row.received_at,
  created_at: row.created_at,
  lines: linesOfReceipt(read, row.id).map((line) => ({
    order_line: line.order_line,
    ...describeGoods(read, line),
    expires_on: line.lot_id ? getLot(read, { id: line.lot_id }).expires_on : null,
    location_id: line.location_id,
    location_code: getLocation(read, { id: line.location_id }).code,
    quantity: formatQuantity(line.quantity, getItem(read, { id: line.item_id }).scale),
    rejected: line.rejected === 1,
  })),
})
