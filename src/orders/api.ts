/** What can be done with sales orders. */
import { Type } from '@sinclair/typebox'
import type { Read } from '../db/session.ts'
import { EventPage } from '../events/schema.ts'
import { reading, writing } from '../operations/operation.ts'
import { Closed, Expandable, Id, IdParam, PageOf } from '../operations/shapes.ts'
import { getParty } from '../parties/read.ts'
import { cancelSalesOrder, closeSalesOrder, holdSalesOrder, releaseSalesOrder } from './cancel.ts'
import { confirmPick } from './confirm-pick.ts'
import { changeSalesOrder, createSalesOrder } from './create.ts'
import { deliverSalesOrder, shipSalesOrder, voidDispatch } from './dispatch.ts'
import { getFulfilment, pickList } from './fulfilment.ts'
import {
  ConfirmPick,
  Fulfilment,
  Pack,
  Pick,
  PickList,
  PickListQuery,
  PutBack,
  Ship,
} from './fulfilment-schema.ts'
import { packSalesOrder, unpackParcel } from './pack.ts'
import { pickSalesOrder, putBack } from './pick.ts'
import { allocateSalesOrder, placeSalesOrder } from './place.ts'
import { getSalesOrder, listSalesOrders, orderHistory } from './read.ts'
import {
  HistoryQuery,
  Hold,
  NewSalesOrder,
  SalesOrder,
  SalesOrderChange,
  SalesOrderFilter,
} from './schema.ts'

const one = { level: 'organization', params: IdParam('so'), reply: SalesOrder } as const
const looking = { level: 'organization', permission: 'orders.read' } as const
const expand = {
  customer: (read: Read, { customer_id }: Record<string, unknown>) =>
    customer_id ? getParty(read, { id: String(customer_id) }) : null,
}
const change = {
  ...one,
  permission: 'orders.write',
  subject: getSalesOrder,
  match: 'optional',
} as const
const moving = { ...change, idempotency: 'required', reply: Fulfilment } as const
const packing = { ...moving, permission: 'orders.pack' } as const

export const salesOrdersList = reading(
  {
    ...looking,
    id: 'sales_orders.list',
    route: 'GET /v1/sales_orders',
    summary: 'List sales orders',
    query: SalesOrderFilter,
    expand,
    reply: PageOf(SalesOrder),
  },
  listSalesOrders,
)

export const salesOrdersGet = reading(
  {
    ...one,
    ...looking,
    id: 'sales_orders.get',
    route: 'GET /v1/sales_orders/:id',
    summary: 'Get a sales order',
    query: Closed(Expandable(['customer'])),
    expand,
  },
  getSalesOrder,
)

export const salesOrdersFulfilment = reading(
  {
    ...one,
    ...looking,
    id: 'sales_orders.fulfilment',
    route: 'GET /v1/sales_orders/:id/fulfilment',
    summary: 'Say where the goods of an order are: in bins, on the bench, in parcels',
    reply: Fulfilment,
  },
  getFulfilment,
)

export const salesOrdersHistory = reading(
  {
    ...one,
    ...looking,
    id: 'sales_orders.history',
    route: 'GET /v1/sales_orders/:id/history',
    summary: 'Tell what happened to an order',
    query: HistoryQuery,
    reply: EventPage,
  },
  orderHistory,
)

export const pickListGet = reading(
  {
    ...looking,
    id: 'pick_list.get',
    route: 'GET /v1/pick_list',
    summary: 'Say what can be picked at a site now, in walking order',
    query: PickListQuery,
    reply: PickList,
  },
  pickList,
)

export const pickListConfirm = writing(
  {
    id: 'pick_list.confirm',
    route: 'POST /v1/pick_list/picks',
    level: 'organization',
    permission: 'orders.pick',
    summary: 'Confirm a pick by scanning: the first goods on the walk that carry the code',
    body: ConfirmPick,
    reply: Fulfilment,
    idempotency: 'required',
    problems: ['not_allocated', 'lot_held', 'invalid_quantity'],
    example: { body: { code: '4006381333931' } },
  },
  confirmPick,
)

export const salesOrdersCreate = writing(
  {
    id: 'sales_orders.create',
    route: 'POST /v1/sales_orders',
    level: 'organization',
    permission: 'orders.write',
    summary: 'Take a sales order down',
    body: NewSalesOrder,
    reply: SalesOrder,
    status: 201,
    problems: ['duplicate_reference', 'duplicate_number', 'invalid_quantity'],
  },
  createSalesOrder,
)

export const salesOrdersUpdate = writing(
  {
    ...change,
    id: 'sales_orders.update',
    route: 'PATCH /v1/sales_orders/:id',
    summary: 'Change a sales order',
    body: SalesOrderChange,
    match: 'required',
    problems: ['order_state', 'order_closed', 'invalid_quantity'],
    example: { body: { priority: 10 } },
  },
  changeSalesOrder,
)

export const salesOrdersPlace = writing(
  {
    ...change,
    id: 'sales_orders.place',
    route: 'POST /v1/sales_orders/:id/place',
    summary: 'Place an order: its goods are reserved',
    idempotency: 'required',
    problems: ['order_state', 'order_closed', 'order_held', 'insufficient_stock'],
  },
  placeSalesOrder,
)

export const salesOrdersAllocate = writing(
  {
    ...change,
    id: 'sales_orders.allocate',
    route: 'POST /v1/sales_orders/:id/allocate',
    summary: 'Reserve for what waits, now that goods may have come',
    idempotency: 'required',
    problems: ['order_state', 'order_closed', 'order_held'],
  },
  allocateSalesOrder,
)

export const salesOrdersPick = writing(
  {
    ...moving,
    id: 'sales_orders.pick',
    route: 'POST /v1/sales_orders/:id/picks',
    permission: 'orders.pick',
    summary: 'Bring goods of an order to the bench, all or what was scanned',
    body: Pick,
    problems: [
      'order_state',
      'order_closed',
      'order_held',
      'not_allocated',
      'lot_held',
      'invalid_quantity',
      'insufficient_stock',
      'serial_elsewhere',
    ],
  },
  pickSalesOrder,
)

export const salesOrdersPutBack = writing(
  {
    ...moving,
    id: 'sales_orders.put_back',
    route: 'POST /v1/sales_orders/:id/put_back',
    permission: 'orders.pick',
    summary: 'Bring what lies on the bench back to a place',
    body: PutBack,
    problems: ['order_state', 'order_closed', 'not_picked', 'insufficient_stock'],
  },
  putBack,
)

export const salesOrdersPack = writing(
  {
    ...packing,
    id: 'sales_orders.pack',
    route: 'POST /v1/sales_orders/:id/parcels',
    summary: 'Pack goods from the bench into parcels',
    body: Pack,
    status: 201,
    problems: [
      'order_state',
      'order_closed',
      'order_held',
      'not_picked',
      'lot_required',
      'serial_required',
      'invalid_quantity',
    ],
    example: { body: { parcels: [{ weight_g: 1200 }] } },
  },
  packSalesOrder,
)

export const salesOrdersUnpack = writing(
  {
    ...packing,
    id: 'sales_orders.unpack',
    route: 'DELETE /v1/sales_orders/:id/parcels/:parcel_id',
    summary: 'Take a parcel apart: its goods are on the bench again',
    params: Type.Object({ id: Id('so'), parcel_id: Id('pcl') }),
    problems: ['order_state', 'order_closed', 'parcel_dispatched'],
  },
  unpackParcel,
)

export const salesOrdersShip = writing(
  {
    ...packing,
    id: 'sales_orders.ship',
    route: 'POST /v1/sales_orders/:id/ship',
    summary: 'Let parcels leave that no shipment carries',
    body: Ship,
    problems: [
      'order_state',
      'order_closed',
      'order_held',
      'not_packed',
      'parcel_dispatched',
      'insufficient_stock',
      'serial_elsewhere',
    ],
  },
  shipSalesOrder,
)

export const salesOrdersVoidDispatch = writing(
  {
    ...packing,
    id: 'sales_orders.void_dispatch',
    route: 'POST /v1/sales_orders/:id/void_dispatch',
    summary: 'Take back that parcels left',
    body: Ship,
    problems: ['order_state', 'order_closed', 'not_dispatched', 'document_posting'],
  },
  voidDispatch,
)

export const salesOrdersDeliver = writing(
  {
    ...moving,
    id: 'sales_orders.deliver',
    route: 'POST /v1/sales_orders/:id/deliver',
    summary: 'Say that parcels have arrived',
    body: Ship,
    problems: ['order_state', 'order_closed', 'not_dispatched'],
  },
  deliverSalesOrder,
)

export const salesOrdersHold = writing(
  {
    ...change,
    id: 'sales_orders.hold',
    route: 'POST /v1/sales_orders/:id/hold',
    summary: 'Put an order on hold',
    body: Hold,
    problems: ['order_state', 'order_closed'],
    example: { body: { reason: 'Address to be confirmed' } },
  },
  holdSalesOrder,
)

export const salesOrdersRelease = writing(
  {
    ...change,
    id: 'sales_orders.release',
    route: 'POST /v1/sales_orders/:id/release',
    summary: 'Let an order go on',
    problems: ['order_state', 'order_closed'],
  },
  releaseSalesOrder,
)

export const salesOrdersCancel = writing(
  {
    ...change,
    id: 'sales_orders.cancel',
    route: 'POST /v1/sales_orders/:id/cancel',
    summary: 'Cancel an order: what was reserved is free again',
    idempotency: 'required',
    problems: ['order_state', 'order_closed', 'order_in_hand'],
  },
  cancelSalesOrder,
)

export const salesOrdersClose = writing(
  {
    ...change,
    id: 'sales_orders.close',
    route: 'POST /v1/sales_orders/:id/close',
    summary: 'Close an order: what still waits will not be sent',
    idempotency: 'required',
    problems: ['order_state', 'order_closed', 'order_in_hand'],
  },
  closeSalesOrder,
)

export const api = [
  salesOrdersList,
  salesOrdersGet,
  salesOrdersFulfilment,
  salesOrdersHistory,
  pickListGet,
  pickListConfirm,
  salesOrdersCreate,
  salesOrdersUpdate,
  salesOrdersPlace,
  salesOrdersAllocate,
  salesOrdersPick,
  salesOrdersPutBack,
  salesOrdersPack,
  salesOrdersUnpack,
  salesOrdersShip,
  salesOrdersVoidDispatch,
  salesOrdersDeliver,
  salesOrdersHold,
  salesOrdersRelease,
  salesOrdersCancel,
  salesOrdersClose,
]
