/** The console's pages for webhooks. */
import {
  form,
  given,
  page,
  submission,
  type Fields,
  type RoomPages,
  type Submission,
  type Visit,
} from '../operations/page.ts'
import { deliveriesView } from '../../views/webhooks/deliveries.tsx'
import { deliveryView } from '../../views/webhooks/delivery.tsx'
import { endpointView } from '../../views/webhooks/endpoint.tsx'
import { endpointsView } from '../../views/webhooks/endpoints.tsx'
import { newEndpointView } from '../../views/webhooks/new.tsx'
import { secretView } from '../../views/webhooks/secret.tsx'
import {
  deliveriesGet,
  deliveriesList,
  deliveriesReplay,
  endpointsCreate,
  endpointsDisable,
  endpointsEnable,
  endpointsGet,
  endpointsHealth,
  endpointsList,
  endpointsRemove,
  endpointsReplay,
  endpointsRevealSecret,
  endpointsRotateSecret,
  endpointsTest,
  endpointsUpdate,
} from './api.ts'

const stateOf = ({ visitor, problem, fields }: Visit) => ({
  csrf_token: visitor.csrf_token,
  problem,
  fields,
})
const idOf = ({ params }: Visit): string => params.id ?? ''
const byId = (_fields: Fields, { id }: Record<string, string>) => ({ id })

const list = page({
  route: 'GET /webhooks',
  title: 'Webhooks',
  nav: { group: 'Developers', label: 'Webhooks', icon: 'hook', permission: 'webhooks.read' },
  show: (visit) =>
    endpointsView({
      page: visit.ask(endpointsList, visit.query(endpointsList)),
      url: visit.url,
      may_write: visit.may('webhooks.write'),
    }),
})

const create = page({
  route: 'GET /webhooks/new',
  title: 'Add an endpoint',
  show: (visit) => newEndpointView({ state: stateOf(visit) }),
})

const one = page({
  route: 'GET /webhooks/:id',
  title: 'Webhook endpoint',
  show: (visit) => {
    const id = idOf(visit)
    return endpointView({
      endpoint: visit.ask(endpointsGet, { id }),
      health: visit.ask(endpointsHealth, { id }),
      deliveries: visit.ask(deliveriesList, { endpoint_id: id, limit: 10 }).data,
      state: stateOf(visit),
      may_write: visit.may('webhooks.write'),
    })
  },
})

const deliveries = page({
  route: 'GET /webhook-deliveries',
  title: 'Deliveries',
  show: (visit) =>
    deliveriesView({
      page: visit.ask(deliveriesList, visit.query(deliveriesList)),
      url: visit.url,
    }),
})

const delivery = page({
  route: 'GET /webhook-deliveries/:id',
  title: 'Delivery',
  show: (visit) =>
    deliveryView({
      delivery: visit.ask(deliveriesGet, { id: idOf(visit) }),
      state: stateOf(visit),
      may_write: visit.may('webhooks.write'),
    }),
})

const endpointOf = (fields: Fields) => ({
  url: given(fields, 'url') ?? '',
  types: (fields.get('types') ?? '').split(/[\s,]+/).filter(Boolean),
  description: given(fields, 'description') ?? '',
  max_concurrency: given(fields, 'max_concurrency'),
})

const secret_title = 'Signing secret'

const step = (name: string, submit: Submission) =>
  form({ route: `POST /webhooks/:id/${name}`, again: one, submit })

export const pages: RoomPages = {
  pages: [list, create, one, deliveries, delivery],
  forms: [
    form({
      route: 'POST /webhooks',
      again: create,
      submit: submission(endpointsCreate, endpointOf, ({ id, secret }) => ({
        title: secret_title,
        show: secretView({ id, secret, previous_secret: null, previous_secret_until: null }),
      })),
    }),
    form({
      route: 'POST /webhooks/:id',
      again: one,
      submit: submission(
        endpointsUpdate,
        (fields, { id }) => ({ ...endpointOf(fields), id }),
        ({ id }) => ({ to: `/webhooks/${id}`, say: 'The endpoint is changed.' }),
      ),
    }),
    step(
      'test',
      submission(endpointsTest, byId, ({ id }) => ({
        to: `/webhook-deliveries/${id}`,
        say: 'A test is on its way.',
      })),
    ),
    step(
      'reveal',
      submission(endpointsRevealSecret, byId, (shown) => ({
        title: secret_title,
        show: secretView(shown),
      })),
    ),
    step(
      'rotate',
      submission(endpointsRotateSecret, byId, (shown) => ({
        title: secret_title,
        show: secretView(shown),
      })),
    ),
    step(
      'disable',
      submission(endpointsDisable, byId, ({ id }) => ({
        to: `/webhooks/${id}`,
        say: 'Nothing is sent there any more.',
      })),
    ),
    step(
      'enable',
      submission(endpointsEnable, byId, ({ id }) => ({
        to: `/webhooks/${id}`,
        say: 'It is told again from now on.',
      })),
    ),
    step(
      'remove',
      submission(endpointsRemove, byId, () => ({
        to: '/webhooks',
        say: 'The endpoint is removed.',
      })),
    ),
    step(
      'replay',
      submission(endpointsReplay, byId, ({ queued, has_more }, visit) => ({
        to: `/webhooks/${idOf(visit)}`,
        say: `${queued} deliveries are sent again${has_more ? '; there are more to replay' : ''}.`,
      })),
    ),
    form({
      route: 'POST /webhook-deliveries/:id/replay',
      again: delivery,
      submit: submission(deliveriesReplay, byId, ({ id }) => ({
        to: `/webhook-deliveries/${id}`,
        say: 'It is on its way again.',
      })),
    }),
  ],
}
