/** An error the caller can act on, rendered as RFC 9457 or as the page it came from. */
import { problems, type ProblemCode } from './problems.ts'

export interface FieldError {
  /** JSON pointer into the request body, or `/query/<name>`, `/path/<name>`, `/header/<name>`. */
  pointer: string
  detail: string
}

/** What helps the caller. The members that RFC 9457 gives a meaning are not facts. */
export type Facts = Record<string, unknown> & {
  errors?: FieldError[]
  type?: never
  title?: never
  status?: never
  code?: never
  detail?: never
  request_id?: never
}

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly title: string

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    /** What helps the caller: `available`, `requested`, `shortfall`, `errors` … */
    readonly facts: Facts = {},
    /** Response headers that belong to this problem, such as `Retry-After`. */
    readonly headers: Record<string, string> = {},
  ) {
    super(`${code}: ${detail}`)
    this.status = problems[code].status
    this.title = problems[code].title
  }

  toJSON(): Record<string, unknown> {
    const { code, title, status, detail } = this
    const standard = { type: `/problems/${code}`, title, status, code, detail }
    // Its own members come first, and nothing a room adds takes their place.
    return { ...standard, ...this.facts, ...standard }
  }
}

/** One field of the input is wrong. */
export const invalid = (pointer: string, detail: string): Problem =>
  new Problem('invalid', detail, { errors: [{ pointer, detail }] })

/** Nothing with this id is visible to the caller. */
export const notFound = (noun: string, id: string): Problem =>
  new Problem('not_found', `There is no ${noun} ${id}.`)

/** Our own mistake: an invariant does not hold. Becomes a 500 with an incident id. */
export function assert(holds: unknown, invariant: string): asserts holds {
  if (!holds) throw new Error(`invariant broken: ${invariant}`)
}
