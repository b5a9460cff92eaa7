/** Looks returns up. */
import { notFound, Problem } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import { getItem } from '../catalog/read.ts'
import type { Read } from '../db/session.ts'
import { getSalesOrder } from '../orders/read.ts'
import { describeGoods } from '../stock/goods.ts'
import type { Return, ReturnFilter, ReturnStatus } from './schema.ts'
import {
  dispositionsOf,
  findReturn,
  linesOfReturn,
  listReturnRows,
  type ReturnRow,
} from './store.ts'

/** @throws Problem `not_found` */
export function getReturn(read: Read, { id }: { id: string }): Return {
  const row = findReturn(read, id)
  if (!row) throw notFound('return', id)
  return toReturn(read, row)
}

export function listReturns(read: Read, filter: ReturnFilter) {
  const { rows, ...rest } = listReturnRows(read, filter)
  return { data: rows.map((row) => toReturn(read, row)), ...rest }
}

/** @throws Problem `not_found`, `return_state` */
export function getReturnIn(read: Read, id: string, allowed: readonly ReturnStatus[]): ReturnRow {
  const row = findReturn(read, id)
  if (!row) throw notFound('return', id)
  if (allowed.includes(row.status)) return row
  const detail = `${row.number} is ${row.status}; this needs ${allowed.join(' or ')}.`
  throw new Problem('return_state', detail, { return_status: row.status, allowed })
}

function toReturn(read: Read, row: ReturnRow): Return {
  const order = getSalesOrder(read, { id: row.sales_order_id })
  const lines = linesOfReturn(read, row.id).map((line) => {
    const { name, scale } = getItem(read, { id: line.item_id })
    return { ...line, name, scale }
  })
  const scales = new Map(lines.map(({ line, scale }) => [line, scale]))
  return {
    id: row.id,
    number: row.number,
    sales_order_id: row.sales_order_id,
    order_number: order.number,
    customer_name: order.ship_to_name,
    site_id: row.site_id,
    status: row.status,
    reason: row.reason,
    note: row.note,
    shipment_id: row.shipment_id,
    refund:
      row.refund_amount === null
        ? null
        : { amount: row.refund_amount, currency: row.refund_currency ?? '' },
    refund_reference: row.refund_reference,
    metadata: JSON.parse(row.metadata) as Record<string, string>,
    lines: lines.map(
      ({ line, order_line, name, scale, quantity, received, inspected, ...goods }) => ({
        line,
        order_line,
        ...describeGoods(read, goods),
        name,
        quantity: formatQuantity(quantity, scale),
        received_quantity: formatQuantity(received, scale),
        inspected_quantity: formatQuantity(inspected, scale),
      }),
    ),
    dispositions: dispositionsOf(read, row.id).map((each) => ({
      line: each.line,
      disposition: each.disposition,
      quantity: formatQuantity(each.quantity, scales.get(each.line) ?? 0),
      location_id: each.location_id,
      posting_id: each.posting_id,
      note: each.note,
      decided_by: each.decided_by,
      decided_at: each.decided_at,
    })),
    closed_at: row.closed_at,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
