/** What can be done with reservations. */
import { reading, writing } from '../../operations/operation.ts'
import { IdParam, PageOf } from '../../operations/shapes.ts'
import { extendReservation, releaseReservation } from './change.ts'
import { confirmReservation } from './confirm.ts'
import { getReservation, listReservations } from './read.ts'
import { reserveStock } from './reserve.ts'
import {
  Confirmation,
  Confirmed,
  Extension,
  NewReservation,
  Release,
  Reservation,
  ReservationFilter,
} from './schema.ts'

const one = { level: 'organization', params: IdParam('rsv') } as const
const change = {
  ...one,
  permission: 'stock.write',
  subject: getReservation,
  match: 'optional',
  idempotency: 'required',
} as const

export const reservationsList = reading(
  {
    id: 'reservations.list',
    route: 'GET /v1/reservations',
    level: 'organization',
    permission: 'stock.read',
    summary: 'List reservations',
    query: ReservationFilter,
    reply: PageOf(Reservation),
  },
  listReservations,
)

export const reservationsGet = reading(
  {
    ...one,
    id: 'reservations.get',
    route: 'GET /v1/reservations/:id',
    permission: 'stock.read',
    summary: 'Get a reservation',
    reply: Reservation,
  },
  getReservation,
)

export const reservationsCreate = writing(
  {
    id: 'reservations.create',
    route: 'POST /v1/reservations',
    level: 'organization',
    permission: 'stock.write',
    summary: 'Reserve goods: softly at a site, or hard in a place',
    body: NewReservation,
    reply: Reservation,
    status: 201,
    idempotency: 'required',
    problems: ['insufficient_stock', 'lot_required', 'serial_required', 'invalid_quantity'],
  },
  reserveStock,
)

export const reservationsConfirm = writing(
  {
    ...change,
    id: 'reservations.confirm',
    route: 'POST /v1/reservations/:id/confirm',
    summary: 'Hand reserved goods over, all or a part',
    body: Confirmation,
    reply: Confirmed,
    problems: [
      'reservation_closed',
      'reservation_expired',
      'reservation_exceeded',
      'document_posting',
      'invalid_quantity',
      'lot_required',
      'serial_required',
      'serial_elsewhere',
      'insufficient_stock',
      'stock_reserved',
    ],
  },
  confirmReservation,
)

export const reservationsExtend = writing(
  {
    ...change,
    id: 'reservations.extend',
    route: 'POST /v1/reservations/:id/extend',
    summary: 'Give a reservation another end',
    body: Extension,
    reply: Reservation,
    problems: ['reservation_closed', 'reservation_expired', 'document_posting'],
  },
  extendReservation,
)

export const reservationsRelease = writing(
  {
    ...change,
    id: 'reservations.release',
    route: 'POST /v1/reservations/:id/release',
    summary: 'Let reserved goods go, all or a part',
    body: Release,
    reply: Reservation,
    problems: [
      'reservation_closed',
      'reservation_expired',
      'reservation_exceeded',
      'document_posting',
      'invalid_quantity',
    ],
  },
  releaseReservation,
)

export const reservationsApi = [
  reservationsList,
  reservationsGet,
  reservationsCreate,
  reservationsConfirm,
  reservationsExtend,
  reservationsRelease,
]
