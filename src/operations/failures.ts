/** One place decides what a failure is: a problem the caller can act on, or our own mistake. */
import type { Logger } from 'pino'
import { Problem } from '../kit/problem.ts'

const acceptable = /^[\w.:-]{8,64}$/
let counter = 0
const run = crypto.randomUUID().slice(0, 8)

/** The caller's own `X-Request-Id` when it is usable, else a new one. */
export function requestId(request: Request): string {
  const sent = request.headers.get('x-request-id')
  if (sent && acceptable.test(sent)) return sent
  return `req_${run}${(counter++).toString(36).padStart(6, '0')}`
}

/** A `Problem` is passed on; anything else is logged whole and becomes a 500 with an incident id. */
export function describeFailure(
  log: Logger,
  error: unknown,
  request_id: string,
  operation_id = '',
): Problem {
  if (error instanceof Problem) return error
  const incident_id = `inc_${crypto.randomUUID().slice(0, 13)}`
  log.error(
    { err: error, incident_id, request_id, operation_id },
    'a request failed by our mistake',
  )
  return new Problem('internal', `This is our mistake, not yours. Tell us ${incident_id}.`, {
    incident_id,
  })
}
