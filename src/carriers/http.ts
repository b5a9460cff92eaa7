/** The only place that talks to carriers: one deadline, bounded answers, nothing bought twice. */
import { timestamp, type Clock } from '../kit/clock.ts'
import { assert, Problem } from '../kit/problem.ts'
import type { Carrier, Connection } from './contract.ts'
import { type HttpCall, type HttpResponse } from './exchange.ts'
import { redactHeaders, redactText } from './redact.ts'
import type { TokenCache } from './tokens.ts'

/** One exchange as it may be kept: secrets are gone, long bodies are cut. */
export interface ExchangeRecord {
  carrier_id: string
  connection_id: string
  method: string
  url: string
  request_headers: Record<string, string>
  request_body: string
  /** Absent when no answer came. */
  status?: number
  response_body?: string
  failure?: string
  started_at: string
  duration_ms: number
  attempt: number
}

export interface HttpOptions {
  clock: Clock
  tokens: TokenCache
  /** When the whole operation must be over, on `clock`. */
  deadline_at_ms: number
  log?: (record: ExchangeRecord) => void
  /** Waits between attempts; tests do not. */
  sleep: (duration_ms: number) => Promise<void>
}

/**
 * `answered` came back whole. `not_sent`: the carrier cannot have acted. `lost`: it may have
 * acted and the answer is gone; for an `act` that is the uncertain case.
 */
export type Sent =
  | { kind: 'answered'; response: HttpResponse }
  | { kind: 'not_sent'; reason: string }
  | { kind: 'lost'; reason: string }

/** Labels of many parcels fit; an endless answer does not. */
const max_response_bytes = 32 * 1024 * 1024
const max_attempts = 3
const first_wait_ms = 300

/** Failures in which no byte of the request reached the carrier. */
const never_left = new Set([
  'ECONNREFUSED',
  'ConnectionRefused',
  'ENOTFOUND',
  'EAI_AGAIN',
  'FailedToOpenSocket',
  'EHOSTUNREACH',
  'ENETUNREACH',
])
const certificate_failure = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/

/** Where calls of this connection go. A simulator has one address for all of a carrier's hosts. */
export function baseUrl(carrier: Carrier, connection: Connection, host: string): string {
  const hosts = carrier.hosts[host]
  assert(hosts, `${carrier.id} declares the host "${host}"`)
  if (connection.mode !== 'simulator') return hosts[connection.mode]
  if (connection.base_url !== undefined) return connection.base_url.replace(/\/+$/, '')
  throw new Problem('invalid', 'A simulator connection needs a base_url.', {
    errors: [{ pointer: '/base_url', detail: 'Set the address of the simulator.' }],
  })
}

function urlOf(call: HttpCall, carrier: Carrier, connection: Connection): string {
  const query = new URLSearchParams(call.query).toString()
  return baseUrl(carrier, connection, call.host ?? 'api') + call.path + (query && `?${query}`)
}

/** Body text and its media type. */
export function bodyOf(call: HttpCall): { body?: string; type?: string } {
  if (call.json !== undefined) return { body: JSON.stringify(call.json), type: 'application/json' }
  if (call.form !== undefined) {
    return {
      body: new URLSearchParams(call.form).toString(),
      type: 'application/x-www-form-urlencoded',
    }
  }
  return call.text === undefined ? {} : { body: call.text, type: 'text/xml; charset=utf-8' }
}

async function readBounded(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    if (size > max_response_bytes) throw new Error(`the answer exceeds ${max_response_bytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function failureKind(error: unknown): Sent {
  const code = String((error as { code?: unknown }).code ?? '')
  const reason = error instanceof Error ? error.message : String(error)
  const kind = never_left.has(code) || certificate_failure.test(code) ? 'not_sent' : 'lost'
  return { kind, reason }
}

async function once(
  call: HttpCall,
  carrier: Carrier,
  connection: Connection,
  headers: Record<string, string>,
  options: HttpOptions,
  attempt: number,
): Promise<Sent> {
  const started_ms = options.clock.now()
  const left_ms = options.deadline_at_ms - started_ms
  if (left_ms <= 0) return { kind: 'not_sent', reason: 'The deadline passed before the call.' }
  const url = urlOf(call, carrier, connection)
  const { body, type } = bodyOf(call)
  const sent_headers = {
    accept: 'application/json',
    ...(type && { 'content-type': type }),
    ...headers,
    ...call.headers,
  }
  let outcome: Sent
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: sent_headers,
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(left_ms),
      // A pooled connection may be re-tried by the runtime itself: never for a purchase.
      keepalive: call.effect === 'read',
      tls: { rejectUnauthorized: true },
      // The type knows only addresses; `false` is what makes the runtime ignore HTTP_PROXY.
      proxy: false as unknown as string,
    })
    outcome = {
      kind: 'answered',
      response: {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        bytes: await readBounded(response),
      },
    }
  } catch (error) {
    outcome = failureKind(error)
  }
  options.log?.({
    carrier_id: carrier.id,
    connection_id: connection.id,
    method: call.method,
    url: redactText(url, connection),
    request_headers: redactHeaders(sent_headers),
    request_body: redactText(body ?? '', connection),
    ...(outcome.kind === 'answered'
      ? {
          status: outcome.response.status,
          response_body: redactText(new TextDecoder().decode(outcome.response.bytes), connection),
        }
      : { failure: outcome.reason }),
    started_at: timestamp(started_ms),
    duration_ms: options.clock.now() - started_ms,
    attempt,
  })
  return outcome
}

/** How long the carrier asks us to wait, in either form of the header. */
function retryAfter(response: HttpResponse, now_ms: number): number | undefined {
  const value = response.headers['retry-after']
  if (value === undefined) return undefined
  const seconds = Number(value)
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1_000)
  const at_ms = Date.parse(value)
  return Number.isNaN(at_ms) ? undefined : Math.max(0, at_ms - now_ms)
}

/** The wait before the next attempt, or undefined when this outcome stands. */
function waitBefore(
  sent: Sent,
  call: HttpCall,
  attempt: number,
  now_ms: number,
): number | undefined {
  if (call.effect === 'act' || attempt >= max_attempts) return undefined
  const usual_ms = first_wait_ms * 2 ** (attempt - 1)
  if (sent.kind !== 'answered') return usual_ms
  const { status } = sent.response
  if (status !== 429 && status < 500) return undefined
  return retryAfter(sent.response, now_ms) ?? usual_ms
}

/** Sends a call that carries its own authorization; repeats it only if it changes nothing. */
export async function sendPlain(
  call: HttpCall,
  carrier: Carrier,
  connection: Connection,
  headers: Record<string, string>,
  options: HttpOptions,
): Promise<Sent> {
  for (let attempt = 1; ; attempt++) {
    const sent = await once(call, carrier, connection, headers, options, attempt)
    const wait_ms = waitBefore(sent, call, attempt, options.clock.now())
    if (wait_ms === undefined) return sent
    if (options.clock.now() + wait_ms >= options.deadline_at_ms) return sent
    await options.sleep(wait_ms)
  }
}

/** Sends one call with the connection's authorization; a refused token is fetched anew once. */
export async function send(
  call: HttpCall,
  carrier: Carrier,
  connection: Connection,
  options: HttpOptions,
): Promise<Sent> {
  const first = await options.tokens.headers(carrier, connection, options)
  if (!('headers' in first)) return first
  const sent = await sendPlain(call, carrier, connection, first.headers, options)
  const refused = sent.kind === 'answered' && sent.response.status === 401
  if (!refused || carrier.auth.kind !== 'token') return sent
  // A 401 is given before anything is done, so even a purchase may be sent again with a new token.
  options.tokens.forget(connection.id)
  const second = await options.tokens.headers(carrier, connection, options)
  if (!('headers' in second)) return second
  return sendPlain(call, carrier, connection, second.headers, options)
}
