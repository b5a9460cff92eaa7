/** What sales orders tell the outside. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { Parcel } from './fulfilment-schema.ts'
import { SalesOrder } from './schema.ts'

const about = (what: string, summary: string, data: EventType['data'] = SalesOrder): EventType => ({
  type: `sales_order.${what}`,
  summary,
  data,
})

const WithParcels = Type.Object({ ...SalesOrder.properties, parcels: Type.Array(Parcel) })

export const orderCreated = about('created', 'A sales order was drafted.')
export const orderUpdated = about('updated', 'A sales order was changed.')
export const orderPlaced = about('placed', 'A sales order was placed.')
export const orderAllocated = about('allocated', 'Goods were reserved for an order.')
export const orderBackordered = about('backordered', 'A part of an order waits for goods.')
export const orderPicked = about('picked', 'Goods of an order were brought to the bench.')
export const orderPutBack = about('put_back', 'Picked goods went back to their places.')
export const orderPacked = about('packed', 'Goods of an order went into parcels.', WithParcels)
export const orderUnpacked = about('unpacked', 'A parcel was unpacked again.', WithParcels)
export const orderShipped = about('shipped', 'Parcels of an order left the house.', WithParcels)
export const dispatchVoided = about(
  'dispatch_voided',
  'Parcels that were to leave are in the house again.',
  WithParcels,
)
export const orderDelivered = about('delivered', 'All of an order has arrived.', WithParcels)
export const orderHeld = about('held', 'A sales order was put on hold.')
export const orderReleased = about('released', 'A sales order is no longer on hold.')
export const orderClosed = about('closed', 'Nothing more happens with a sales order.')
export const orderCancelled = about('cancelled', 'A sales order was cancelled.')

export const events = [
  orderCreated,
  orderUpdated,
  orderPlaced,
  orderAllocated,
  orderBackordered,
  orderPicked,
  orderPutBack,
  orderPacked,
  orderUnpacked,
  orderShipped,
  dispatchVoided,
  orderDelivered,
  orderHeld,
  orderReleased,
  orderClosed,
  orderCancelled,
]
