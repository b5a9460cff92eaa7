/** What can be asked of the feed of events. */
import { Type } from '@sinclair/typebox'
import { reading } from '../operations/operation.ts'
import { IdParam } from '../operations/shapes.ts'
import { listEventTypes, type Catalogue } from './catalogue.ts'
import { getEvent, listEvents } from './read.ts'
import { Event, EventFilter, EventPage, EventTypeList } from './schema.ts'

export const eventsList = reading(
  {
    id: 'events.list',
    route: 'GET /v1/events',
    level: 'organization',
    permission: 'events.read',
    summary: 'List events in the order in which they happened',
    description:
      'Go on with `after` = the last `seq` you dealt with. The order is that of `seq` and nothing is ' +
      'ever inserted before what you have seen. With a filter a page may hold fewer events than its ' +
      'limit while `has_more` is true.',
    query: EventFilter,
    reply: EventPage,
  },
  listEvents,
)

export const eventsGet = reading(
  {
    id: 'events.get',
    route: 'GET /v1/events/:id',
    level: 'organization',
    permission: 'events.read',
    summary: 'Get an event',
    params: IdParam('evt'),
    reply: Event,
  },
  getEvent,
)

/** The catalogue is made of what all rooms declare, so `app.ts` hands it in. */
export const eventTypesList = (catalogue: Catalogue) =>
  reading(
    {
      id: 'event_types.list',
      route: 'GET /v1/event_types',
      level: 'organization',
      permission: 'events.read',
      summary: 'List the types of events, each with its JSON Schema and an example',
      query: Type.Object({}, { additionalProperties: false }),
      reply: EventTypeList,
    },
    listEventTypes(catalogue),
  )

export const api = [eventsList, eventsGet]
