/** Carries out one operation for one caller: the same contract behind every door. */
import { Problem, assert } from '../kit/problem.ts'
import type { Scope } from '../db/scope.ts'
import type { Read, Sync, Write } from '../db/session.ts'
import type { Door } from './door.ts'
import {
  attempt,
  attemptId,
  claim,
  earlierReply,
  remember,
  settle,
  type Attempt,
  type Reply,
} from './idempotency.ts'
import { insideTenant } from './inside-tenant.ts'
import type { Ask, Operation } from './operation.ts'
import { openOutward, type Beside, type Outward } from './outward.ts'
import type { Principal } from './principal.ts'
import { requireFeature } from './require-feature.ts'
import { requireStepUp } from './step-up.ts'
import { deleteKey } from './store.ts'
import { requirePath } from './read-request.ts'
import type { MadeFile } from './shapes.ts'
import { fieldErrors, requireShape } from './validate.ts'

/** The tenant's or the platform's file: both are read and written alike. */
interface File {
  read<T>(scope: Scope, query: (read: Read) => Sync<T>): T
  write<T>(scope: Scope, command: (tx: Write) => Sync<T>): Promise<T>
}

/** What a caller may say about how, beside the input that says what. */
export interface CallOptions {
  idempotency_key?: string | undefined
  if_match?: string | undefined
  /** Does everything and takes it back: the answer says what would have happened. */
  dry_run?: boolean
}

export interface Call {
  operation: Operation
  principal: Principal
  scope: Scope
  input: Record<string, unknown>
  options: CallOptions
}

/** Thrown inside a transaction to roll it back and still carry the answer out. */
class DryRun {
  constructor(readonly reply: Reply) {}
}

/**
 * @throws Problem `forbidden` when the caller's level, role or the tenant's state does not allow it,
 *   `feature_unavailable` when the plan, a requirement or a switch stands against it
 */
export function permit({ operation, principal }: Pick<Call, 'operation' | 'principal'>): void {
  const { level, permission, effect, feature } = operation
  const reaches =
    level === principal.level || (level === 'organization' && principal.level === 'tenant')
  if (!reaches) {
    throw new Problem('forbidden', `${operation.id} needs a ${level} token.`, { level })
  }
  if (!principal.may(permission)) {
    throw new Problem('forbidden', `This needs the permission ${permission}.`, { permission })
  }
  const is_possible = operation.while_read_only && !principal.actor.impersonator
  if (principal.read_only && effect !== 'read' && !is_possible) {
    throw new Problem('forbidden', principal.read_only)
  }
  if (feature) requireFeature(principal, feature)
}

/** Answers an operation that only reads. The input has its shape already. */
export function answer(door: Door, call: Call): Reply {
  const { operation, input } = call
  const run = operation.run as (read: Read, input: unknown, beside: Beside) => unknown
  const { file, scope } = placeOf(door, call)
  const value = file.read(scope, (read) => {
    const found = run(read, input, door)
    const names = input.expand as string[] | undefined
    if (names) expandInto(read, operation, found, names)
    return found as object
  })
  return reply(door, operation, value)
}

/** Begins a file that is made while it is sent. The input has its shape already. */
export function make(door: Door, call: Call): MadeFile {
  const run = call.operation.run as (ask: Ask, input: unknown) => MadeFile
  const { file, scope } = placeOf(door, call)
  return run((query) => file.read(scope, query), call.input)
}

/** Carries out an operation that changes something. The input has its shape already. */
export function carryOut(door: Door, call: Call): Promise<Reply> {
  const { operation, principal, scope, input, options } = call
  if (operation.step_up) requireStepUp(scope, door.data.clock.now())
  const key = options.idempotency_key
  if (!key && operation.idempotency_required) {
    throw new Problem(
      'idempotency_key_required',
      'Send an Idempotency-Key header, so that a retry cannot do this twice.',
    )
  }
  const attempted = key
    ? attempt(key, principal.id, operation, scope, input, door.services.master_key)
    : undefined
  return operation.effect === 'write'
    ? writeOnce(door, call, attempted)
    : callOnce(door, call, attempted)
}

/** Checks permission and shape, then answers or carries out: for callers that hold plain values. */
export async function invoke(door: Door, call: Call): Promise<Reply> {
  permit(call)
  requireInput(call.operation, call.input)
  return call.operation.effect === 'read' ? answer(door, call) : carryOut(door, call)
}

/** The flat input against the parts it is made of. */
export function requireInput(operation: Operation, input: Record<string, unknown>): void {
  const known = { ...operation.params.properties, ...operation.query.properties }
  const rest = Object.fromEntries(Object.entries(input).filter(([name]) => !(name in known)))
  requirePath(operation, pick(input, operation.params.properties))
  requireShape(operation.query, pick(input, operation.query.properties), '/query')
  if (operation.body) requireShape(operation.body, rest)
}

const pick = (input: Record<string, unknown>, names: object) =>
  Object.fromEntries(Object.entries(input).filter(([name]) => name in names))

async function writeOnce(door: Door, call: Call, attempted: Attempt | undefined): Promise<Reply> {
  const { operation, input, options } = call
  const run = operation.run as (tx: Write, input: unknown) => unknown
  const { file, scope } = placeOf(door, call)
  try {
    const done = await file.write(scope, (tx) => {
      const earlier = attempted && earlierReply(tx, attempted)
      if (earlier) return earlier
      const before = loadSubject(tx, call)
      const after = run(tx, input)
      const done = reply(door, operation, after)
      if (options.dry_run) throw new DryRun(done)
      note(door, tx, call, before, after)
      if (attempted) remember(tx, attempted, done)
      return done
    })
    if (operation.noted_on_platform && !done.replayed) await noteOnPlatform(door, call, scope)
    return done
  } catch (error) {
    if (error instanceof DryRun) return error.reply
    throw error
  }
}

async function callOnce(door: Door, call: Call, attempted: Attempt | undefined): Promise<Reply> {
  const { operation, principal, input, options } = call
  if (options.dry_run) {
    throw new Problem('invalid', 'This operation calls the outside and has no dry run.')
  }
  const { file, scope } = placeOf(door, call)
  const first = await file.write(scope, (tx) => {
    const earlier = attempted && earlierReply(tx, attempted)
    if (earlier) return { earlier, before: undefined }
    const before = loadSubject(tx, call)
    if (attempted) claim(tx, attempted)
    return { earlier: undefined, before }
  })
  if (first.earlier) return first.earlier
  try {
    const run = operation.run as (outward: Outward, input: unknown) => Promise<unknown>
    const attempt_id = attempted && attemptId(attempted)
    const outward = { ...openOutward(door, scope.tenant_id, scope), attempt_id }
    const after = await run(outward, input)
    const done = reply(door, operation, after)
    await file.write(scope, (tx) => {
      note(door, tx, call, first.before, after)
      if (attempted) settle(tx, attempted, done)
    })
    if (operation.noted_on_platform) await noteOnPlatform(door, call, scope)
    return done
  } catch (error) {
    // The state of the subject says what really happened; the key only said that we had begun.
    if (attempted) await file.write(scope, (tx) => deleteKey(tx, principal.id, attempted.key))
    throw error
  }
}

/** Where it works: in the caller's own file, or in that of the business the operator named. */
function placeOf(door: Door, call: Call): { file: File; scope: Scope } {
  const { operation, principal, scope, input } = call
  if (operation.inside) return insideTenant(door, scope, input.id)
  const { data } = door
  const file = principal.level === 'platform' ? data.platform : data.tenants.at(scope.tenant_id)
  return { file, scope }
}

/** The state before, after 404, 412 and 428 have been decided. */
function loadSubject(read: Read, { operation, input, options }: Call): object | undefined {
  const subject = operation.subject?.(read, input as never)
  if (!operation.match || !subject) return subject
  const current = etagOf(subject)
  if (!options.if_match && operation.match === 'required') {
    throw new Problem(
      'version_required',
      'Send the ETag you read in If-Match.',
      {},
      { etag: current },
    )
  }
  if (options.if_match && options.if_match !== '*' && !sameEtag(options.if_match, current)) {
    const detail = `This is version ${current} now; you sent ${options.if_match}.`
    throw new Problem('version_mismatch', detail, {}, { etag: current })
  }
  return subject
}

const sameEtag = (sent: string, current: string): boolean =>
  sent.split(',').some((tag) => tag.trim().replace(/^W\//, '') === current)

const etagOf = (value: object): string => {
  const { version } = value as { version?: number }
  assert(version !== undefined, 'a resource that is matched has a version')
  return `"${version}"`
}

function reply(door: Door, operation: Operation, value: unknown): Reply {
  if (door.verify_replies) {
    const plain = JSON.parse(JSON.stringify(value)) as unknown
    const wrong = fieldErrors(operation.reply, plain)
    assert(
      wrong.length === 0,
      `${operation.id} does not reply as declared: ${JSON.stringify(wrong)}`,
    )
  }
  const { version } = (value ?? {}) as { version?: number }
  const etag = version === undefined ? undefined : `"${version}"`
  return { status: operation.status, body: JSON.stringify(value), etag, replayed: false }
}

function note(door: Door, tx: Write, call: Call, before: unknown, after: unknown): void {
  const { id } = (after ?? {}) as { id?: unknown }
  const subject_id = String(call.input.id ?? id ?? '')
  door.audit(tx, { action: call.operation.id, subject_id, before, after, input: call.input })
}

/**
 * What the operator did inside a business, and what a business decided about him, is in both trails.
 * The platform's says that it was done and where; what changed stands in that of the business.
 */
async function noteOnPlatform(door: Door, call: Call, { tenant_id }: Scope): Promise<void> {
  const { operation, input } = call
  const scope = { ...call.scope, tenant_id: '', organization_id: '' }
  const told = { action: operation.id, subject_id: String(input.id ?? tenant_id) }
  await door.data.platform.write(scope, (tx) =>
    door.audit(tx, { ...told, before: undefined, after: undefined, input: { tenant_id } }),
  )
}

function expandInto(read: Read, operation: Operation, value: unknown, names: string[]): void {
  const { data } = value as { data?: Record<string, unknown>[] }
  for (const record of data ?? [value as Record<string, unknown>]) {
    for (const name of names) record[name] = operation.expand[name]?.(read, record)
  }
}
