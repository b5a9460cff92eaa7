/** Makes one HTTP request to a subscriber and reads the beginning of the answer. */
import { AddressRefused, checkTarget, type Resolve } from './guard.ts'

export interface Outgoing {
  url: string
  headers: Record<string, string>
  body: string
}

export interface Incoming {
  status_code: number
  headers: Record<string, string>
  body: string
  /** The answer was longer than what is kept. */
  cut: boolean
}

/** No answer came, or none that counts. */
export class NoAnswer extends Error {
  constructor(
    readonly reason: string,
    message: string,
  ) {
    super(message)
  }
}

export interface SendOptions {
  private_hosts: readonly string[]
  resolve: Resolve
  /** For the whole exchange: resolving, connecting, sending, and reading the answer. */
  timeout_ms: number
  /** Aborts when we are stopping. */
  signal: AbortSignal
}

export const kept_body_bytes = 8 * 1024

/**
 * Redirects are not followed: their target was not checked, and was not what was asked for.
 * @throws NoAnswer
 */
export async function send(outgoing: Outgoing, options: SendOptions): Promise<Incoming> {
  const timeout = AbortSignal.timeout(options.timeout_ms)
  const signal = AbortSignal.any([timeout, options.signal])
  try {
    return await untilAborted(exchange(outgoing, options, signal), signal)
  } catch (error) {
    if (options.signal.aborted) throw new NoAnswer('interrupted', 'We were stopping.')
    if (timeout.aborted) {
      throw new NoAnswer('timeout', `There was no whole answer within ${options.timeout_ms} ms.`)
    }
    throw described(error)
  }
}

async function exchange(
  { url, headers, body }: Outgoing,
  { private_hosts, resolve }: SendOptions,
  signal: AbortSignal,
): Promise<Incoming> {
  const target = await checkTarget(url, private_hosts, resolve)
  const response = await fetch(target.connect_url, {
    method: 'POST',
    headers: { ...headers, host: target.host },
    body,
    redirect: 'manual',
    signal,
    // A pooled connection could belong to another name on the same address.
    keepalive: false,
    // The type knows only addresses; `false` is what makes the runtime ignore HTTP_PROXY.
    proxy: false as unknown as string,
    ...(target.server_name && { tls: { serverName: target.server_name } }),
  })
  const { text, cut } = await readBeginning(response)
  const answer = { headers: Object.fromEntries(response.headers), body: text, cut }
  return { status_code: response.status, ...answer }
}

async function readBeginning(response: Response): Promise<{ text: string; cut: boolean }> {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = response.body?.getReader()
  while (reader && size <= kept_body_bytes) {
    const { done, value } = await reader.read()
    if (done) return { text: Buffer.concat(chunks).toString('utf8'), cut: false }
    chunks.push(value)
    size += value.byteLength
  }
  await reader?.cancel()
  const kept = Buffer.concat(chunks).subarray(0, kept_body_bytes)
  return { text: kept.toString('utf8'), cut: size > kept_body_bytes }
}

/** A lookup cannot be aborted; it is left behind instead. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new Error('aborted'))
    signal.addEventListener('abort', abort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function described(error: unknown): NoAnswer {
  if (error instanceof AddressRefused) return new NoAnswer(error.reason, error.message)
  const { code = '', message } = error as { code?: string; message: string }
  const tls = /CERT|SELF_SIGNED|UNABLE_TO|TLS|SSL/.test(code)
  return new NoAnswer(tls ? 'tls_failed' : 'connection_failed', code || message)
}
