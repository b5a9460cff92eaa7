/** Access tokens, each kept for exactly one connection and the credentials it was made from. */
import { sha256Hex } from '../kit/secrets.ts'
import type { Auth, Carrier, Connection } from './contract.ts'
import { bodyJson, succeeded, type HttpCall } from './exchange.ts'
import { sendPlain, type HttpOptions, type Sent } from './http.ts'
import { numberAt, textAt } from './reading.ts'

interface Kept {
  fingerprint: string
  token: string
  expires_at_ms: number
}

/** A token is not used in its last minute: it could expire under way. */
const margin_ms = 60_000

type Headers = { headers: Record<string, string> } | Sent

/** Changes with credentials and address, so that a rotated key never meets an old token. */
const fingerprintOf = ({ credentials, mode, base_url }: Connection): string =>
  sha256Hex(JSON.stringify([Object.entries(credentials).sort(), mode, base_url]))

export class TokenCache {
  readonly #kept = new Map<string, Kept>()
  readonly #under_way = new Map<string, Promise<Kept | Sent>>()

  forget(connection_id: string): void {
    this.#kept.delete(connection_id)
  }

  /** Authorization headers, or what went wrong while fetching a token. */
  async headers(carrier: Carrier, connection: Connection, options: HttpOptions): Promise<Headers> {
    const { auth } = carrier
    if (auth.kind === 'none') return { headers: {} }
    if (auth.kind === 'headers') return { headers: auth.headers(connection) }
    if (auth.kind === 'basic') {
      const { [auth.user]: user = '', [auth.password]: password = '' } = connection.credentials
      return { headers: basicHeader(user, password) }
    }
    const found = await this.#token(auth, carrier, connection, options)
    return 'kind' in found ? found : { headers: auth.headers(found.token, connection) }
  }

  async #token(
    auth: Extract<Auth, { kind: 'token' }>,
    carrier: Carrier,
    connection: Connection,
    options: HttpOptions,
  ): Promise<Kept | Sent> {
    const fingerprint = fingerprintOf(connection)
    const kept = this.#kept.get(connection.id)
    if (kept?.fingerprint === fingerprint && kept.expires_at_ms > options.clock.now()) return kept
    const key = `${connection.id} ${fingerprint}`
    const waiting = this.#under_way.get(key)
    if (waiting) return waiting
    const fetching = this.#obtain(auth, carrier, connection, options, fingerprint).finally(() =>
      this.#under_way.delete(key),
    )
    this.#under_way.set(key, fetching)
    return fetching
  }

  async #obtain(
    auth: Extract<Auth, { kind: 'token' }>,
    carrier: Carrier,
    connection: Connection,
    options: HttpOptions,
    fingerprint: string,
  ): Promise<Kept | Sent> {
    const sent = await sendPlain(auth.request(connection), carrier, connection, {}, options)
    // Losing a token's answer loses nothing: the call it was for never left.
    if (sent.kind !== 'answered') return { kind: 'not_sent', reason: `No token: ${sent.reason}` }
    const read = succeeded(sent.response) ? auth.read(sent.response) : undefined
    if (!read) {
      if (!succeeded(sent.response)) return sent
      return { kind: 'not_sent', reason: 'The answer to the sign-in holds no token.' }
    }
    const expires_at_ms = options.clock.now() + read.expires_in_s * 1_000 - margin_ms
    const kept = { fingerprint, token: read.token, expires_at_ms }
    this.#kept.set(connection.id, kept)
    return kept
  }
}

export const basicHeader = (user: string, password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})

/**
 * OAuth 2 client credentials with the client in a Basic header (RFC 6749 §4.4, §2.3.1).
 * @param user names the credential field that holds the client id, `password` the secret's
 */
export const oauth2 = (settings: {
  path: string
  user: string
  password: string
  host?: string
  headers?: (connection: Connection) => Record<string, string>
}): Auth => ({
  kind: 'token',
  request: (connection): HttpCall => ({
    ...(settings.host && { host: settings.host }),
    method: 'POST',
    path: settings.path,
    headers: {
      ...basicHeader(
        connection.credentials[settings.user] ?? '',
        connection.credentials[settings.password] ?? '',
      ),
      ...settings.headers?.(connection),
    },
    form: { grant_type: 'client_credentials' },
    effect: 'read',
  }),
  read: (response) => {
    const answer = bodyJson(response)
    const token = textAt(answer, 'access_token')
    return token === undefined
      ? undefined
      : { token, expires_in_s: numberAt(answer, 'expires_in') ?? 3_600 }
  },
  headers: (token) => ({ authorization: `Bearer ${token}` }),
})
