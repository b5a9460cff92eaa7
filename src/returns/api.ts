/** What can be done when goods come back. */
import { dating_problems } from '../ledger/occurred-at.ts'
import { calling, reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { authorizeReturn } from './authorize.ts'
import { cancelReturn, closeReturn } from './close.ts'
import { inspectReturn } from './inspect.ts'
import { labelReturn } from './label.ts'
import { getReturn, listReturns } from './read.ts'
import { receiveReturn } from './receive.ts'
import {
  Inspection,
  NewReturn,
  NewReturnReceipt,
  Return,
  ReturnClose,
  ReturnFilter,
  ReturnLabel,
} from './schema.ts'

const level = 'organization'
const one = { level, params: IdParam('ret'), reply: Return, subject: getReturn } as const

export const returnsList = reading(
  {
    id: 'returns.list',
    route: 'GET /v1/returns',
    level,
    permission: 'returns.read',
    summary: 'List returns',
    query: ReturnFilter,
    reply: PageOf(Return),
  },
  listReturns,
)

export const returnsGet = reading(
  {
    id: 'returns.get',
    route: 'GET /v1/returns/:id',
    level,
    permission: 'returns.read',
    summary: 'Get a return',
    params: IdParam('ret'),
    reply: Return,
  },
  getReturn,
)

export const returnsAuthorize = writing(
  {
    id: 'returns.authorize',
    route: 'POST /v1/returns',
    level,
    permission: 'returns.write',
    summary: 'Allow a customer to send goods of an order back',
    body: NewReturn,
    reply: Return,
    status: 201,
    problems: [
      'not_found',
      'not_returnable',
      'invalid_quantity',
      'lot_required',
      'serial_required',
    ],
  },
  authorizeReturn,
)

export const returnsLabel = calling(
  {
    ...one,
    id: 'returns.label',
    route: 'POST /v1/returns/:id/label',
    permission: 'shipments.purchase',
    feature: 'shipping',
    summary: 'Buy the label the customer sends the goods back with',
    body: ReturnLabel,
    idempotency: 'required',
    problems: [
      'return_state',
      'shipment_state',
      'quota_exceeded',
      'carrier_refused',
      'carrier_unreachable',
      'purchase_in_progress',
      'connection_paused',
    ],
  },
  labelReturn,
)

export const returnsReceive = writing(
  {
    ...one,
    id: 'returns.receive',
    route: 'POST /v1/returns/:id/receipts',
    permission: 'returns.receive',
    summary: 'Take returned goods in for inspection',
    body: NewReturnReceipt,
    idempotency: 'required',
    problems: [
      'return_state',
      'over_receipt',
      'invalid_quantity',
      'insufficient_stock',
      'serial_elsewhere',
      ...dating_problems,
    ],
  },
  receiveReturn,
)

export const returnsInspect = writing(
  {
    ...one,
    id: 'returns.inspect',
    route: 'POST /v1/returns/:id/dispositions',
    permission: 'returns.inspect',
    summary: 'Decide what becomes of returned goods',
    body: Inspection,
    idempotency: 'required',
    problems: [
      'return_state',
      'not_returnable',
      'invalid_quantity',
      'insufficient_stock',
      'stock_reserved',
      'serial_elsewhere',
    ],
  },
  inspectReturn,
)

export const returnsClose = writing(
  {
    ...one,
    id: 'returns.close',
    route: 'POST /v1/returns/:id/close',
    permission: 'returns.write',
    summary: 'Close a return, with what was refunded',
    body: ReturnClose,
    match: 'optional',
    problems: ['return_state'],
  },
  closeReturn,
)

export const returnsCancel = writing(
  {
    ...one,
    id: 'returns.cancel',
    route: 'POST /v1/returns/:id/cancel',
    permission: 'returns.write',
    summary: 'Call a return off before anything has come',
    match: 'optional',
    problems: ['return_state'],
  },
  cancelReturn,
)

export const api = [
  returnsList,
  returnsGet,
  returnsAuthorize,
  returnsLabel,
  returnsReceive,
  returnsInspect,
  returnsClose,
  returnsCancel,
]
