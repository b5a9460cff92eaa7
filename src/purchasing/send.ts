/** Sends, closes or cancels an order: from when on goods are expected, and until when. */
import type { Write } from '../db/session.ts'
import { emit, type EventType } from '../events/emit.ts'
import { Problem } from '../kit/problem.ts'
import { expectGoods } from '../stock/incoming.ts'
import { orderCancelled, orderClosed, orderSent } from './events.ts'
import { getOrderIn, getPurchaseOrder, outstandingOf } from './read.ts'
import type { PurchaseOrder, PurchaseOrderStatus } from './schema.ts'
import { linesOfOrder, setStatus, type OrderRow } from './store.ts'

/** From now on its goods are incoming. @throws Problem `not_found`, `order_state`, `order_closed` */
export function sendPurchaseOrder(tx: Write, { id }: { id: string }): PurchaseOrder {
  const order = getOrderIn(tx, id, ['draft'])
  tellIncoming(tx, order, true)
  return become(tx, id, 'sent', orderSent)
}

/** What has not come is no longer expected. @throws Problem `not_found`, `order_state`, `order_closed` */
export function closePurchaseOrder(tx: Write, { id }: { id: string }): PurchaseOrder {
  const order = getOrderIn(tx, id, ['sent', 'partially_received', 'received'])
  tellIncoming(tx, order, false)
  return become(tx, id, 'closed', orderClosed)
}

/** As long as nothing has come. @throws Problem `not_found`, `order_state`, `order_closed` */
export function cancelPurchaseOrder(tx: Write, { id }: { id: string }): PurchaseOrder {
  const order = getOrderIn(tx, id, ['draft', 'sent'])
  if (linesOfOrder(tx, id).some((line) => line.rejected_quantity > 0)) {
    const detail = `Goods came for ${order.number} and were rejected: close it instead.`
    throw new Problem('order_state', detail, { order_status: order.status })
  }
  tellIncoming(tx, order, false)
  return become(tx, id, 'cancelled', orderCancelled)
}

/** Tells availability what each line still has to bring. */
export function tellIncoming(tx: Write, order: OrderRow, expected: boolean): void {
  for (const line of linesOfOrder(tx, order.id)) {
    expectGoods(tx, {
      source_id: order.id,
      line: line.line,
      item_id: line.item_id,
      site_id: order.site_id,
      quantity: expected ? outstandingOf(line) : 0,
      expected_on: line.expected_on ?? order.expected_on,
    })
  }
}

function become(
  tx: Write,
  id: string,
  status: PurchaseOrderStatus,
  event: EventType,
): PurchaseOrder {
  setStatus(tx, id, status)
  const order = getPurchaseOrder(tx, { id })
  emit(tx, event, id, order)
  return order
}
