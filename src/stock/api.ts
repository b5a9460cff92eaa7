/** What can be done with stock. */
import { dating_problems } from '../ledger/occurred-at.ts'
import { Type } from '@sinclair/typebox'
import { reading, writing } from '../operations/operation.ts'
import { Closed, IdParam, Note, PageOf } from '../operations/shapes.ts'
import { adjustStock } from './adjust.ts'
import { itemAvailability, lookUpCode, lookUpSkus } from './availability.ts'
import { countsApi } from './counts/api.ts'
import { itemHistory } from './history.ts'
import { getLevel, listLevels } from './levels.ts'
import { moveStock } from './move.ts'
import { getPosting, itemMovements, reversePosting } from './movements.ts'
import { reservationsApi } from './reservations/api.ts'
import {
  Adjustment,
  Availability,
  AvailabilityQuery,
  BulkAnswer,
  BulkLookup,
  History,
  HistoryQuery,
  Level,
  LevelFilter,
  LevelParams,
  LevelQuery,
  LookupQuery,
  Move,
  Movement,
  MovementQuery,
  Posted,
  Posting,
} from './schema.ts'
import { transfersApi } from './transfers/api.ts'

const looking = { level: 'organization', permission: 'stock.read' } as const
const moving = {
  level: 'organization',
  permission: 'stock.write',
  reply: Posted,
  status: 201,
  idempotency: 'required',
} as const

export const stockLevels = reading(
  {
    ...looking,
    id: 'stock.levels',
    route: 'GET /v1/stock/levels',
    summary: 'List where goods are and how many',
    query: LevelFilter,
    reply: PageOf(Level),
  },
  listLevels,
)

export const stockLevel = reading(
  {
    ...looking,
    id: 'stock.level',
    route: 'GET /v1/items/:id/levels/:location_id',
    summary: 'Get how much of an item is in one place',
    params: LevelParams,
    query: LevelQuery,
    reply: Level,
    problems: ['not_found'],
  },
  getLevel,
)

export const stockAvailability = reading(
  {
    ...looking,
    id: 'stock.availability',
    route: 'GET /v1/items/:id/availability',
    summary: 'Say how much of an item there is, can be promised, and is to come',
    params: IdParam('itm'),
    query: AvailabilityQuery,
    reply: Availability,
    problems: ['not_there_yet'],
  },
  itemAvailability,
)

export const stockLookup = reading(
  {
    ...looking,
    id: 'stock.lookup',
    route: 'GET /v1/stock/lookup',
    summary: 'Look up what is behind a barcode or sku, for a till',
    query: LookupQuery,
    reply: Availability,
    problems: ['not_found', 'not_there_yet'],
  },
  lookUpCode,
)

export const stockBulkLookup = reading(
  {
    ...looking,
    id: 'stock.bulk_lookup',
    route: 'POST /v1/stock/lookup',
    summary: 'Look up to 1,000 skus up at once',
    body: BulkLookup,
    reply: BulkAnswer,
    problems: ['not_there_yet'],
    example: { body: { skus: ['MUG-BLUE', 'MUG-RED'] } },
  },
  lookUpSkus,
)

export const stockAdjust = writing(
  {
    ...moving,
    id: 'stock.adjust',
    route: 'POST /v1/stock/adjustments',
    summary: 'Correct stock for a reason',
    body: Adjustment,
    problems: [
      'unknown_reason',
      'reason_mismatch',
      'invalid_quantity',
      'lot_required',
      'serial_required',
      'serial_elsewhere',
      ...dating_problems,
      'stale_quantity',
      'insufficient_stock',
      'stock_reserved',
    ],
  },
  adjustStock,
)

export const stockMove = writing(
  {
    ...moving,
    id: 'stock.move',
    route: 'POST /v1/stock/moves',
    summary: 'Move goods from one place to another',
    body: Move,
    problems: [
      'invalid_quantity',
      'unknown_reason',
      'reason_mismatch',
      'lot_required',
      'serial_required',
      'serial_elsewhere',
      'insufficient_stock',
      'stock_reserved',
      ...dating_problems,
    ],
  },
  moveStock,
)

export const stockMovements = reading(
  {
    ...looking,
    id: 'stock.movements',
    route: 'GET /v1/items/:id/movements',
    summary: 'Tell what moved of an item, and why',
    params: IdParam('itm'),
    query: MovementQuery,
    reply: PageOf(Movement),
  },
  itemMovements,
)

export const stockHistory = reading(
  {
    ...looking,
    id: 'stock.history',
    route: 'GET /v1/items/:id/history',
    summary: 'Tell how much of an item was on hand at the end of each day',
    params: IdParam('itm'),
    query: HistoryQuery,
    reply: History,
  },
  itemHistory,
)

export const postingsGet = reading(
  {
    ...looking,
    id: 'postings.get',
    route: 'GET /v1/postings/:id',
    summary: 'Get a posting with its movements',
    params: IdParam('pst'),
    reply: Posting,
  },
  getPosting,
)

export const postingsReverse = writing(
  {
    ...moving,
    id: 'postings.reverse',
    route: 'POST /v1/postings/:id/reverse',
    summary: 'Take a posting back, once',
    params: IdParam('pst'),
    body: Closed({ note: Type.Optional(Note) }),
    subject: getPosting,
    problems: [
      'already_reversed',
      'reversal_is_final',
      'document_posting',
      'insufficient_stock',
      'stock_reserved',
      'serial_elsewhere',
      'period_closed',
    ],
  },
  reversePosting,
)

export const api = [
  stockLevels,
  stockLevel,
  stockAvailability,
  stockLookup,
  stockBulkLookup,
  stockAdjust,
  stockMove,
  stockMovements,
  stockHistory,
  postingsGet,
  postingsReverse,
  ...transfersApi,
  ...countsApi,
  ...reservationsApi,
]
