/** Looks deliveries up, with every attempt that was made. */
import { notFound } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import type { Attempt, Delivery, DeliveryDetail, DeliveryFilter } from '../schema.ts'
import { deliveryBody } from './body.ts'
import {
  attemptsOf,
  findDelivery,
  listDeliveryRows,
  type AttemptRow,
  type DeliveryRow,
} from './store.ts'

const shown_attempts = 100

/** @throws Problem `not_found` */
export function requireDelivery(read: Read, id: string): DeliveryRow {
  const row = findDelivery(read, id)
  if (!row) throw notFound('delivery', id)
  return row
}

/** @throws Problem `not_found` */
export function getDelivery(read: Read, { id }: { id: string }): DeliveryDetail {
  const row = requireDelivery(read, id)
  return {
    ...toDelivery(row),
    request_body: deliveryBody(read, row),
    attempts: attemptsOf(read, id, shown_attempts).map(toAttempt),
  }
}

export function listDeliveries(read: Read, filter: DeliveryFilter) {
  const { rows, ...rest } = listDeliveryRows(read, filter)
  return { data: rows.map(toDelivery), ...rest }
}

export const toDelivery = (row: DeliveryRow): Delivery => ({
  id: row.id,
  endpoint_id: row.endpoint_id,
  event_id: row.event_id,
  event_type: row.event_type,
  state: row.state,
  attempt_count: row.attempt_count,
  due_at: row.due_at,
  last_status_code: row.last_status_code,
  last_error: row.last_error,
  created_at: row.created_at,
  finished_at: row.finished_at,
})

const toAttempt = (row: AttemptRow): Attempt => ({
  attempted_at: row.attempted_at,
  duration_ms: row.duration_ms,
  url: row.url,
  request_headers: JSON.parse(row.request_headers) as Record<string, string>,
  status_code: row.status_code,
  error: row.error,
  response_headers: JSON.parse(row.response_headers) as Record<string, string>,
  response_body: row.response_body,
  response_cut: row.response_cut === 1,
})
