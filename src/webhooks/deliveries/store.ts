/** The rows of deliveries and their attempts. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { DeliveryFilter, ReplayRequest } from '../schema.ts'

export interface DeliveryRow {
  number: number
  id: string
  organization_id: string
  endpoint_id: string
  event_id: string
  event_type: string
  test_body: string | null
  state: 'pending' | 'succeeded' | 'failed'
  rung: number
  round: number
  attempt_count: number
  due_at: string
  last_status_code: number | null
  last_error: string
  created_at: string
  finished_at: string | null
}

export interface AttemptRow {
  attempted_at: string
  duration_ms: number
  url: string
  request_headers: string
  status_code: number | null
  error: string
  response_headers: string
  response_body: string
  response_cut: 0 | 1
}

export type NewDelivery = Pick<
  DeliveryRow,
  'id' | 'organization_id' | 'endpoint_id' | 'event_id' | 'event_type' | 'test_body'
>

/** One per endpoint and event: a reader that sees an event again queues nothing new. */
export const insertDelivery = (tx: Write, row: NewDelivery): number =>
  tx.run(
    `INSERT INTO webhook_deliveries (id, organization_id, endpoint_id, event_id, event_type,
       test_body, state, due_at, created_at)
     VALUES (?, ?, ?, ?, ?, ?, 'pending', ?, ?) ON CONFLICT (endpoint_id, event_id) DO NOTHING`,
    row.id,
    row.organization_id,
    row.endpoint_id,
    row.event_id,
    row.event_type,
    row.test_body,
    tx.now,
    tx.now,
  )

export const findDelivery = (read: Read, id: string): DeliveryRow | undefined =>
  read.get(
    'SELECT * FROM webhook_deliveries WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export function listDeliveryRows(read: Read, filter: DeliveryFilter): Page<DeliveryRow> {
  const { endpoint_id, state } = filter
  return listRows<DeliveryRow>(read, filter, {
    select: '* FROM webhook_deliveries',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['endpoint_id = ?', endpoint_id],
      // Written out, because the partial index of failed ones serves only a constant.
      ...(state === 'failed' ? [["state = 'failed'"] as [string]] : []),
      ['state = ?', state],
      ['event_type = ?', filter.event_type],
      ['event_id = ?', filter.event_id],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })
}

export const countOf = (read: Read, endpoint_id: string, state: 'pending' | 'failed'): number =>
  state === 'pending'
    ? read.get<{ count: number }>(
        `SELECT count(*) AS count FROM webhook_deliveries
         WHERE endpoint_id = ? AND state = 'pending'`,
        endpoint_id,
      )!.count
    : read.get<{ count: number }>(
        `SELECT count(*) AS count FROM webhook_deliveries INDEXED BY webhook_deliveries_dead
         WHERE endpoint_id = ? AND state = 'failed'`,
        endpoint_id,
      )!.count

export const oldestPending = (read: Read, endpoint_id: string): string | null =>
  read.get<{ created_at: string | null }>(
    `SELECT min(created_at) AS created_at FROM webhook_deliveries
     WHERE endpoint_id = ? AND state = 'pending'`,
    endpoint_id,
  )?.created_at ?? null

/** When the next delivery of the tenant is due, whoever it is for; undefined when none waits. */
export const nextDue = (read: Read): string | undefined =>
  read.get<{ due_at: string }>(
    `SELECT due_at FROM webhook_deliveries INDEXED BY webhook_deliveries_next
     WHERE state = 'pending' ORDER BY due_at LIMIT 1`,
  )?.due_at

export const dueDeliveries = (
  read: Read,
  endpoint_id: string,
  now: string,
  limit: number,
): DeliveryRow[] =>
  read.all(
    `SELECT * FROM webhook_deliveries INDEXED BY webhook_deliveries_due
     WHERE endpoint_id = ? AND state = 'pending' AND due_at <= ?
     ORDER BY due_at, number LIMIT ?`,
    endpoint_id,
    now,
    limit,
  )

export type Settlement = Pick<
  DeliveryRow,
  'state' | 'rung' | 'due_at' | 'last_status_code' | 'last_error'
>

/** Changes nothing when the delivery was replayed or given up meanwhile. */
export const settleDelivery = (
  tx: Write,
  { id, round }: Pick<DeliveryRow, 'id' | 'round'>,
  settled: Settlement,
): number =>
  tx.run(
    `UPDATE webhook_deliveries SET state = ?, rung = ?, due_at = ?, last_status_code = ?,
       last_error = ?, finished_at = ? WHERE id = ? AND round = ? AND state = 'pending'`,
    settled.state,
    settled.rung,
    settled.due_at,
    settled.last_status_code,
    settled.last_error,
    settled.state === 'pending' ? null : tx.now,
    id,
    round,
  )

export function insertAttempt(tx: Write, delivery_id: string, attempt: AttemptRow): void {
  tx.run(
    `INSERT INTO webhook_attempts (delivery_id, attempted_at, duration_ms, url, request_headers,
       status_code, error, response_headers, response_body, response_cut)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    delivery_id,
    attempt.attempted_at,
    attempt.duration_ms,
    attempt.url,
    attempt.request_headers,
    attempt.status_code,
    attempt.error,
    attempt.response_headers,
    attempt.response_body,
    attempt.response_cut,
  )
  tx.run(
    'UPDATE webhook_deliveries SET attempt_count = attempt_count + 1 WHERE id = ?',
    delivery_id,
  )
}

export const attemptsOf = (read: Read, delivery_id: string, limit: number): AttemptRow[] =>
  read.all(
    'SELECT * FROM webhook_attempts WHERE delivery_id = ? ORDER BY number DESC LIMIT ?',
    delivery_id,
    limit,
  )

/** Gives up everything that waits for an endpoint. */
export const failPending = (tx: Write, endpoint_id: string, error: string): number =>
  tx.run(
    `UPDATE webhook_deliveries SET state = 'failed', finished_at = ?, round = round + 1,
       last_error = ? WHERE endpoint_id = ? AND state = 'pending'`,
    tx.now,
    error,
    endpoint_id,
  )

/** Begins the ladder anew; what waits already is due at once. */
export const requeue = (tx: Write, id: string): number =>
  tx.run(
    `UPDATE webhook_deliveries SET state = 'pending', rung = 0, round = round + 1, due_at = ?,
       finished_at = NULL WHERE id = ?`,
    tx.now,
    id,
  )

/** Ids of ended deliveries of one endpoint, the oldest first. */
export function replayable(
  read: Read,
  endpoint_id: string,
  { state = 'failed', event_type, since, until }: ReplayRequest,
  limit: number,
): string[] {
  const conditions: [string, string | undefined][] = [
    ['event_type = ?', event_type],
    ['created_at >= ?', since],
    ['created_at < ?', until],
  ]
  const present = conditions.filter(([, value]) => value !== undefined) as [string, string][]
  const rows = read.all<{ id: string }>(
    `SELECT id FROM webhook_deliveries WHERE endpoint_id = ? AND state = ?
     ${present.map(([condition]) => `AND ${condition}`).join(' ')}
     ORDER BY created_at, id LIMIT ?`,
    endpoint_id,
    state,
    ...present.map(([, value]) => value),
    limit,
  )
  return rows.map(({ id }) => id)
}

/** Removes deliveries that ended before a time, with their attempts; a bounded number at once. */
export const deleteEndedBefore = (
  tx: Write,
  state: 'succeeded' | 'failed',
  before: string,
  limit: number,
): number =>
  tx.run(
    `DELETE FROM webhook_deliveries WHERE number IN
       (SELECT number FROM webhook_deliveries INDEXED BY webhook_deliveries_to_forget
        WHERE state <> 'pending' AND finished_at < ? AND state = ? LIMIT ?)`,
    before,
    state,
    limit,
  )
