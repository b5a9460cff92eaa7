/** The console's log of events. */
import { page, type RoomPages } from '../operations/page.ts'
import { eventsView, eventView } from '../../views/events/events.tsx'
import { eventsGet, eventsList } from './api.ts'

const list = page({
  route: 'GET /events',
  title: 'Events',
  nav: { group: 'Developers', label: 'Events', icon: 'list', permission: 'events.read' },
  show: (visit) =>
    eventsView({
      page: visit.ask(eventsList, { sort: '-seq', ...visit.query(eventsList) }),
      url: visit.url,
    }),
})

const one = page({
  route: 'GET /events/:id',
  title: 'Event',
  show: (visit) => eventView({ event: visit.ask(eventsGet, { id: visit.params.id ?? '' }) }),
})

export const pages: RoomPages = { pages: [list, one], forms: [] }
