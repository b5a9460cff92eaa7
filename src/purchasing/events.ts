/** What purchasing tells the outside. */
import type { EventType } from '../events/emit.ts'
import { PurchaseOrder, Received } from './schema.ts'

const about = (what: string, summary: string, data: EventType['data'] = PurchaseOrder) => ({
  type: `purchase_order.${what}`,
  summary,
  data,
})

export const orderCreated = about('created', 'A purchase order was drafted.')
export const orderUpdated = about('updated', 'A draft was changed.')
export const orderSent = about('sent', 'A purchase order went to its supplier.')
export const orderReceived = about('received', 'Goods came for a purchase order.', Received)
export const receiptReversed = about('receipt_reversed', 'A receipt was taken back.', Received)
export const orderClosed = about('closed', 'Nothing more is expected of a purchase order.')
export const orderCancelled = about('cancelled', 'A purchase order was cancelled.')

export const events: EventType[] = [
  orderCreated,
  orderUpdated,
  orderSent,
  orderReceived,
  receiptReversed,
  orderClosed,
  orderCancelled,
]
