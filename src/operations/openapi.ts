/** The OpenAPI 3.1 document, derived from the operation table. */
import { problems, type ProblemCode } from '../kit/problems.ts'
import { exampleOf } from './example.ts'
import type { Level, Operation } from './operation.ts'

/** The version of the wire, which changes more slowly than the executable's. */
export const api_version = '1.1.0'

type Json = Record<string, unknown>

const token_names: Record<Level, string> = {
  platform: 'platform_token',
  tenant: 'tenant_token',
  organization: 'organization_token',
}

const token_schemes: Record<string, Json> = Object.fromEntries(
  Object.entries({
    platform_token: '`stw_platform_…`: the operator of the installation.',
    tenant_token:
      '`stw_tenant_…`: one business. Works in its default organization, or in the one named by `Stowage-Organization`.',
    organization_token: '`stw_org_…`: one organization of a business.',
  }).map(([name, description]) => [name, { type: 'http', scheme: 'bearer', description }]),
)

const introduction = `
Stock and shipping for many businesses. Every write can be retried safely with an \`Idempotency-Key\`,
every resource has a version that is its \`ETag\`, and every error is an RFC 9457 problem with a stable
\`code\`. Add \`?dry_run=true\` to a write to learn what would happen.`.trim()

/** @returns a document that serialises to the same text for the same table */
export function renderOpenapi(operations: readonly Operation[]): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}')
    const methods = (paths[path] ??= {})
    methods[operation.method.toLowerCase()] = renderOperation(operation)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Stowage',
      version: api_version,
      description: introduction,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'This installation' }],
    tags: tagsOf(operations),
    paths,
    components: {
      securitySchemes: token_schemes,
      schemas: { Problem: problemSchema },
      parameters: sharedParameters,
      responses: problemResponses(operations),
    },
  }
}

/** `purchase_orders.receive` → `Purchase orders` */
const tagOf = ({ id }: Operation): string => {
  const words = id.slice(0, id.indexOf('.')).replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const tagsOf = (operations: readonly Operation[]) =>
  [...new Set(operations.map(tagOf))].sort().map((name) => ({ name }))

function renderOperation(operation: Operation): Json {
  const { id, summary, description, permission, level, reply, status, example, body } = operation
  const security =
    level === 'organization'
      ? [level, 'tenant' as const]
      : [level as Exclude<Level, 'organization'>]
  return {
    operationId: id,
    summary,
    description: [description, `Permission: \`${permission}\`.`].filter(Boolean).join('\n\n'),
    tags: [tagOf(operation)],
    security: security.map((name) => ({ [token_names[name]]: [] })),
    parameters: parametersOf(operation),
    ...(body && {
      requestBody: {
        required: true,
        content: {
          'application/json': {
            schema: plain(body),
            example: example?.body ?? exampleOf(body),
          },
        },
      },
    }),
    responses: {
      [status]: {
        description: summary,
        headers: headersOf(operation),
        content: {
          [operation.is_file ? '*/*' : 'application/json']: {
            schema: operation.is_file ? {} : plain(reply),
            ...(!operation.is_file && { example: example?.reply ?? exampleOf(reply) }),
          },
        },
      },
      ...refusalsOf(operation),
    },
  }
}

const parameter = (where: string, name: string, schema: unknown, required: boolean): Json => ({
  name,
  in: where,
  required,
  schema: plain(schema),
})

function parametersOf(operation: Operation): Json[] {
  const { params, query, effect, match, idempotency_required, level } = operation
  const shared: string[] = []
  if (level === 'organization') shared.push('Organization')
  if (effect !== 'read') shared.push(idempotency_required ? 'RequiredKey' : 'Key')
  if (effect === 'write') shared.push('DryRun')
  if (match) shared.push(match === 'required' ? 'RequiredMatch' : 'Match')
  return [
    ...Object.entries(params.properties).map(([name, schema]) =>
      parameter('path', name, schema, true),
    ),
    ...Object.entries(query.properties).map(([name, schema]) => {
      const list = (schema as { type?: string }).type === 'array'
      const required = query.required?.includes(name) ?? false
      return parameter('query', list ? `${name}[]` : name, schema, required)
    }),
    ...shared.map((name) => ({ $ref: `#/components/parameters/${name}` })),
  ]
}

const header = (name: string, required: boolean, description: string): Json => ({
  name,
  in: 'header',
  required,
  schema: { type: 'string' },
  description,
})

const key_use = 'A text of yours, unique per request: a retry with the same key has one effect.'
const match_use = 'The ETag you read: the change is refused when somebody else was faster.'

const sharedParameters: Record<string, Json> = {
  Organization: header(
    'Stowage-Organization',
    false,
    'The organization a tenant token works in; its default one when absent.',
  ),
  Key: header('Idempotency-Key', false, key_use),
  RequiredKey: header('Idempotency-Key', true, key_use),
  Match: header('If-Match', false, match_use),
  RequiredMatch: header('If-Match', true, match_use),
  DryRun: {
    name: 'dry_run',
    in: 'query',
    required: false,
    schema: { type: 'boolean' },
    description: 'Does everything, answers, and takes it back.',
  },
}

const text_header = (description: string): Json => ({ description, schema: { type: 'string' } })

function headersOf({ reply, effect }: Operation): Json {
  const { properties } = reply as { properties?: Record<string, unknown> }
  return {
    'X-Request-Id': text_header('Names this request in logs and to support.'),
    RateLimit: text_header('What is left, as draft-ietf-httpapi-ratelimit-headers has it.'),
    ...(properties?.version !== undefined && { ETag: text_header('The version of the resource.') }),
    ...(effect !== 'read' && {
      'Idempotent-Replayed': text_header(
        '`true` when this is the stored answer of an earlier try.',
      ),
    }),
  }
}

/** Every code this operation can answer with: its own, and those of the door that apply to it. */
export function codesOf(operation: Operation): ProblemCode[] {
  const { level, params, body, effect, match, idempotency_required } = operation
  const door = ['unauthenticated', 'forbidden', 'invalid', 'rate_limited', 'internal'] as const
  const codes: ProblemCode[] = [...door]
  // Calls themselves are counted, and a plan may include so many and no more.
  if (level !== 'platform') codes.push('quota_exceeded')
  if (Object.keys(params.properties).length > 0) codes.push('not_found')
  if (body) codes.push('malformed', 'unsupported_media_type', 'payload_too_large')
  if (effect !== 'read') codes.push('idempotency_key_reused', 'unavailable')
  if (effect === 'call') codes.push('idempotency_in_progress')
  if (idempotency_required) codes.push('idempotency_key_required')
  if (match) codes.push('version_mismatch')
  if (match === 'required') codes.push('version_required')
  return [...new Set([...codes, ...operation.problems])]
}

const refName = (status: number, codes: readonly string[]) => `${status}_${codes.join('-')}`

function byStatus(operation: Operation): Map<number, ProblemCode[]> {
  const statuses = new Map<number, ProblemCode[]>()
  for (const code of codesOf(operation)) {
    const { status } = problems[code]
    statuses.set(status, [...(statuses.get(status) ?? []), code])
  }
  return new Map([...statuses].sort(([a], [b]) => a - b))
}

const refusalsOf = (operation: Operation): Json =>
  Object.fromEntries(
    [...byStatus(operation)].map(([status, codes]) => [
      String(status),
      { $ref: `#/components/responses/${refName(status, codes)}` },
    ]),
  )

function problemResponses(operations: readonly Operation[]): Json {
  const responses: Record<string, Json> = {}
  for (const operation of operations) {
    for (const [status, codes] of byStatus(operation)) {
      responses[refName(status, codes)] ??= {
        description: codes.map((code) => `\`${code}\`: ${problems[code].title}.`).join(' '),
        content: {
          'application/problem+json': {
            schema: { $ref: '#/components/schemas/Problem' },
            example: exampleProblem(codes[0]!),
          },
        },
      }
    }
  }
  return Object.fromEntries(Object.entries(responses).sort(([a], [b]) => (a < b ? -1 : 1)))
}

const exampleProblem = (code: ProblemCode): Json => ({
  type: `/problems/${code}`,
  title: problems[code].title,
  status: problems[code].status,
  code,
  detail: problems[code].remedy,
  request_id: 'req_5f1c0a2e000001',
})

const problemSchema: Json = {
  type: 'object',
  required: ['type', 'title', 'status', 'code', 'detail', 'request_id'],
  properties: {
    type: { type: 'string', description: 'A page that explains this code' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'Stable; decide by this' },
    detail: { type: 'string', description: 'What went wrong here, in words' },
    request_id: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' } },
      },
    },
  },
}

/** TypeBox keeps symbols beside the JSON Schema; the text form drops them. */
const plain = (schema: unknown): unknown => JSON.parse(JSON.stringify(schema))
