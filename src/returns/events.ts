/** What returns tell the outside. */
import type { EventType } from '../events/emit.ts'
import { Return } from './schema.ts'

const event = (type: string, summary: string): EventType => ({ type, summary, data: Return })

export const returnAuthorized = event('return.authorized', 'A customer may send goods back.')
export const returnLabelled = event('return.labelled', 'A return label was bought.')
export const returnReceived = event('return.received', 'Goods came back and wait for inspection.')
export const returnInspected = event(
  'return.inspected',
  'It was decided what becomes of goods that came back.',
)
export const returnClosed = event('return.closed', 'A return is done with.')
export const returnCancelled = event('return.cancelled', 'A return was called off.')

export const events = [
  returnAuthorized,
  returnLabelled,
  returnReceived,
  returnInspected,
  returnClosed,
  returnCancelled,
]
