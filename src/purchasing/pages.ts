/** Buying on screen: orders to suppliers, and what of them has come. */
import { itemsGet, itemsList } from '../catalog/api.ts'
import { locationsList } from '../locations/api.ts'
import { form, formState, given, page, rows, submission, type Visit } from '../operations/page.ts'
import { partiesList } from '../parties/api.ts'
import { OrderForm } from '../../views/purchasing/order-form.tsx'
import { OrderPage } from '../../views/purchasing/order.tsx'
import { OrdersPage } from '../../views/purchasing/orders.tsx'
import { ReceivePage } from '../../views/purchasing/receive.tsx'
import {
  purchaseOrdersCancel,
  purchaseOrdersClose,
  purchaseOrdersCreate,
  purchaseOrdersGet,
  purchaseOrdersList,
  purchaseOrdersReceive,
  purchaseOrdersSend,
  receiptsList,
} from './api.ts'
import type { PurchaseOrder, Received } from './schema.ts'

const orderOf = (visit: Visit): PurchaseOrder =>
  visit.ask(purchaseOrdersGet, { id: visit.params.id! })

const list = page({
  route: 'GET /purchase_orders',
  title: 'Purchase orders',
  nav: { group: 'Buying', label: 'Purchase orders', icon: 'cart', permission: 'purchasing.read' },
  show: (visit) =>
    OrdersPage({
      page: visit.ask(purchaseOrdersList, visit.query(purchaseOrdersList)),
      url: visit.url,
      may_write: visit.may('purchasing.write'),
    }),
})

const create = page({
  route: 'GET /purchase_orders/new',
  title: 'New purchase order',
  show: (visit) =>
    OrderForm({
      state: formState(visit),
      suppliers: visit.ask(partiesList, { kind: 'supplier', archived: false, limit: 100 }).data,
      items: visit.ask(itemsList, { archived: false, limit: 100 }).data,
    }),
})

const one = page({
  route: 'GET /purchase_orders/:id',
  title: (visit) => orderOf(visit).number,
  show: (visit) =>
    OrderPage({
      order: orderOf(visit),
      receipts: visit.ask(receiptsList, { purchase_order_id: visit.params.id! }).data,
      state: formState(visit),
      may_write: visit.may('purchasing.write'),
      may_receive: visit.may('purchasing.receive'),
    }),
})

const receive = page({
  route: 'GET /purchase_orders/:id/receive',
  title: (visit) => `Receive ${orderOf(visit).number}`,
  show: (visit) => {
    const order = orderOf(visit)
    const places = visit.ask(locationsList, {
      site_id: order.site_id,
      archived: false,
      limit: 100,
    })
    const tracking = ({ item_id }: { item_id: string }) =>
      [item_id, visit.ask(itemsGet, { id: item_id }).tracking] as const
    return ReceivePage({
      order,
      places: places.data.filter((place) => place.receivable && place.account_id),
      tracking: new Map(order.lines.map(tracking)),
      state: formState(visit),
    })
  },
})

const to = (say: string) => (order: PurchaseOrder) => ({
  to: `/purchase_orders/${order.id}`,
  say: `${order.number} ${say}`,
})

const decimal = /^(\d+)(?:\.(\d{1,2}))?$/

/** `12.50` as minor units; anything else is passed on, so that the door says what is wrong with it. */
const minor = (text: string): string | number => {
  const [, whole, cents = ''] = decimal.exec(text) ?? []
  return whole === undefined ? text : Number(whole) * 100 + Number(cents.padEnd(2, '0'))
}

export const pages = {
  pages: [list, create, one, receive],
  forms: [
    form({
      route: 'POST /purchase_orders/new',
      submit: submission(
        purchaseOrdersCreate,
        (fields) => {
          const currency = given(fields, 'currency') ?? 'USD'
          return {
            supplier_id: given(fields, 'supplier_id') ?? '',
            currency,
            expected_on: given(fields, 'expected_on'),
            over_receipt_percent: given(fields, 'over_receipt_percent'),
            reference: given(fields, 'reference'),
            note: given(fields, 'note'),
            lines: rows(fields, 'lines').map(({ price, ...line }) => ({
              ...line,
              ...(price && { unit_price: { amount: minor(price), currency } }),
            })),
          }
        },
        to('is drafted.'),
      ),
      again: create,
    }),
    form({
      route: 'POST /purchase_orders/:id/send',
      submit: submission(purchaseOrdersSend, (_, { id }) => ({ id }), to('is with the supplier.')),
      again: one,
    }),
    form({
      route: 'POST /purchase_orders/:id/close',
      submit: submission(purchaseOrdersClose, (_, { id }) => ({ id }), to('is closed.')),
      again: one,
    }),
    form({
      route: 'POST /purchase_orders/:id/cancel',
      submit: submission(purchaseOrdersCancel, (_, { id }) => ({ id }), to('is cancelled.')),
      again: one,
    }),
    form({
      route: 'POST /purchase_orders/:id/receive',
      submit: submission(
        purchaseOrdersReceive,
        (fields, { id }) => ({
          id,
          delivery_note: given(fields, 'delivery_note'),
          lines: rows(fields, 'lines')
            .filter((line) => line.quantity || line.rejected_quantity || line.serials)
            .map(({ serials, ...line }) => ({
              ...line,
              ...(serials && { serial_codes: serials.split(/[\s,;]+/).filter(Boolean) }),
            })),
        }),
        (received: Received) => ({
          to: `/purchase_orders/${received.purchase_order_id}`,
          say: 'Received: the stock is on the shelf.',
        }),
      ),
      again: receive,
    }),
  ],
}
