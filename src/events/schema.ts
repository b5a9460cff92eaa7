/** Shapes of events on the wire. */
import { Type, type Static } from '@sinclair/typebox'
import { Closed, Id, Nullable, OneOf, PageOf, Timestamp } from '../operations/shapes.ts'

/** `item.created`, `item.*` or `*`. */
export const TypePattern = Type.String({
  pattern: '^(\\*|[a-z_]+\\.(\\*|[a-z_]+(\\.[a-z_]+)*))$',
  maxLength: 100,
  description: 'A type such as item.created, a family such as item.*, or *',
})

export const Event = Type.Object({
  id: Id('evt'),
  seq: Type.Integer({ description: 'Grows by one with every event of the business' }),
  type: Type.String(),
  organization_id: Type.String(),
  subject_id: Type.String({ description: 'The record it is about' }),
  occurred_at: Timestamp,
  request_id: Type.String({ description: 'The request that caused it; empty for scheduled work' }),
  data: Type.Unknown({ description: 'As the catalogue of event types declares it' }),
})
export type Event = Static<typeof Event>

export const EventFilter = Closed({
  after: Type.Optional(
    Type.Integer({ minimum: 0, description: 'Events after this seq; where a reader goes on' }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 25 })),
  cursor: Type.Optional(Type.String({ pattern: '^\\d{1,15}$' })),
  sort: Type.Optional(OneOf(['seq', '-seq'])),
  type: Type.Optional(TypePattern),
  subject_id: Type.Optional(Type.String({ maxLength: 100 })),
})
export type EventFilter = Static<typeof EventFilter>

export const EventPage = PageOf(Event)

export const EventTypeEntry = Type.Object({
  type: Type.String(),
  summary: Type.String(),
  data_schema: Type.Unknown({ description: 'JSON Schema of `data`' }),
  example: Nullable(Type.Unknown()),
})
export type EventTypeEntry = Static<typeof EventTypeEntry>

export const EventTypeList = Type.Object({ data: Type.Array(EventTypeEntry) })
