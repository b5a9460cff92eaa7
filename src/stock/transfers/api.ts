/** What can be done with transfers between sites. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { getTransfer, listTransfers } from './read.ts'
import { cancelTransfer, receiveTransfer } from './receive.ts'
import { NewTransfer, Transfer, TransferFilter, TransferReceipt } from './schema.ts'
import { sendTransfer } from './send.ts'

const one = { level: 'organization', params: IdParam('trf'), reply: Transfer } as const
const change = {
  ...one,
  permission: 'stock.write',
  subject: getTransfer,
  match: 'optional',
  idempotency: 'required',
} as const

export const transfersList = reading(
  {
    id: 'transfers.list',
    route: 'GET /v1/transfers',
    level: 'organization',
    permission: 'stock.read',
    summary: 'List transfers between sites',
    query: TransferFilter,
    reply: PageOf(Transfer),
  },
  listTransfers,
)

export const transfersGet = reading(
  {
    ...one,
    id: 'transfers.get',
    route: 'GET /v1/transfers/:id',
    permission: 'stock.read',
    summary: 'Get a transfer',
  },
  getTransfer,
)

export const transfersCreate = writing(
  {
    id: 'transfers.create',
    route: 'POST /v1/transfers',
    level: 'organization',
    permission: 'stock.write',
    summary: 'Send goods to another site',
    body: NewTransfer,
    reply: Transfer,
    status: 201,
    idempotency: 'required',
    problems: [
      'invalid_quantity',
      'lot_required',
      'serial_required',
      'serial_elsewhere',
      'insufficient_stock',
      'stock_reserved',
    ],
  },
  sendTransfer,
)

export const transfersReceive = writing(
  {
    ...change,
    id: 'transfers.receive',
    route: 'POST /v1/transfers/:id/receipts',
    summary: 'Receive goods of a transfer, all or a part',
    body: TransferReceipt,
    problems: ['over_receipt', 'transfer_closed', 'invalid_quantity'],
    example: { body: { lines: [{ line: 1, quantity: '4', rejected_quantity: '1' }] } },
  },
  receiveTransfer,
)

export const transfersCancel = writing(
  {
    ...change,
    id: 'transfers.cancel',
    route: 'POST /v1/transfers/:id/cancel',
    summary: 'Bring a transfer back of which nothing has arrived',
    problems: ['transfer_closed', 'insufficient_stock', 'serial_elsewhere'],
  },
  cancelTransfer,
)

export const transfersApi = [
  transfersList,
  transfersGet,
  transfersCreate,
  transfersReceive,
  transfersCancel,
]
