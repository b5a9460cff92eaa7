/** One call to a carrier and its answer, as plain data: what the pure functions write and read. */
import { parseJson, parseXml } from './reading.ts'

export interface HttpCall {
  /** Key of the carrier's `hosts`; `api` when absent. */
  host?: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Begins with a slash; parts that come from outside are already encoded. */
  path: string
  query?: Record<string, string>
  headers?: Record<string, string>
  /** The body: one of these. */
  json?: unknown
  form?: Record<string, string>
  text?: string
  /**
   * `read` changes nothing and may be repeated; `act` is sent once and never again, whatever
   * happens to the answer.
   */
  effect: 'read' | 'act'
}

export interface HttpResponse {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  bytes: Uint8Array
}

export const bodyText = ({ bytes }: HttpResponse): string => new TextDecoder().decode(bytes)
export const bodyJson = (response: HttpResponse): unknown => parseJson(bodyText(response))
export const bodyXml = (response: HttpResponse): unknown => parseXml(bodyText(response))
export const bodyBase64 = ({ bytes }: HttpResponse): string => Buffer.from(bytes).toString('base64')
export const succeeded = ({ status }: HttpResponse): boolean => status >= 200 && status < 300

/** A response from its parts: for fixtures and tests. */
export const httpResponse = (
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): HttpResponse => ({
  status,
  headers,
  bytes:
    body instanceof Uint8Array
      ? body
      : new TextEncoder().encode(typeof body === 'string' ? body : JSON.stringify(body)),
})
