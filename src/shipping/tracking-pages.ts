/** Tracking on screen: the board, one parcel, and the page for whoever waits for it. */
import { carriers } from '../carriers/registry.ts'
import { tracking_statuses } from '../carriers/tracking.ts'
import {
  form,
  formState,
  given,
  page,
  submission,
  type Entrance,
  type Visit,
} from '../operations/page.ts'
import { PublicTrackingPage } from '../../views/shipping/public-tracking.tsx'
import { TrackerPage } from '../../views/shipping/tracker.tsx'
import { TrackersPage } from '../../views/shipping/trackers.tsx'
import { trackersCreate, trackersGet, trackersList, trackersRefresh } from './api.ts'
import { connectionsList } from './connections-api.ts'
import type { Tracker } from './schema.ts'
import { trackInPublic } from './track-in-public.ts'

const nameOf = (carrier_id: string): string =>
  carriers.find(({ id }) => id === carrier_id)?.name ?? carrier_id

/** The page a customer can be sent to. */
export const publicPath = (visit: Visit, tracker_id: string): string =>
  `/track/${visit.visitor.tenant?.id ?? ''}/${tracker_id}`

const board = page({
  route: 'GET /trackers',
  title: 'Tracking',
  nav: { group: 'Shipping', label: 'Tracking', icon: 'track', permission: 'shipments.read' },
  show: (visit) =>
    TrackersPage({
      page: visit.ask(trackersList, visit.query(trackersList)),
      url: visit.url,
      statuses: tracking_statuses,
      carriers: new Map(carriers.map(({ id, name }) => [id, name])),
      connections: visit
        .ask(connectionsList, { limit: 100 })
        .data.filter((connection) => connection.active),
      state: formState(visit),
      may_write: visit.may('shipments.write'),
    }),
})

const one = page({
  route: 'GET /trackers/:id',
  title: (visit) => visit.ask(trackersGet, { id: visit.params.id! }).tracking_number,
  show: (visit) => {
    const tracker = visit.ask(trackersGet, { id: visit.params.id! })
    return TrackerPage({
      tracker,
      carrier: nameOf(tracker.carrier_id),
      public_path: publicPath(visit, tracker.id),
      state: formState(visit),
      may_write: visit.may('shipments.write'),
    })
  },
})

/** No session is needed: the link itself is what the customer was given. */
const for_customers: Entrance = {
  path: '/track/:tenant/:tracker',
  title: 'Your parcel',
  show: ({ data, params }) =>
    PublicTrackingPage({ tracking: trackInPublic(data, params.tenant!, params.tracker!) }),
}

const to = (say: string) => (tracker: Tracker) => ({ to: `/trackers/${tracker.id}`, say })

export const tracking = {
  pages: [board, one],
  forms: [
    form({
      route: 'POST /trackers',
      submit: submission(
        trackersCreate,
        (fields) => ({
          connection_id: given(fields, 'connection_id') ?? '',
          tracking_number: given(fields, 'tracking_number') ?? '',
        }),
        to('Followed from now on.'),
      ),
      again: board,
    }),
    form({
      route: 'POST /trackers/:id/refresh',
      submit: submission(trackersRefresh, (_, { id }) => ({ id }), to('The carrier was asked.')),
      again: one,
    }),
  ],
  entrances: [for_customers],
}
