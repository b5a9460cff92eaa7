/** Turns an HTTP request into the flat input of an operation, refusing what is not its shape. */
import { Problem, invalid, notFound } from '../kit/problem.ts'
import type { Operation } from './operation.ts'
import { convert, matches, requireShape } from './validate.ts'

/** A request body is at most this long; imports and uploads have routes of their own. */
export const body_limit_bytes = 2 * 1024 * 1024

/** `?a=1&expand[]=b&expand[]=c` as an object; a name with `[]` is a list. */
export function readQuery(url: string): Record<string, string | string[]> {
  const start = url.indexOf('?')
  if (start === -1) return {}
  const query: Record<string, string | string[]> = {}
  for (const [name, value] of new URLSearchParams(url.slice(start + 1))) {
    if (name.endsWith('[]')) {
      const list = (query[name.slice(0, -2)] ??= [])
      if (Array.isArray(list)) list.push(value)
    } else if (name in query) {
      throw invalid(`/query/${name}`, 'This parameter was sent twice.')
    } else {
      query[name] = value
    }
  }
  return query
}

/** @throws Problem `not_found` for an id that cannot exist, `invalid` for a wrong query */
export function readAddress(
  operation: Operation,
  params: Record<string, string>,
  query: Record<string, unknown>,
): Record<string, unknown> {
  requirePath(operation, params)
  if (Object.keys(query).length === 0 && !operation.query.required) return { ...params }
  const converted = convert(operation.query, query) as Record<string, unknown>
  requireShape(operation.query, converted, '/query')
  return { ...converted, ...params }
}

/** What cannot be an id of this kind is nobody's. @throws Problem `not_found` */
export function requirePath({ params, path }: Operation, sent: Record<string, unknown>): void {
  if (matches(params, sent)) return
  throw notFound(path.split('/')[2] ?? 'resource', Object.values(sent).join('/'))
}

/** Reads the JSON body. @throws Problem `unsupported_media_type`, `malformed`, `payload_too_large`, `invalid` */
export async function readBody(
  operation: Operation,
  request: Request,
): Promise<Record<string, unknown>> {
  const text = await request.text()
  if (!operation.body) {
    if (text) throw invalid('', 'This request takes no body.')
    return {}
  }
  if (text.length > body_limit_bytes) {
    throw new Problem('payload_too_large', `A body may have ${body_limit_bytes} bytes.`)
  }
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(type)) {
    const detail = type ? `${type} is not read here.` : 'Content-Type is missing.'
    throw new Problem('unsupported_media_type', detail, {}, { accept: 'application/json' })
  }
  const body = parse(text)
  requireShape(operation.body, body)
  return body as Record<string, unknown>
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Problem('malformed', `The body is not JSON: ${(error as Error).message}.`)
  }
}
