/** Selling on screen: orders taken down, picked by scanning, packed at the bench. */
import { itemsList } from '../catalog/api.ts'
import {
  form,
  formState,
  given,
  group,
  page,
  rows,
  rowsState,
  submission,
  type Fields,
  type Visit,
} from '../operations/page.ts'
import { partiesList } from '../parties/api.ts'
import { moneyFromDecimal } from '../kit/money.ts'
import { OrderForm } from '../../views/orders/order-form.tsx'
import { OrderPage } from '../../views/orders/order.tsx'
import { OrdersPage } from '../../views/orders/orders.tsx'
import {
  salesOrdersAllocate,
  salesOrdersCancel,
  salesOrdersClose,
  salesOrdersCreate,
  salesOrdersDeliver,
  salesOrdersFulfilment,
  salesOrdersGet,
  salesOrdersHistory,
  salesOrdersHold,
  salesOrdersList,
  salesOrdersPick,
  salesOrdersPlace,
  salesOrdersRelease,
  salesOrdersVoidDispatch,
} from './api.ts'
import { floor } from './floor-pages.ts'
import type { Fulfilment } from './fulfilment-schema.ts'
import { sales_order_statuses, type SalesOrder } from './schema.ts'

const list = page({
  route: 'GET /orders',
  title: 'Orders',
  nav: { group: 'Selling', label: 'Orders', icon: 'list', permission: 'orders.read' },
  show: (visit) =>
    OrdersPage({
      page: visit.ask(salesOrdersList, visit.query(salesOrdersList)),
      url: visit.url,
      statuses: sales_order_statuses,
      may_write: visit.may('orders.write'),
    }),
})

const create = page({
  route: 'GET /orders/new',
  title: 'New order',
  show: (visit) =>
    OrderForm({
      state: rowsState(visit, 'lines'),
      customers: visit.ask(partiesList, { kind: 'customer', archived: false, limit: 100 }).data,
      items: visit.ask(itemsList, { archived: false, limit: 100 }).data,
    }),
})

const one = page({
  route: 'GET /orders/:id',
  title: (visit) => visit.ask(salesOrdersGet, { id: visit.params.id! }).number,
  show: (visit) => {
    const id = visit.params.id!
    return OrderPage({
      fulfilment: visit.ask(salesOrdersFulfilment, { id }),
      history: visit.ask(salesOrdersHistory, { id, sort: '-seq', limit: 50 }).data,
      state: formState(visit),
      rights: rightsOf(visit),
    })
  },
})

const rightsOf = (visit: Visit) => ({
  may_write: visit.may('orders.write'),
  may_pick: visit.may('orders.pick'),
  may_pack: visit.may('orders.pack'),
  may_ship: visit.may('shipments.write'),
})

/** A decimal price in minor units; anything else is passed on, so that the door says what is wrong. */
const price = (text: string, currency: string): string | number =>
  /^\d+(\.\d+)?$/.test(text) ? moneyFromDecimal(text, currency).amount : text

function newOrder(fields: Fields) {
  const currency = given(fields, 'currency') ?? 'USD'
  return {
    source: 'console',
    customer_id: given(fields, 'customer_id'),
    ship_to: group(fields, 'ship_to'),
    currency,
    ship_by: given(fields, 'ship_by'),
    priority: given(fields, 'priority'),
    backorder_policy: given(fields, 'backorder_policy'),
    external_reference: given(fields, 'external_reference'),
    note: given(fields, 'note'),
    lines: rows(fields, 'lines').map(({ price: typed, ...line }) => ({
      ...line,
      ...(typed && { unit_price: { amount: price(typed, currency), currency } }),
    })),
  }
}

const only = (_: Fields, { id }: Record<string, string>) => ({ id })
const to = (say: string) => (order: SalesOrder) => ({
  to: `/orders/${order.id}`,
  say: `${order.number} ${say}`,
})
const toOrder = (say: string) => (reply: Fulfilment) => to(say)(reply.order)

const placed = (order: SalesOrder) =>
  to(order.backordered ? 'is placed; a part of it waits for goods.' : 'is placed and reserved.')(
    order,
  )

const steps = [
  form({
    route: 'POST /orders/:id/place',
    submit: submission(salesOrdersPlace, only, placed),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/allocate',
    submit: submission(salesOrdersAllocate, only, (order) =>
      to(order.backordered ? 'still waits for goods.' : 'has all its goods reserved.')(order),
    ),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/pick',
    submit: submission(salesOrdersPick, only, toOrder('is on the bench.')),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/hold',
    submit: submission(
      salesOrdersHold,
      (fields, { id }) => ({ id, reason: given(fields, 'reason') ?? '' }),
      to('is on hold.'),
    ),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/release',
    submit: submission(salesOrdersRelease, only, to('goes on.')),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/cancel',
    submit: submission(salesOrdersCancel, only, to('is cancelled; its goods are free again.')),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/close',
    submit: submission(salesOrdersClose, only, to('is closed.')),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/deliver',
    submit: submission(salesOrdersDeliver, only, toOrder('has arrived.')),
    again: one,
  }),
  form({
    route: 'POST /orders/:id/void-dispatch',
    submit: submission(salesOrdersVoidDispatch, only, toOrder('is in the house again.')),
    again: one,
  }),
]

export const pages = {
  pages: [list, create, one, ...floor.pages],
  forms: [
    form({
      route: 'POST /orders/new',
      submit: submission(salesOrdersCreate, newOrder, to('is taken down.')),
      again: create,
    }),
    ...steps,
    ...floor.forms,
  ],
}
