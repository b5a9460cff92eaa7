/** Looks transfers up. */
import { getItem } from '../../catalog/read.ts'
import type { Read } from '../../db/session.ts'
import { notFound } from '../../kit/problem.ts'
import { formatQuantity } from '../../kit/quantity.ts'
import { describeGoods } from '../goods.ts'
import type { Transfer, TransferFilter } from './schema.ts'
import { findTransfer, linesOfTransfer, listTransferRows, type TransferRow } from './store.ts'

/** @throws Problem `not_found` */
export function getTransfer(read: Read, { id }: { id: string }): Transfer {
  const row = findTransfer(read, id)
  if (!row) throw notFound('transfer', id)
  return toTransfer(read, row)
}

export function listTransfers(read: Read, filter: TransferFilter) {
  const { rows, ...rest } = listTransferRows(read, filter)
  return { data: rows.map((row) => toTransfer(read, row)), ...rest }
}

const toTransfer = (read: Read, row: TransferRow): Transfer => ({
  id: row.id,
  from_site_id: row.from_site_id,
  to_site_id: row.to_site_id,
  status: row.status,
  note: row.note,
  expected_on: row.expected_on,
  posting_id: row.posting_id,
  lines: linesOfTransfer(read, row.id).map((line) => {
    const { scale } = getItem(read, { id: line.item_id })
    const { quantity, received_quantity, rejected_quantity } = line
    const outstanding = quantity - received_quantity - rejected_quantity
    return {
      line: line.line,
      ...describeGoods(read, line),
      from_location_id: line.from_location_id,
      quantity: formatQuantity(quantity, scale),
      received_quantity: formatQuantity(received_quantity, scale),
      rejected_quantity: formatQuantity(rejected_quantity, scale),
      outstanding_quantity: formatQuantity(outstanding, scale),
    }
  }),
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
