/**
 * The operation: one thing a caller can do, declared as data. REST routes, the OpenAPI document,
 * pages, SDK methods, audit, metering, limits and the test matrix are all derived from these.
 */
import { Type, type Static, type TObject, type TSchema } from '@sinclair/typebox'
import { assert } from '../kit/problem.ts'
import type { ProblemCode } from '../kit/problems.ts'
import type { Feature } from '../kit/terms.ts'
import type { Read, Sync, Write } from '../db/session.ts'
import type { Beside, Outward } from './outward.ts'
import { FileReply, MadeReply, type MadeFile } from './shapes.ts'

/** Whose file it works on, and how far a token must reach. */
export type Level = 'platform' | 'tenant' | 'organization'

/**
 * `read` answers from the file; `write` is one transaction; `call` talks to the outside in three
 * acts (pending, the call, posted or voided) and never holds a transaction meanwhile.
 */
export type Effect = 'read' | 'write' | 'call'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

const nothing = Type.Object({}, { additionalProperties: false })
type Nothing = typeof nothing

type Input<P extends TObject, Q extends TObject, B extends TObject> = Static<P> &
  Static<Q> &
  Static<B>

interface Declaration<P extends TObject, Q extends TObject, B extends TObject, R extends TSchema> {
  /** `purchase_orders.receive`: the SDK's method, the audit's action, the metric's label. */
  id: string
  route: `${Method} /v1/${string}`
  level: Level
  /** A platform's operation that works in the file of the business its path names with `:id`. */
  inside?: 'tenant'
  /** What a role must grant, `purchasing.receive`. */
  permission: string
  /** Refused unless the plan includes it and nothing stands against it. */
  feature?: Feature
  /** One line in the imperative, for the documentation. */
  summary: string
  description?: string
  /** Path, query and body reach `run` as one flat object; no name may occur twice. */
  params?: P
  query?: Q
  body?: B
  reply: R
  /** 200, or 201 for a creation. */
  status?: 200 | 201 | 202
  /** A real exchange, shown in the documentation and tried by the tests. */
  example?: { query?: Partial<Static<Q>>; body?: Static<B>; reply?: unknown }
  /** Refusals of its own, beside those of the door. */
  problems?: ProblemCode[]
  /** Asks a person who did not prove it within a quarter of an hour to confirm who he is. */
  step_up?: true
  /** Its reply holds a secret that is shown once: what is kept for a retry is sealed. */
  shown_once?: true
  /** `required` where stock or money moves; elsewhere a key is honoured when sent. */
  idempotency?: 'required'
  /**
   * Loads what the path names: 404 when the caller cannot see it, the version for If-Match,
   * and the state before for the audit.
   */
  subject?: (read: Read, input: Input<P, Q, B>) => object
  /** `required` answers 428 without If-Match; `optional` honours it. Needs `subject`. */
  match?: 'required' | 'optional'
  /** The platform's trail gets an entry as well, as it does of all that is done with `inside`. */
  noted_on_platform?: true
  /** A write that is possible while the business may only be read: it takes nothing in. */
  while_read_only?: true
  /** Related records that `expand[]=name` puts into the reply under that name. */
  expand?: Record<string, (read: Read, record: Record<string, unknown>) => unknown>
}

type Run<E extends Effect, I, O> = E extends 'read'
  ? (read: Read, input: I, beside: Beside) => Sync<O>
  : E extends 'write'
    ? (tx: Write, input: I) => Sync<O>
    : (outward: Outward, input: I) => Promise<O>

/** An operation whose shapes are known: what rooms declare and pages call. */
export interface TypedOperation<E extends Effect, I, O> extends Operation {
  readonly effect: E
  /** Carried for the type checker alone. */
  readonly shape?: (input: I) => O
}

/** An operation as the doors see it. */
export interface Operation {
  readonly id: string
  readonly method: Method
  /** `/v1/items/:id` */
  readonly path: string
  readonly level: Level
  readonly inside: 'tenant' | undefined
  readonly permission: string
  readonly feature: Feature | undefined
  readonly effect: Effect
  readonly summary: string
  readonly description: string
  readonly params: TObject
  readonly query: TObject
  readonly body: TObject | undefined
  readonly reply: TSchema
  /** Answers with a file instead of JSON. */
  readonly is_file: boolean
  /** That file is made while it is sent. */
  readonly is_made: boolean
  readonly status: number
  readonly example: { query?: unknown; body?: unknown; reply?: unknown } | undefined
  readonly problems: readonly ProblemCode[]
  readonly idempotency_required: boolean
  readonly shown_once: boolean
  readonly step_up: boolean
  readonly match: 'required' | 'optional' | undefined
  readonly noted_on_platform: boolean
  readonly while_read_only: boolean
  readonly subject: ((read: Read, input: never) => object) | undefined
  readonly expand: Record<string, (read: Read, record: Record<string, unknown>) => unknown>
  readonly run: (context: never, input: never, beside: never) => unknown
}

function declare(effect: Effect) {
  return function operation<
    R extends TSchema,
    P extends TObject = Nothing,
    Q extends TObject = Nothing,
    B extends TObject = Nothing,
  >(
    declaration: Declaration<P, Q, B, R>,
    run: (context: never, input: never, beside: never) => unknown,
  ): Operation {
    const [method, path] = declaration.route.split(' ') as [Method, string]
    const { id, level, permission, summary, params, query, body, reply } = declaration
    const names = [params, query, body].flatMap((part) => Object.keys(part?.properties ?? {}))
    assert(new Set(names).size === names.length, `${id}: a name occurs twice in its input`)
    assert(
      !declaration.inside || (level === 'platform' && params?.properties.id),
      `${id}: :id names the business`,
    )
    assert(!declaration.match || declaration.subject, `${id}: If-Match needs a subject`)
    const in_path = [...path.matchAll(/:(\w+)/g)].map((match) => match[1]!)
    assert(
      in_path.join() === Object.keys(params?.properties ?? {}).join(),
      `${id}: params are exactly the names in its path`,
    )
    return {
      id,
      method,
      path,
      level,
      inside: declaration.inside,
      permission,
      feature: declaration.feature,
      effect,
      summary,
      description: declaration.description ?? '',
      params: params ?? nothing,
      query: query ?? nothing,
      body,
      reply,
      is_file: (reply as TSchema) === FileReply || (reply as TSchema) === MadeReply,
      is_made: (reply as TSchema) === MadeReply,
      status: declaration.status ?? 200,
      example: declaration.example,
      problems: [
        ...(declaration.feature ? (['feature_unavailable'] as const) : []),
        ...(declaration.step_up ? (['step_up_required'] as const) : []),
        ...(declaration.problems ?? []),
      ],
      idempotency_required: declaration.idempotency === 'required',
      shown_once: declaration.shown_once === true,
      step_up: declaration.step_up === true,
      match: declaration.match,
      noted_on_platform: Boolean(declaration.inside || declaration.noted_on_platform),
      while_read_only: declaration.while_read_only === true,
      subject: declaration.subject as Operation['subject'],
      expand: declaration.expand ?? {},
      run,
    }
  }
}

type Declare<E extends Effect> = <
  R extends TSchema,
  P extends TObject = Nothing,
  Q extends TObject = Nothing,
  B extends TObject = Nothing,
>(
  declaration: Declaration<P, Q, B, R>,
  run: Run<E, Input<P, Q, B>, Static<R>>,
) => TypedOperation<E, Input<P, Q, B>, Static<R>>

/** Declares an operation that only reads. */
export const reading = declare('read') as Declare<'read'>
/** Declares an operation that is one transaction. */
export const writing = declare('write') as Declare<'write'>
/** Declares an operation that talks to the outside, in three acts. */
export const calling = declare('call') as Declare<'call'>

/** Looks in one short moment after another: what is written meanwhile may be seen by the later ones. */
export type Ask = <T>(query: (read: Read) => Sync<T>) => T

/** Declares an operation that makes a file while it is sent, however long. */
export const making = <P extends TObject = Nothing, Q extends TObject = Nothing>(
  declaration: Omit<Declaration<P, Q, Nothing, typeof MadeReply>, 'reply'>,
  run: (ask: Ask, input: Input<P, Q, Nothing>) => MadeFile,
): Operation => declare('read')({ ...declaration, reply: MadeReply }, run)
