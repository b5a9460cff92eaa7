/** Reads where a Sendle parcel is. */
import type { HttpResponse } from '../exchange.ts'
import { bodyJson } from '../exchange.ts'
import type { Operation } from '../contract.ts'
import { listAt, present, textAt } from '../reading.ts'
import {
  incidentOf,
  needsAttention,
  statusOf,
  type TrackingDetails,
  type TrackingEvent,
  type TrackingRequest,
} from '../tracking.ts'
import { tracking } from './codes.ts'
import { allErrors, sendleErrors } from './errors.ts'

function eventOf(event: unknown): TrackingEvent {
  const code = textAt(event, 'event_type') ?? ''
  const instant = textAt(event, 'scan_time')
  return present({
    code,
    status: statusOf(tracking, code),
    description: textAt(event, 'description'),
    location: textAt(event, 'location'),
    occurred_at:
      instant === undefined || Number.isNaN(Date.parse(instant))
        ? undefined
        : new Date(instant).toISOString(),
    // Sendle's display time is the wall clock of the place, with or without its offset.
    local_time: (textAt(event, 'local_scan_time') ?? textAt(event, 'display_time'))?.slice(0, 19),
    incident_reason: incidentOf(tracking, code),
  })
}

const when = ({ occurred_at, local_time }: TrackingEvent): string => occurred_at ?? local_time ?? ''

function detailsOf(response: HttpResponse, tracking_number: string): TrackingDetails[] {
  if (sendleErrors(response).length > 0) return []
  const answer = bodyJson(response)
  const events = listAt(answer, 'tracking_events')
    .map(eventOf)
    .sort((a, b) => (when(a) < when(b) ? 1 : when(a) > when(b) ? -1 : 0))
  const state = statusOf(tracking, textAt(answer, 'state'))
  const latest = events.find(({ status }) => status !== 'unknown')
  const status = state === 'unknown' ? (latest?.status ?? 'unknown') : state
  const delivered = events.find((event) => event.status === 'delivered')
  return [
    present({
      tracking_number,
      status,
      events,
      incident_reason: needsAttention(status) ? latest?.incident_reason : undefined,
      action_required: needsAttention(status),
      estimated_delivery: textAt(answer, 'scheduling.estimated_delivery_date_maximum'),
      delivered_at: delivered?.occurred_at,
      tracking_url: `https://track.sendle.com/tracking?ref=${encodeURIComponent(tracking_number)}`,
    }),
  ]
}

export const track: Operation<TrackingRequest, TrackingDetails[]> = {
  request: (input) =>
    input.tracking_numbers.map((number) => ({
      method: 'GET',
      path: `/api/tracking/${encodeURIComponent(number)}`,
      effect: 'read',
    })),
  read: (responses, input) => {
    const result = responses.flatMap((response, index) =>
      detailsOf(response, input.tracking_numbers[index]!),
    )
    return { ...(result.length > 0 && { result }), messages: allErrors(responses) }
  },
}
