/** What stock tells the outside. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { Id } from '../operations/shapes.ts'
import { Count } from './counts/schema.ts'
import { reservationEvents } from './reservations/events.ts'
import { Posted } from './schema.ts'
import { Transfer } from './transfers/schema.ts'

export const stockAdjusted: EventType = {
  type: 'stock.adjusted',
  summary: 'Stock was corrected for a reason.',
  data: Posted,
}
export const stockMoved: EventType = {
  type: 'stock.moved',
  summary: 'Goods were moved from one place to another.',
  data: Posted,
}
export const stockReversed: EventType = {
  type: 'stock.reversed',
  summary: 'A posting was taken back.',
  data: Type.Object({ ...Posted.properties, reverses: Id('pst') }),
}
export const transferSent: EventType = {
  type: 'stock.transferred',
  summary: 'Goods left for another site.',
  data: Transfer,
}
export const transferReceived: EventType = {
  type: 'transfer.received',
  summary: 'Goods of a transfer arrived, all or a part.',
  data: Transfer,
}
export const transferCancelled: EventType = {
  type: 'transfer.cancelled',
  summary: 'A transfer was brought back.',
  data: Transfer,
}
export const countRequested: EventType = {
  type: 'count.requested',
  summary: 'A count was asked for.',
  data: Count,
}
export const countCancelled: EventType = {
  type: 'count.cancelled',
  summary: 'A count was given up.',
  data: Count,
}
export const stockCounted: EventType = {
  type: 'stock.counted',
  summary: 'A count was booked.',
  data: Count,
}

export const events = [
  stockAdjusted,
  stockMoved,
  stockReversed,
  transferSent,
  transferReceived,
  transferCancelled,
  countRequested,
  countCancelled,
  stockCounted,
  ...reservationEvents,
]
