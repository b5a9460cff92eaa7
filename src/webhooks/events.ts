/** What the webhooks tell the outside about themselves. */
import { Type } from '@sinclair/typebox'
import type { EventType } from '../events/emit.ts'
import { Id, Timestamp } from '../operations/shapes.ts'
import { Endpoint } from './schema.ts'

export const endpointCreated: EventType = {
  type: 'webhook_endpoint.created',
  summary: 'An endpoint was added.',
  data: Endpoint,
}

export const endpointUpdated: EventType = {
  type: 'webhook_endpoint.updated',
  summary: 'An endpoint was changed or enabled, or its secret was rotated.',
  data: Endpoint,
}

export const endpointDisabled: EventType = {
  type: 'webhook_endpoint.disabled',
  summary:
    'An endpoint gets nothing any more: by request, because it answered 410, or for failing.',
  data: Endpoint,
}

export const endpointRemoved: EventType = {
  type: 'webhook_endpoint.removed',
  summary: 'An endpoint was removed.',
  data: Endpoint,
}

export const endpointFailing: EventType = {
  type: 'webhook_endpoint.failing',
  summary: 'An endpoint failed several times in a row: it is tried with pauses now.',
  data: Type.Object({ id: Id('whe'), url: Type.String(), failing_since: Timestamp }),
}

export const endpointRecovered: EventType = {
  type: 'webhook_endpoint.recovered',
  summary: 'An endpoint that was failing accepts deliveries again.',
  data: Type.Object({ id: Id('whe'), url: Type.String(), failing_since: Timestamp }),
}

export const events = [
  endpointCreated,
  endpointUpdated,
  endpointDisabled,
  endpointRemoved,
  endpointFailing,
  endpointRecovered,
]
