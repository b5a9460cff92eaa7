/** What can be done with lots and serials. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { changeLot } from './change.ts'
import { createLot } from './create.ts'
import { getLot, getSerial, listLots, listSerials } from './read.ts'
import { Lot, LotChange, LotFilter, NewLot, Serial, SerialFilter } from './schema.ts'

const organization = { level: 'organization' } as const

export const lotsList = reading(
  {
    ...organization,
    id: 'lots.list',
    route: 'GET /v1/lots',
    permission: 'items.read',
    summary: 'List lots',
    query: LotFilter,
    reply: PageOf(Lot),
  },
  listLots,
)

export const lotsGet = reading(
  {
    ...organization,
    id: 'lots.get',
    route: 'GET /v1/lots/:id',
    permission: 'items.read',
    summary: 'Get a lot',
    params: IdParam('lot'),
    reply: Lot,
  },
  getLot,
)

export const lotsCreate = writing(
  {
    ...organization,
    id: 'lots.create',
    route: 'POST /v1/lots',
    permission: 'items.write',
    summary: 'Enter a lot of an item',
    body: NewLot,
    reply: Lot,
    status: 201,
    problems: ['duplicate_lot'],
  },
  createLot,
)

export const lotsUpdate = writing(
  {
    ...organization,
    id: 'lots.update',
    route: 'PATCH /v1/lots/:id',
    permission: 'items.write',
    summary: 'Correct, hold, recall or let go of a lot',
    params: IdParam('lot'),
    body: LotChange,
    reply: Lot,
    subject: getLot,
    match: 'required',
    example: { body: { status: 'recalled' } },
  },
  changeLot,
)

export const serialsList = reading(
  {
    ...organization,
    id: 'serials.list',
    route: 'GET /v1/serials',
    permission: 'items.read',
    summary: 'List serials',
    query: SerialFilter,
    reply: PageOf(Serial),
  },
  listSerials,
)

export const serialsGet = reading(
  {
    ...organization,
    id: 'serials.get',
    route: 'GET /v1/serials/:id',
    permission: 'items.read',
    summary: 'Get a serial',
    params: IdParam('ser'),
    reply: Serial,
  },
  getSerial,
)

export const lotsApi = [lotsList, lotsGet, lotsCreate, lotsUpdate, serialsList, serialsGet]
