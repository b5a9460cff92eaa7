/** What can be done with counts. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { cancelCount, postCount } from './post.ts'
import { getCount, listCounts } from './read.ts'
import { recordCount } from './record.ts'
import { requestCount } from './request.ts'
import { Count, CountEntries, CountFilter, NewCount } from './schema.ts'

const one = { level: 'organization', params: IdParam('cnt'), reply: Count } as const
const change = {
  ...one,
  permission: 'stock.write',
  subject: getCount,
  match: 'optional',
} as const

export const countsList = reading(
  {
    id: 'counts.list',
    route: 'GET /v1/counts',
    level: 'organization',
    permission: 'stock.read',
    summary: 'List counts',
    query: CountFilter,
    reply: PageOf(Count),
  },
  listCounts,
)

export const countsGet = reading(
  {
    ...one,
    id: 'counts.get',
    route: 'GET /v1/counts/:id',
    permission: 'stock.read',
    summary: 'Get a count',
  },
  getCount,
)

export const countsCreate = writing(
  {
    id: 'counts.create',
    route: 'POST /v1/counts',
    level: 'organization',
    permission: 'stock.write',
    summary: 'Ask for a count of some places',
    body: NewCount,
    reply: Count,
    status: 201,
  },
  requestCount,
)

export const countsRecord = writing(
  {
    ...change,
    id: 'counts.record',
    route: 'POST /v1/counts/:id/entries',
    summary: 'Take down what was counted',
    description: 'A first difference is counted once more before the count can be posted.',
    body: CountEntries,
    problems: ['count_closed', 'invalid_quantity', 'lot_required', 'serial_required'],
    example: { body: { entries: [{ line: 1, quantity: '24' }] } },
  },
  recordCount,
)

export const countsPost = writing(
  {
    ...change,
    id: 'counts.post',
    route: 'POST /v1/counts/:id/post',
    summary: 'Book a count',
    idempotency: 'required',
    problems: [
      'count_closed',
      'count_incomplete',
      'stock_reserved',
      'insufficient_stock',
      'serial_elsewhere',
      'period_closed',
    ],
  },
  postCount,
)

export const countsCancel = writing(
  {
    ...change,
    id: 'counts.cancel',
    route: 'POST /v1/counts/:id/cancel',
    summary: 'Give a count up',
    problems: ['count_closed'],
  },
  cancelCount,
)

export const countsApi = [
  countsList,
  countsGet,
  countsCreate,
  countsRecord,
  countsPost,
  countsCancel,
]
