/** Makes one attempt at a delivery, and writes down what was sent and what came back. */
import { timestamp, type Clock } from '../../kit/clock.ts'
import type { Read } from '../../db/session.ts'
import { deliveryBody } from '../deliveries/body.ts'
import type { AttemptRow, DeliveryRow } from '../deliveries/store.ts'
import { openHeaders, signingSecrets } from '../endpoints/sealed.ts'
import type { EndpointRow } from '../endpoints/store.ts'
import { readRetryAfter } from './ladder.ts'
import { NoAnswer, send, type Outgoing, type SendOptions } from './send.ts'
import { signatureOf } from './sign.ts'

/** All that an attempt needs, read in one moment. */
export interface Prepared {
  delivery: DeliveryRow
  outgoing: Outgoing
  /** The headers as they may be kept. */
  shown_headers: Record<string, string>
}

export interface Outcome {
  attempt: AttemptRow
  /** Only 2xx is a success (Standard Webhooks 1.0). */
  succeeded: boolean
  /** 410: the subscriber wants nothing more. */
  gone: boolean
  retry_after_ms: number
}

/** The subscriber's name for us. */
const user_agent = 'Stowage-Webhooks/1.0'
const most_kept_headers = 40
const longest_kept_header = 300
const secret_headers = /cookie|authorization|token|secret|signature|key/i

export function prepare(
  read: Read,
  master_key: Uint8Array,
  endpoint: EndpointRow,
  delivery: DeliveryRow,
): Prepared {
  const body = deliveryBody(read, delivery)
  const timestamp_s = Math.floor(read.now_ms / 1_000)
  const own = openHeaders(master_key, endpoint)
  const secrets = signingSecrets(master_key, endpoint, read.now)
  const plain = {
    'content-type': 'application/json',
    'user-agent': user_agent,
    'webhook-id': delivery.event_id,
    'webhook-timestamp': String(timestamp_s),
  }
  const signature = signatureOf(secrets, delivery.event_id, timestamp_s, body)
  const redacted = Object.fromEntries(Object.keys(own).map((name) => [name, '[redacted]']))
  return {
    delivery,
    outgoing: {
      url: endpoint.url,
      headers: { ...own, ...plain, 'webhook-signature': signature },
      body,
    },
    shown_headers: { ...redacted, ...plain, 'webhook-signature': '[redacted]' },
  }
}

/** @returns undefined when we stopped before there was an answer: the delivery stays as it is */
export async function attempt(
  { outgoing, shown_headers }: Prepared,
  clock: Clock,
  options: SendOptions,
): Promise<Outcome | undefined> {
  const started_ms = clock.now()
  const request = {
    attempted_at: timestamp(started_ms),
    url: outgoing.url,
    request_headers: JSON.stringify(shown_headers),
  }
  try {
    const { status_code, headers, body, cut } = await send(outgoing, options)
    return {
      attempt: {
        ...request,
        duration_ms: clock.now() - started_ms,
        status_code,
        error: '',
        response_headers: JSON.stringify(kept(headers)),
        response_body: body,
        response_cut: cut ? 1 : 0,
      },
      succeeded: status_code >= 200 && status_code < 300,
      gone: status_code === 410,
      retry_after_ms: readRetryAfter(headers['retry-after'], clock.now()),
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error
    if (error.reason === 'interrupted') return undefined
    const duration_ms = clock.now() - started_ms
    return unanswered({ ...request, duration_ms, error: `${error.reason}: ${error.message}` })
  }
}

/** We could not even ask, by our own mistake; it counts, so that it is not tried without end. */
export const brokenAttempt = (url: string, clock: Clock): Outcome =>
  unanswered({
    attempted_at: timestamp(clock.now()),
    url,
    request_headers: '{}',
    duration_ms: 0,
    error: 'internal: The request could not be made; the log says why.',
  })

const unanswered = (
  sent: Pick<AttemptRow, 'attempted_at' | 'url' | 'request_headers' | 'duration_ms' | 'error'>,
): Outcome => ({
  attempt: {
    ...sent,
    status_code: null,
    response_headers: '{}',
    response_body: '',
    response_cut: 0,
  },
  succeeded: false,
  gone: false,
  retry_after_ms: 0,
})

const kept = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .slice(0, most_kept_headers)
      .map(([name, value]) => [
        name,
        secret_headers.test(name) ? '[redacted]' : value.slice(0, longest_kept_header),
      ]),
  )
