/** Ends an order, or stops it for a while. */
import type { Write } from '../db/session.ts'
import { Problem } from '../kit/problem.ts'
import { release } from '../ledger/reservations/release.ts'
import { orderCancelled, orderClosed, orderHeld, orderReleased } from './events.ts'
import { getOrderIn, open_statuses } from './read.ts'
import type { Hold, SalesOrder } from './schema.ts'
import { tell } from './settle.ts'
import { picksOfOrder } from './store-fulfilment.ts'
import { linesOfOrder, setStatus, updateOrder, type OrderRow } from './store.ts'

/**
 * What was reserved is free again. Picked goods are put back first.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `order_in_hand`
 */
export function cancelSalesOrder(tx: Write, { id }: { id: string }): SalesOrder {
  const order = getOrderIn(tx, id, ['draft', ...open_statuses])
  refuseInHand(tx, order)
  if (linesOfOrder(tx, id).some((line) => line.shipped > 0)) {
    const detail = `A part of ${order.number} has left: close it instead.`
    throw new Problem('order_state', detail, { order_status: order.status })
  }
  releaseAll(tx, id)
  setStatus(tx, id, 'cancelled')
  return tell(tx, id, orderCancelled)
}

/**
 * Nothing more happens with it; what still waits will not be sent.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `order_in_hand`
 */
export function closeSalesOrder(tx: Write, { id }: { id: string }): SalesOrder {
  const order = getOrderIn(tx, id, [...open_statuses, 'shipped', 'delivered'])
  refuseInHand(tx, order)
  if (linesOfOrder(tx, id).every((line) => line.shipped === 0)) {
    const detail = `Nothing of ${order.number} has left: cancel it instead.`
    throw new Problem('order_state', detail, { order_status: order.status })
  }
  releaseAll(tx, id)
  setStatus(tx, id, 'closed')
  return tell(tx, id, orderClosed)
}

/** Nothing of it is picked, packed or shipped meanwhile. @throws Problem `order_state`, `order_closed` */
export function holdSalesOrder(tx: Write, { id, reason }: Hold & { id: string }): SalesOrder {
  const order = getOrderIn(tx, id, ['draft', ...open_statuses])
  updateOrder(tx, id, { ...order, hold_reason: reason })
  return tell(tx, id, orderHeld)
}

/** @throws Problem `not_found`, `order_state`, `order_closed` */
export function releaseSalesOrder(tx: Write, { id }: { id: string }): SalesOrder {
  const order = getOrderIn(tx, id, ['draft', ...open_statuses])
  updateOrder(tx, id, { ...order, hold_reason: '' })
  return tell(tx, id, orderReleased)
}

function refuseInHand(tx: Write, order: OrderRow): void {
  if (!linesOfOrder(tx, order.id).some((line) => line.picked + line.packed > 0)) return
  const detail = `Goods of ${order.number} are on the bench: unpack them and put them back first.`
  throw new Problem('order_in_hand', detail)
}

function releaseAll(tx: Write, id: string): void {
  for (let open = picksOfOrder(tx, id); open.length > 0; open = picksOfOrder(tx, id)) {
    for (const { reservation_id } of open) release(tx, reservation_id)
  }
}
