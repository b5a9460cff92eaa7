/** The REST door: every operation of the table as a route, mounted in this one place. */
import { Elysia } from 'elysia'
import { Problem } from '../kit/problem.ts'
import { isWithin } from '../kit/ip-ranges.ts'
import type { Scope } from '../db/scope.ts'
import type { Door } from './door.ts'
import { answer, carryOut, make, permit, type Call } from './invoke.ts'
import type { Reply } from './idempotency.ts'
import type { Operation } from './operation.ts'
import type { FileReply, MadeFile } from './shapes.ts'
import type { Principal } from './principal.ts'
import type { RateLimiter } from './rate-limit.ts'
import { readAddress, readBody, readQuery } from './read-request.ts'
import { describeFailure, requestId } from './failures.ts'

type Headers = Record<string, string | number>

/** What Elysia hands to a handler, as far as the doors use it. */
export interface Exchange {
  request: Request
  params: Record<string, string>
  set: { status?: number | string; headers: Headers }
  server: { requestIP(request: Request): { address: string } | null } | null
}

/**
 * Where a request comes from: the other end of the socket, or, behind proxies we trust, the nearest
 * address in `X-Forwarded-For` that is not one of them. Anything further left could be made up.
 */
export function addressOf(
  { services: { trusted_proxies = [] } }: Pick<Door, 'services'>,
  { request, server }: Pick<Exchange, 'request' | 'server'>,
): string {
  const near = server?.requestIP(request)?.address ?? ''
  if (trusted_proxies.length === 0 || !isWithin(near, trusted_proxies)) return near
  const hops = (request.headers.get('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  return hops.findLast((hop) => hop && !isWithin(hop, trusted_proxies)) ?? near
}

export function mountRest(
  app: Elysia,
  operations: readonly Operation[],
  door: Door,
  limiter: RateLimiter,
): void {
  const methods = new Map<string, string[]>()
  for (const operation of operations) {
    const { method, path } = operation
    methods.set(path, [...(methods.get(path) ?? []), method])
    const handle = operation.is_file
      ? serveFile
      : operation.effect !== 'read'
        ? serveWrite
        : operation.body
          ? serveQuestion
          : serveRead
    mount(app, method, path, (exchange) => handle(door, limiter, operation, exchange))
  }
  for (const [path, allowed] of methods) refuseOtherMethods(app, door, path, allowed)
}

/**
 * Mounts one handler. Elysia reads a handler's source to learn which parts of the context it needs,
 * so the four parts are named here, and nothing else is parsed on the way.
 */
export function mount(
  app: Elysia,
  method: string,
  path: string,
  handle: (exchange: Exchange) => unknown,
): void {
  const handler = ({ request, params, set, server }: Exchange) =>
    // A path without names has no params at all in Elysia.
    handle({ request, params: params ?? {}, set, server })
  app.route(method, path, handler as never, { parse: 'none' } as never)
}

/** The right path with the wrong method says which methods are right. */
function refuseOtherMethods(app: Elysia, door: Door, path: string, allowed: string[]): void {
  mount(app, 'ALL', path, (exchange) => {
    const allow = allowed.join(', ')
    const detail = `${exchange.request.method} is not possible here; ${allow} is.`
    const problem = new Problem('method_not_allowed', detail, {}, { allow })
    return fail(door, exchange, problem, requestId(exchange.request))
  })
}

function serveRead(door: Door, limiter: RateLimiter, operation: Operation, exchange: Exchange) {
  const { request, set, params } = exchange
  const request_id = requestId(request)
  try {
    const call = admit(door, limiter, operation, exchange, request_id)
    call.input = readAddress(operation, params, readQuery(request.url))
    const reply = answer(door, call)
    if (reply.etag && request.headers.get('if-none-match') === reply.etag) {
      reply.status = 304
      reply.body = ''
    }
    return send(door, call, set, reply)
  } catch (error) {
    return fail(door, exchange, error, request_id, operation)
  }
}

/** A question too long for an address comes as a body; it is still only a question. */
async function serveQuestion(
  door: Door,
  limiter: RateLimiter,
  operation: Operation,
  exchange: Exchange,
) {
  const { request, set, params } = exchange
  const request_id = requestId(request)
  try {
    const call = admit(door, limiter, operation, exchange, request_id)
    const address = readAddress(operation, params, readQuery(request.url))
    call.input = { ...(await readBody(operation, request)), ...address }
    return send(door, call, set, answer(door, call))
  } catch (error) {
    return fail(door, exchange, error, request_id, operation)
  }
}

/** A file streams from the object store; its name and type come from the operation. */
async function serveFile(
  door: Door,
  limiter: RateLimiter,
  operation: Operation,
  exchange: Exchange,
) {
  const { request, set, params } = exchange
  const request_id = requestId(request)
  try {
    const call = admit(door, limiter, operation, exchange, request_id)
    call.input = readAddress(operation, params, readQuery(request.url))
    return await sendFile(door, call, set.headers, (size_bytes) =>
      door.calls?.done(call.principal, size_bytes),
    )
  } catch (error) {
    return fail(door, exchange, error, request_id, operation)
  }
}

/**
 * Shown in place by a browser, saved under the name the operation gives it, and kept by no cache: it
 * may be everything a business has.
 * @param sent told how much it is
 */
export async function sendFile(
  door: Door,
  call: Call,
  headers: Headers,
  sent: (size_bytes: number) => void,
): Promise<ReadableStream<Uint8Array>> {
  if (call.operation.is_made) return sendMade(make(door, call), headers, sent)
  const file = JSON.parse(answer(door, call).body) as FileReply
  const { operation, input, principal } = call
  const tenant_id = operation.inside ? String(input.id) : principal.tenant_id
  const store = door.services.objects(tenant_id)
  const { stream, object } = await store.get(file.object_key)
  headers['content-type'] = file.content_type
  headers['content-disposition'] = `inline; filename*=UTF-8''${encodeURIComponent(file.name)}`
  headers['cache-control'] = 'no-store'
  sent(object.size_bytes)
  return stream
}

/** What is made may be another one the next time: no browser keeps it. */
function sendMade(
  { name, content_type, pieces }: MadeFile,
  headers: Headers,
  sent: (size_bytes: number) => void,
): ReadableStream<Uint8Array> {
  headers['content-type'] = content_type
  headers['content-disposition'] = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
  headers['cache-control'] = 'no-store'
  const source = pieces[Symbol.asyncIterator]()
  let size_bytes = 0
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await source.next()
      if (done) {
        sent(size_bytes)
        return controller.close()
      }
      const bytes = Buffer.from(value)
      size_bytes += bytes.length
      controller.enqueue(bytes)
    },
    async cancel() {
      sent(size_bytes)
      await source.return?.()
    },
  })
}

async function serveWrite(
  door: Door,
  limiter: RateLimiter,
  operation: Operation,
  exchange: Exchange,
) {
  const { request, params } = exchange
  const request_id = requestId(request)
  try {
    const call = admit(door, limiter, operation, exchange, request_id)
    const { dry_run, ...query } = readQuery(request.url)
    const address = readAddress(operation, params, query)
    call.input = { ...(await readBody(operation, request)), ...address }
    call.options = {
      idempotency_key: request.headers.get('idempotency-key') ?? undefined,
      if_match: request.headers.get('if-match') ?? undefined,
      dry_run: dry_run === 'true',
    }
    return send(door, call, exchange.set, await carryOut(door, call))
  } catch (error) {
    return fail(door, exchange, error, request_id, operation)
  }
}

/** Token, rate limit, level and permission, in this order: a stranger learns nothing. */
function admit(
  door: Door,
  limiter: RateLimiter,
  operation: Operation,
  exchange: Exchange,
  request_id: string,
): Call {
  const { request, set } = exchange
  const { headers } = request
  set.headers['x-request-id'] = request_id
  const ip = addressOf(door, exchange)
  const authorization = headers.get('authorization') ?? ''
  const wanted = headers.get('stowage-organization')
  const principal = door.gatekeeper.fromToken(authorization, wanted, ip)
  limiter.take(principal, set.headers)
  permit({ operation, principal })
  door.calls?.admit(principal)
  const scope = scopeOf(principal, request_id, ip, headers.get('user-agent') ?? '')
  return { operation, principal, scope, input: {}, options: {} }
}

export const scopeOf = (
  principal: Principal,
  request_id: string,
  ip: string,
  user_agent: string,
): Scope => ({
  tenant_id: principal.tenant_id,
  organization_id: principal.organization_id,
  actor: principal.actor,
  request_id,
  ip,
  user_agent,
  session: principal.session,
  terms: principal.terms,
})

function send(door: Door, call: Call, set: Exchange['set'], reply: Reply): string {
  const { operation, principal, scope } = call
  door.log.info({
    request_id: scope.request_id,
    operation_id: operation.id,
    tenant_id: principal.tenant_id,
    actor_id: principal.id,
    status: reply.status,
  })
  set.status = reply.status
  set.headers['content-type'] = 'application/json'
  if (reply.etag) set.headers.etag = reply.etag
  if (reply.replayed) set.headers['idempotent-replayed'] = 'true'
  door.calls?.done(principal, Buffer.byteLength(reply.body))
  return reply.body
}

function fail(
  door: Door,
  { set }: Exchange,
  error: unknown,
  request_id: string,
  operation?: Operation,
): string {
  const problem = describeFailure(door.log, error, request_id, operation?.id)
  const { status, code } = problem
  door.log.info({ request_id, operation_id: operation?.id, status, code })
  set.status = problem.status
  for (const [name, value] of Object.entries(problem.headers)) set.headers[name] = value
  set.headers['x-request-id'] = request_id
  set.headers['content-type'] = 'application/problem+json'
  return JSON.stringify({ ...problem.toJSON(), request_id })
}
