/** Records how an attempt went, and decides what becomes of the delivery and of its endpoint. */
import { timestamp } from '../../kit/clock.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { meter } from '../../metering/meter.ts'
import { insertAttempt, settleDelivery, type DeliveryRow } from '../deliveries/store.ts'
import { disable } from '../endpoints/change.ts'
import { findEndpoint, updateHealth, type EndpointRow } from '../endpoints/store.ts'
import { endpointFailing, endpointRecovered } from '../events.ts'
import type { Outcome } from './attempt.ts'
import { disable_after_ms, failures_to_open, pauseAfter, waitBefore } from './ladder.ts'

export function settle(tx: Write, delivery: DeliveryRow, outcome: Outcome): void {
  insertAttempt(tx, delivery.id, outcome.attempt)
  settleDelivery(tx, delivery, {
    ...nextStep(tx, delivery, outcome),
    rung: delivery.rung + 1,
    last_status_code: outcome.attempt.status_code,
    last_error: outcome.attempt.error,
  })
  const { id, endpoint_id } = delivery
  if (outcome.succeeded) {
    // Sent again on request, it arrives again.
    const key = `webhooks:${id}:${outcome.attempt.attempted_at}`
    meter(tx, 'webhooks', key, 1, { subject_id: endpoint_id })
  }
  const endpoint = findEndpoint(tx, endpoint_id)
  if (!endpoint || endpoint.disabled_at) return
  if (outcome.succeeded) keepSuccess(tx, endpoint)
  else keepFailure(tx, endpoint, outcome)
}

function nextStep(
  tx: Write,
  delivery: DeliveryRow,
  { succeeded, gone, retry_after_ms }: Outcome,
): Pick<DeliveryRow, 'state' | 'due_at'> {
  if (succeeded) return { state: 'succeeded', due_at: delivery.due_at }
  const wait_ms = waitBefore(delivery.rung + 1, delivery.id, retry_after_ms)
  if (gone || wait_ms === undefined) return { state: 'failed', due_at: delivery.due_at }
  return { state: 'pending', due_at: timestamp(tx.now_ms + wait_ms) }
}

function keepSuccess(tx: Write, endpoint: EndpointRow): void {
  updateHealth(tx, endpoint.id, {
    consecutive_failures: 0,
    failing_since: null,
    paused_until: null,
    last_success_at: tx.now,
    last_failure_at: endpoint.last_failure_at,
  })
  const { id, url, failing_since, consecutive_failures } = endpoint
  if (consecutive_failures >= failures_to_open && failing_since) {
    emit(tx, endpointRecovered, id, { id, url, failing_since })
  }
}

function keepFailure(tx: Write, endpoint: EndpointRow, { gone, retry_after_ms }: Outcome): void {
  const consecutive_failures = endpoint.consecutive_failures + 1
  const failing_since = endpoint.failing_since ?? tx.now
  const pause_ms = Math.max(pauseAfter(consecutive_failures), retry_after_ms)
  const { id, url } = endpoint
  updateHealth(tx, id, {
    consecutive_failures,
    failing_since,
    paused_until: pause_ms > 0 ? timestamp(tx.now_ms + pause_ms) : null,
    last_success_at: endpoint.last_success_at,
    last_failure_at: tx.now,
  })
  if (consecutive_failures === failures_to_open) {
    emit(tx, endpointFailing, id, { id, url, failing_since })
  }
  if (gone) disable(tx, endpoint, 'gone')
  else if (tx.now_ms - Date.parse(failing_since) >= disable_after_ms) {
    disable(tx, endpoint, 'failing')
  }
}
