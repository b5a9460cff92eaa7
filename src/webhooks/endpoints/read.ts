/** Looks endpoints up, and tells how each of them fares. */
import { notFound } from '../../kit/problem.ts'
import type { Read } from '../../db/session.ts'
import { countOf, oldestPending } from '../deliveries/store.ts'
import type { Endpoint, EndpointFilter, Health } from '../schema.ts'
import { findEndpoint, listEndpointRows, type EndpointRow } from './store.ts'

/** @throws Problem `not_found` */
export function requireEndpoint(read: Read, id: string): EndpointRow {
  const row = findEndpoint(read, id)
  if (!row) throw notFound('webhook endpoint', id)
  return row
}

/** @throws Problem `not_found` */
export const getEndpoint = (read: Read, { id }: { id: string }): Endpoint =>
  toEndpoint(requireEndpoint(read, id))

export function listEndpoints(read: Read, filter: EndpointFilter) {
  const { rows, ...rest } = listEndpointRows(read, filter)
  return { data: rows.map(toEndpoint), ...rest }
}

/** How an endpoint fares now. Apart from the endpoint, because it has no version. */
export function getHealth(read: Read, { id }: { id: string }): Health {
  const row = requireEndpoint(read, id)
  const oldest_pending_at = oldestPending(read, id)
  return {
    id,
    state: stateOf(row, read.now),
    consecutive_failures: row.consecutive_failures,
    failing_since: row.failing_since,
    paused_until: row.paused_until,
    last_success_at: row.last_success_at,
    last_failure_at: row.last_failure_at,
    pending_count: countOf(read, id, 'pending'),
    failed_count: countOf(read, id, 'failed'),
    oldest_pending_at,
    queue_age_ms: oldest_pending_at ? read.now_ms - Date.parse(oldest_pending_at) : 0,
  }
}

function stateOf(row: EndpointRow, now: string): Health['state'] {
  if (row.disabled_at) return 'disabled'
  if (row.paused_until && row.paused_until > now) return 'paused'
  return row.consecutive_failures > 0 ? 'failing' : 'healthy'
}

export const toEndpoint = (row: EndpointRow): Endpoint => ({
  id: row.id,
  url: row.url,
  description: row.description,
  types: JSON.parse(row.types) as string[],
  max_concurrency: row.max_concurrency,
  previous_secret_until: row.previous_secret_until,
  disabled_at: row.disabled_at,
  disabled_reason: row.disabled_reason || null,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
