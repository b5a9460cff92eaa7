/** Reads where a UPS package is. */
import type { HttpResponse } from '../exchange.ts'
import { bodyJson } from '../exchange.ts'
import type { Operation } from '../contract.ts'
import { at, listAt, present, textAt } from '../reading.ts'
import {
  incidentOf,
  needsAttention,
  statusOf,
  type TrackingDetails,
  type TrackingEvent,
  type TrackingRequest,
} from '../tracking.ts'
import { alerts, upsErrors } from './answer.ts'
import { tracking } from './codes.ts'
import { trackingUrl } from './ship.ts'

/** `20210210` and `071356` → `2021-02-10T07:13:56`; short times have lost their leading zero. */
export function wallClock(date: string | undefined, time: string | undefined): string | undefined {
  if (date === undefined || !/^\d{8}$/.test(date)) return undefined
  const day = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`
  if (time === undefined || !/^\d{5,6}$/.test(time)) return `${day}T00:00:00`
  const clock = time.padStart(6, '0')
  return `${day}T${clock.slice(0, 2)}:${clock.slice(2, 4)}:${clock.slice(4, 6)}`
}

function locationOf(activity: unknown): string | undefined {
  const address = at(activity, 'location.address')
  const parts = ['city', 'stateProvince', 'postalCode', 'countryCode']
    .map((name) => textAt(address, name))
    .filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : parts.join(', ')
}

function eventOf(activity: unknown): TrackingEvent {
  const code = textAt(activity, 'status.code')
  const type = textAt(activity, 'status.type')
  const universal = wallClock(textAt(activity, 'gmtDate'), textAt(activity, 'gmtTime'))
  return present({
    code: code ?? type ?? '',
    status: statusOf(tracking, code, type),
    description: textAt(activity, 'status.description')?.trim(),
    location: locationOf(activity),
    occurred_at: universal && `${universal}.000Z`,
    local_time: wallClock(textAt(activity, 'date'), textAt(activity, 'time')),
    incident_reason: incidentOf(tracking, code),
  })
}

/** The day of one kind: `DEL` delivered, `SDD` scheduled, `RDD` rescheduled. */
function dayOf(found: unknown, ...types: string[]): string | undefined {
  const days = listAt(found, 'deliveryDate')
  for (const type of types) {
    const date = textAt(
      days.find((day) => textAt(day, 'type') === type),
      'date',
    )
    const clock = wallClock(date, undefined)
    if (clock !== undefined) return clock.slice(0, 10)
  }
  return undefined
}

function detailsOf(found: unknown, asked: string): TrackingDetails {
  const events = listAt(found, 'activity').map(eventOf)
  const code = textAt(found, 'currentStatus.code')
  const type = textAt(found, 'currentStatus.type')
  const current = statusOf(tracking, code, type)
  const status = current === 'unknown' ? (events[0]?.status ?? 'unknown') : current
  const tracking_number = textAt(found, 'trackingNumber') ?? asked
  return present({
    tracking_number,
    status,
    events,
    incident_reason: incidentOf(tracking, code),
    action_required: needsAttention(status),
    estimated_delivery: dayOf(found, 'RDD', 'SDD'),
    delivered_at: dayOf(found, 'DEL'),
    signed_by: textAt(found, 'deliveryInformation.receivedBy'),
    service: textAt(found, 'service.description'),
    tracking_url: trackingUrl(tracking_number),
  })
}

const packages = (response: HttpResponse): unknown[] =>
  listAt(bodyJson(response), 'trackResponse.shipment').flatMap((one) => listAt(one, 'package'))

export const track: Operation<TrackingRequest, TrackingDetails[]> = {
  request: (input, { now_ms }) =>
    input.tracking_numbers.map((number, index) => ({
      method: 'GET',
      path: `/api/track/v1/details/${encodeURIComponent(number)}`,
      query: { locale: 'en_US', returnSignature: 'true' },
      headers: { transId: `${now_ms}-${index}`, transactionSrc: 'stowage' },
      effect: 'read',
    })),
  read: (responses, input) => {
    const result = responses.flatMap((response, index) =>
      packages(response).map((found) => detailsOf(found, input.tracking_numbers[index]!)),
    )
    const warnings = responses.flatMap((response) =>
      listAt(bodyJson(response), 'trackResponse.shipment').flatMap((one) =>
        alerts(one, 'warnings'),
      ),
    )
    const messages = [...responses.flatMap(upsErrors), ...warnings]
    return { ...(result.length > 0 && { result }), messages }
  },
}
