/** What can be done with webhooks. */
import { calling, reading, writing } from '../operations/operation.ts'
import { IdParam, PageOf } from '../operations/shapes.ts'
import { getDelivery, listDeliveries } from './deliveries/read.ts'
import { recover, replayDelivery, replayMany, sendTest } from './deliveries/replay.ts'
import {
  changeEndpoint,
  changeHeaders,
  disableEndpoint,
  enableEndpoint,
  removeEndpoint,
} from './endpoints/change.ts'
import { createEndpoint } from './endpoints/create.ts'
import { getEndpoint, getHealth, listEndpoints } from './endpoints/read.ts'
import { revealSecret, rotateSecret } from './endpoints/secret.ts'
import {
  CreatedEndpoint,
  Delivery,
  DeliveryDetail,
  DeliveryFilter,
  Endpoint,
  EndpointChange,
  EndpointFilter,
  EndpointSecret,
  HeadersChange,
  Health,
  NewEndpoint,
  Recovered,
  RecoverRequest,
  Replayed,
  ReplayRequest,
  Rotation,
} from './schema.ts'

const endpoint = { level: 'organization', params: IdParam('whe') } as const
const delivery = { level: 'organization', params: IdParam('whd') } as const

export const endpointsList = reading(
  {
    id: 'webhook_endpoints.list',
    route: 'GET /v1/webhook_endpoints',
    level: 'organization',
    permission: 'webhooks.read',
    summary: 'List webhook endpoints',
    query: EndpointFilter,
    reply: PageOf(Endpoint),
  },
  listEndpoints,
)

export const endpointsGet = reading(
  {
    ...endpoint,
    id: 'webhook_endpoints.get',
    route: 'GET /v1/webhook_endpoints/:id',
    permission: 'webhooks.read',
    summary: 'Get a webhook endpoint',
    reply: Endpoint,
  },
  getEndpoint,
)

export const endpointsCreate = calling(
  {
    id: 'webhook_endpoints.create',
    route: 'POST /v1/webhook_endpoints',
    level: 'organization',
    permission: 'webhooks.write',
    feature: 'webhooks',
    summary: 'Add a webhook endpoint: it gets what happens from now on',
    body: NewEndpoint,
    shown_once: true,
    reply: CreatedEndpoint,
    status: 201,
    problems: ['webhook_url_refused', 'limit_reached'],
    example: { body: { url: 'https://example.com/hooks/stowage', types: ['item.*'] } },
  },
  createEndpoint,
)

export const endpointsUpdate = writing(
  {
    ...endpoint,
    id: 'webhook_endpoints.update',
    route: 'PATCH /v1/webhook_endpoints/:id',
    permission: 'webhooks.write',
    summary: 'Change a webhook endpoint',
    body: EndpointChange,
    reply: Endpoint,
    subject: getEndpoint,
    match: 'required',
    example: { body: { types: ['item.*', 'shipment.*'] } },
  },
  changeEndpoint,
)

export const endpointsSetHeaders = calling(
  {
    ...endpoint,
    id: 'webhook_endpoints.set_headers',
    route: 'PUT /v1/webhook_endpoints/:id/headers',
    permission: 'webhooks.write',
    summary: 'Replace the headers of your own that every delivery carries',
    description: 'They are sealed and cannot be read back.',
    body: HeadersChange,
    reply: Endpoint,
    subject: getEndpoint,
    example: { body: { headers: { 'x-shop': 'harbour' } } },
  },
  changeHeaders,
)

export const endpointsRemove = writing(
  {
    ...endpoint,
    id: 'webhook_endpoints.remove',
    route: 'DELETE /v1/webhook_endpoints/:id',
    permission: 'webhooks.write',
    summary: 'Remove a webhook endpoint and give up what waits for it',
    reply: Endpoint,
    subject: getEndpoint,
    match: 'optional',
  },
  removeEndpoint,
)

export const endpointsDisable = writing(
  {
    ...endpoint,
    id: 'webhook_endpoints.disable',
    route: 'POST /v1/webhook_endpoints/:id/disable',
    permission: 'webhooks.write',
    summary: 'Stop sending to an endpoint; what waits is given up and can be replayed',
    reply: Endpoint,
    subject: getEndpoint,
    match: 'optional',
  },
  disableEndpoint,
)

export const endpointsEnable = writing(
  {
    ...endpoint,
    id: 'webhook_endpoints.enable',
    route: 'POST /v1/webhook_endpoints/:id/enable',
    permission: 'webhooks.write',
    summary: 'Send to a disabled endpoint again, from now on',
    reply: Endpoint,
    subject: getEndpoint,
    match: 'optional',
  },
  enableEndpoint,
)

export const endpointsRevealSecret = calling(
  {
    ...endpoint,
    id: 'webhook_endpoints.reveal_secret',
    route: 'POST /v1/webhook_endpoints/:id/reveal_secret',
    permission: 'webhooks.write',
    summary: 'Show the signing secret of an endpoint; the audit trail notes it',
    shown_once: true,
    reply: EndpointSecret,
    subject: getEndpoint,
  },
  revealSecret,
)

export const endpointsRotateSecret = calling(
  {
    ...endpoint,
    id: 'webhook_endpoints.rotate_secret',
    route: 'POST /v1/webhook_endpoints/:id/rotate_secret',
    permission: 'webhooks.write',
    summary: 'Give an endpoint a new secret; the old one keeps signing during the grace',
    body: Rotation,
    shown_once: true,
    reply: EndpointSecret,
    subject: getEndpoint,
    example: { body: { grace_hours: 24 } },
  },
  rotateSecret,
)

export const endpointsHealth = reading(
  {
    ...endpoint,
    id: 'webhook_endpoints.health',
    route: 'GET /v1/webhook_endpoints/:id/health',
    permission: 'webhooks.read',
    summary: 'Tell how an endpoint fares and how long its queue is',
    reply: Health,
  },
  getHealth,
)

export const endpointsTest = writing(
  {
    ...endpoint,
    id: 'webhook_endpoints.test',
    route: 'POST /v1/webhook_endpoints/:id/test',
    permission: 'webhooks.write',
    summary: 'Send a test event to one endpoint',
    reply: Delivery,
    status: 202,
    subject: getEndpoint,
    problems: ['webhook_endpoint_disabled'],
  },
  sendTest,
)

export const endpointsReplay = writing(
  {
    ...endpoint,
    id: 'webhook_endpoints.replay',
    route: 'POST /v1/webhook_endpoints/:id/replay',
    permission: 'webhooks.write',
    summary: 'Send deliveries again, by state, type and time; failed ones unless told otherwise',
    body: ReplayRequest,
    reply: Replayed,
    status: 202,
    subject: getEndpoint,
    problems: ['webhook_endpoint_disabled'],
    example: { body: { since: '2026-11-20T00:00:00Z' } },
  },
  replayMany,
)

export const endpointsRecover = writing(
  {
    ...endpoint,
    id: 'webhook_endpoints.recover',
    route: 'POST /v1/webhook_endpoints/:id/recover',
    permission: 'webhooks.write',
    summary: 'Queue events that an endpoint never got: older ones, or those while it was disabled',
    body: RecoverRequest,
    reply: Recovered,
    status: 202,
    subject: getEndpoint,
    problems: ['webhook_endpoint_disabled'],
    example: { body: { after_seq: 0 } },
  },
  recover,
)

export const deliveriesList = reading(
  {
    id: 'webhook_deliveries.list',
    route: 'GET /v1/webhook_deliveries',
    level: 'organization',
    permission: 'webhooks.read',
    summary: 'List deliveries; `state=failed` are the ones that were given up',
    query: DeliveryFilter,
    reply: PageOf(Delivery),
  },
  listDeliveries,
)

export const deliveriesGet = reading(
  {
    ...delivery,
    id: 'webhook_deliveries.get',
    route: 'GET /v1/webhook_deliveries/:id',
    permission: 'webhooks.read',
    summary: 'Get a delivery with every attempt: what was sent and what came back',
    reply: DeliveryDetail,
  },
  getDelivery,
)

export const deliveriesReplay = writing(
  {
    ...delivery,
    id: 'webhook_deliveries.replay',
    route: 'POST /v1/webhook_deliveries/:id/replay',
    permission: 'webhooks.write',
    summary: 'Send a delivery again, now',
    reply: Delivery,
    status: 202,
    subject: getDelivery,
    problems: ['webhook_endpoint_disabled'],
  },
  replayDelivery,
)

export const api = [
  endpointsList,
  endpointsGet,
  endpointsCreate,
  endpointsUpdate,
  endpointsSetHeaders,
  endpointsRemove,
  endpointsDisable,
  endpointsEnable,
  endpointsRevealSecret,
  endpointsRotateSecret,
  endpointsHealth,
  endpointsTest,
  endpointsReplay,
  endpointsRecover,
  deliveriesList,
  deliveriesGet,
  deliveriesReplay,
]
