/** Where a parcel is: one vocabulary for every carrier's scans. */
import { Type, type Static, type TLiteral, type TUnion } from '@sinclair/typebox'

export const tracking_statuses = [
  'pending',
  'picked_up',
  'in_transit',
  'out_for_delivery',
  'ready_for_pickup',
  'delivered',
  'on_hold',
  'delivery_delayed',
  'delivery_failed',
  'return_to_sender',
  'cancelled',
  'unknown',
] as const
export type TrackingStatus = (typeof tracking_statuses)[number]

export const incident_reasons = [
  'carrier_damaged_parcel',
  'carrier_sorting_error',
  'carrier_address_not_found',
  'carrier_parcel_lost',
  'carrier_not_enough_time',
  'carrier_vehicle_issue',
  'consignee_refused',
  'consignee_business_closed',
  'consignee_not_available',
  'consignee_not_home',
  'consignee_incorrect_address',
  'consignee_access_restricted',
  'customs_delay',
  'customs_documentation',
  'customs_duties_unpaid',
  'weather_delay',
  'natural_disaster',
  'delivery_exception_hold',
  'delivery_exception_undeliverable',
] as const
export type IncidentReason = (typeof incident_reasons)[number]

const oneOf = <T extends string>(values: readonly T[]) =>
  Type.Union(values.map((value) => Type.Literal(value))) as TUnion<TLiteral<T>[]>

export const TrackingEvent = Type.Object({
  /** The carrier's code exactly as it came: a better table re-maps history. */
  code: Type.String(),
  status: oneOf(tracking_statuses),
  description: Type.Optional(Type.String()),
  location: Type.Optional(Type.String()),
  /** RFC 3339 UTC, only where the carrier gave an instant. */
  occurred_at: Type.Optional(Type.String()),
  /** Wall clock at the place of the scan, without a zone: `2026-11-21T14:56:00`. */
  local_time: Type.Optional(Type.String()),
  incident_reason: Type.Optional(oneOf(incident_reasons)),
})
export type TrackingEvent = Static<typeof TrackingEvent>

export const TrackingDetails = Type.Object({
  tracking_number: Type.String(),
  status: oneOf(tracking_statuses),
  /** Newest first. */
  events: Type.Array(TrackingEvent),
  incident_reason: Type.Optional(oneOf(incident_reasons)),
  /** Somebody has to do something: see the reason and the last event. */
  action_required: Type.Boolean(),
  estimated_delivery: Type.Optional(Type.String()),
  delivered_at: Type.Optional(Type.String()),
  signed_by: Type.Optional(Type.String()),
  service: Type.Optional(Type.String()),
  tracking_url: Type.Optional(Type.String()),
})
export type TrackingDetails = Static<typeof TrackingDetails>

export const TrackingRequest = Type.Object(
  { tracking_numbers: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 50 }) },
  { additionalProperties: false },
)
export type TrackingRequest = Static<typeof TrackingRequest>

/** Statuses in which a person should look, whatever the reason. */
const needs_attention = new Set<TrackingStatus>(['on_hold', 'delivery_failed', 'return_to_sender'])
export const needsAttention = (status: TrackingStatus): boolean => needs_attention.has(status)

/** A carrier's table of exact codes. A code that is not in it is `unknown`, never a guess. */
export interface TrackingCodes {
  statuses: Partial<Record<TrackingStatus, readonly string[]>>
  incidents: Partial<Record<IncidentReason, readonly string[]>>
}

/** The status of the first of `codes` that the table knows. */
export function statusOf(table: TrackingCodes, ...codes: (string | undefined)[]): TrackingStatus {
  for (const code of codes) {
    for (const status of tracking_statuses) {
      if (code !== undefined && table.statuses[status]?.includes(code)) return status
    }
  }
  return 'unknown'
}

export function incidentOf(
  table: TrackingCodes,
  ...codes: (string | undefined)[]
): IncidentReason | undefined {
  return incident_reasons.find((reason) =>
    codes.some((code) => code !== undefined && table.incidents[reason]?.includes(code)),
  )
}
