/** What can be done with purchase orders and their receipts. */
import { dating_problems } from '../ledger/occurred-at.ts'
import { Type } from '@sinclair/typebox'
import type { Read } from '../db/session.ts'
import { reading, writing } from '../operations/operation.ts'
import { Closed, Expandable, IdParam, Note, PageOf } from '../operations/shapes.ts'
import { getParty } from '../parties/read.ts'
import { changePurchaseOrder, createPurchaseOrder } from './create.ts'
import { getPurchaseOrder, getReceipt, listPurchaseOrders, listReceipts } from './read.ts'
import { receivePurchaseOrder } from './receive.ts'
import { reverseReceipt } from './reverse-receipt.ts'
import {
  NewPurchaseOrder,
  NewReceipt,
  PurchaseOrder,
  PurchaseOrderChange,
  PurchaseOrderFilter,
  Receipt,
  Received,
  ReceiptFilter,
} from './schema.ts'
import { cancelPurchaseOrder, closePurchaseOrder, sendPurchaseOrder } from './send.ts'

const one = { level: 'organization', params: IdParam('po'), reply: PurchaseOrder } as const
const expand = {
  supplier: (read: Read, { supplier_id }: Record<string, unknown>) =>
    getParty(read, { id: String(supplier_id) }),
}
const change = {
  ...one,
  permission: 'purchasing.write',
  subject: getPurchaseOrder,
  match: 'optional',
} as const

export const purchaseOrdersList = reading(
  {
    id: 'purchase_orders.list',
    route: 'GET /v1/purchase_orders',
    level: 'organization',
    permission: 'purchasing.read',
    summary: 'List purchase orders',
    query: PurchaseOrderFilter,
    expand,
    reply: PageOf(PurchaseOrder),
  },
  listPurchaseOrders,
)

export const purchaseOrdersGet = reading(
  {
    ...one,
    id: 'purchase_orders.get',
    route: 'GET /v1/purchase_orders/:id',
    permission: 'purchasing.read',
    summary: 'Get a purchase order',
    query: Closed(Expandable(['supplier'])),
    expand,
  },
  getPurchaseOrder,
)

export const purchaseOrdersCreate = writing(
  {
    id: 'purchase_orders.create',
    route: 'POST /v1/purchase_orders',
    level: 'organization',
    permission: 'purchasing.write',
    summary: 'Draft a purchase order',
    body: NewPurchaseOrder,
    reply: PurchaseOrder,
    status: 201,
    problems: ['duplicate_number', 'invalid_quantity'],
  },
  createPurchaseOrder,
)

export const purchaseOrdersUpdate = writing(
  {
    ...change,
    id: 'purchase_orders.update',
    route: 'PATCH /v1/purchase_orders/:id',
    summary: 'Change a draft',
    body: PurchaseOrderChange,
    match: 'required',
    problems: ['order_state', 'order_closed', 'invalid_quantity'],
    example: { body: { expected_on: '2026-12-01' } },
  },
  changePurchaseOrder,
)

export const purchaseOrdersSend = writing(
  {
    ...change,
    id: 'purchase_orders.send',
    route: 'POST /v1/purchase_orders/:id/send',
    summary: 'Send an order: from now on its goods are incoming',
    problems: ['order_state', 'order_closed'],
  },
  sendPurchaseOrder,
)

export const purchaseOrdersReceive = writing(
  {
    ...change,
    id: 'purchase_orders.receive',
    route: 'POST /v1/purchase_orders/:id/receipts',
    permission: 'purchasing.receive',
    summary: 'Receive goods of an order, all or a part',
    body: NewReceipt,
    reply: Received,
    status: 201,
    idempotency: 'required',
    problems: [
      'order_closed',
      'order_state',
      'over_receipt',
      'lot_required',
      'serial_required',
      'lot_mismatch',
      'serial_elsewhere',
      'invalid_quantity',
      ...dating_problems,
    ],
    example: { body: { lines: [{ line: 1, quantity: '24' }], delivery_note: 'DN 4711' } },
  },
  receivePurchaseOrder,
)

export const purchaseOrdersClose = writing(
  {
    ...change,
    id: 'purchase_orders.close',
    route: 'POST /v1/purchase_orders/:id/close',
    summary: 'Close an order: what has not come is no longer expected',
    problems: ['order_state', 'order_closed'],
  },
  closePurchaseOrder,
)

export const purchaseOrdersCancel = writing(
  {
    ...change,
    id: 'purchase_orders.cancel',
    route: 'POST /v1/purchase_orders/:id/cancel',
    summary: 'Cancel an order of which nothing has come',
    problems: ['order_state', 'order_closed'],
  },
  cancelPurchaseOrder,
)

export const receiptsList = reading(
  {
    id: 'receipts.list',
    route: 'GET /v1/receipts',
    level: 'organization',
    permission: 'purchasing.read',
    summary: 'List receipts, of all orders or of one',
    query: ReceiptFilter,
    reply: PageOf(Receipt),
  },
  listReceipts,
)

export const receiptsGet = reading(
  {
    id: 'receipts.get',
    route: 'GET /v1/receipts/:id',
    level: 'organization',
    permission: 'purchasing.read',
    summary: 'Get a receipt',
    params: IdParam('rct'),
    reply: Receipt,
  },
  getReceipt,
)

export const receiptsReverse = writing(
  {
    id: 'receipts.reverse',
    route: 'POST /v1/receipts/:id/reverse',
    level: 'organization',
    permission: 'purchasing.receive',
    summary: 'Take a receipt back that was entered by mistake',
    params: IdParam('rct'),
    body: Closed({ note: Type.Optional(Note) }),
    reply: Received,
    subject: getReceipt,
    idempotency: 'required',
    problems: [
      'already_reversed',
      'order_closed',
      'insufficient_stock',
      'stock_reserved',
      'serial_elsewhere',
    ],
  },
  reverseReceipt,
)

export const api = [
  purchaseOrdersList,
  purchaseOrdersGet,
  purchaseOrdersCreate,
  purchaseOrdersUpdate,
  purchaseOrdersSend,
  purchaseOrdersReceive,
  purchaseOrdersClose,
  purchaseOrdersCancel,
  receiptsList,
  receiptsGet,
  receiptsReverse,
]
