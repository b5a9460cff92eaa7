/** Takes a receipt back that was entered by mistake: the goods go back to the supplier's account. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { notFound, Problem } from '../kit/problem.ts'
import { reverse } from '../ledger/reverse.ts'
import { inUnits } from '../stock/in-units.ts'
import { receiptReversed } from './events.ts'
import { getOrderIn } from './read.ts'
import { describeReceived, settleStatus } from './receive.ts'
import type { Received } from './schema.ts'
import { findReceipt, linesOfReceipt, setReversed } from './store-receipts.ts'
import { addReceived } from './store.ts'

/**
 * Possible while the goods are where they were received, and the order is open.
 * @throws Problem `not_found`, `already_reversed`, `order_closed`, `insufficient_stock`,
 *   `stock_reserved`, `serial_elsewhere`
 */
export function reverseReceipt(
  tx: Write,
  { id, note }: { id: string; note?: string | undefined },
): Received {
  const receipt = findReceipt(tx, id)
  if (!receipt) throw notFound('receipt', id)
  if (receipt.reversed_by) {
    const detail = `${id} was taken back already.`
    throw new Problem('already_reversed', detail, { reversed_by: receipt.reversed_by })
  }
  const order_id = receipt.purchase_order_id
  const order = getOrderIn(tx, order_id, ['sent', 'partially_received', 'received'])
  const { posting } = inUnits(tx, () => reverse(tx, receipt.posting_id, { note }))
  setReversed(tx, id, posting.id)
  for (const { order_line, quantity, rejected } of linesOfReceipt(tx, id)) {
    addReceived(tx, order_id, order_line, rejected ? 0 : -quantity, rejected ? -quantity : 0)
  }
  settleStatus(tx, order)
  const reversed = describeReceived(tx, id, order_id)
  emit(tx, receiptReversed, order_id, reversed)
  return reversed
}
