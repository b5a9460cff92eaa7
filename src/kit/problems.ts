/** The catalogue of problems: every code a caller can meet, its status, and what to do about it. */

interface ProblemKind {
  status: number
  title: string
  /** One sentence for the documentation: what the caller does now. */
  remedy: string
}

const kind = (status: number, title: string, remedy: string): ProblemKind => ({
  status,
  title,
  remedy,
})

export const problems = {
  // the door
  malformed: kind(400, 'Malformed request', 'Send well-formed JSON.'),
  idempotency_key_required: kind(
    400,
    'Idempotency-Key required',
    'Send an Idempotency-Key header: this request moves stock or money, and a retry must be safe.',
  ),
  unauthenticated: kind(401, 'Not signed in', 'Send a valid token as `Authorization: Bearer …`.'),
  forbidden: kind(403, 'Not permitted', 'Ask an administrator for the permission named here.'),
  not_found: kind(404, 'Not found', 'Check the id and the organization of your token.'),
  method_not_allowed: kind(405, 'Method not allowed', 'Use one of the methods in `Allow`.'),
  conflict: kind(409, 'Conflict', 'Read the resource again and decide anew.'),
  idempotency_in_progress: kind(
    409,
    'Still in progress',
    'The first request with this key is still running: retry after a moment.',
  ),
  version_mismatch: kind(412, 'Changed meanwhile', 'Read again and send the new ETag in If-Match.'),
  payload_too_large: kind(413, 'Too large', 'Send less at once; lists and imports can be split.'),
  unsupported_media_type: kind(415, 'Unsupported media type', 'Send `application/json`.'),
  invalid: kind(422, 'Invalid input', 'Correct the fields named in `errors`.'),
  idempotency_key_reused: kind(
    422,
    'Idempotency-Key reused',
    'This key was used for another request: choose a new key.',
  ),
  version_required: kind(
    428,
    'If-Match required',
    'Read the resource and send its ETag in If-Match.',
  ),
  rate_limited: kind(429, 'Too many requests', 'Wait for the seconds in `Retry-After`.'),
  internal: kind(500, 'Our mistake', 'Retry; if it stays, report the incident id.'),
  unavailable: kind(503, 'Not available now', 'Retry after the seconds in `Retry-After`.'),
  // values
  invalid_quantity: kind(
    422,
    'Invalid quantity',
    'Send a decimal string within the scale of the unit.',
  ),
  invalid_money: kind(
    422,
    'Invalid amount',
    'Send minor units as an integer and an ISO 4217 currency.',
  ),
} satisfies Record<string, ProblemKind>

export type ProblemCode = keyof typeof problems
