/** An error the caller can act on, rendered as RFC 9457 or as the page it came from. */
import { problems, type ProblemCode } from './problems.ts'

export interface FieldError {
  /** JSON pointer into the request body, or `/query/<name>`, `/path/<name>`, `/header/<name>`. */
  pointer: string
  detail: string
}

export class Problem extends Error {
  override readonly name = 'Problem'
  readonly status: number
  readonly title: string

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    /** What helps the caller: `available`, `requested`, `shortfall`, `errors` … */
    readonly facts: Record<string, unknown> & { errors?: FieldError[] } = {},
    /** Response headers that belong to this problem, such as `Retry-After`. */
    readonly headers: Record<string, string> = {},
  ) {
    super(`${code}: ${detail}`)
    this.status = problems[code].status
    this.title = problems[code].title
  }

  toJSON(): Record<string, unknown> {
    return {
      type: `/problems/${this.code}`,
      title: this.title,
      status: this.status,
      code: this.code,
      detail: this.detail,
      ...this.facts,
    }
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
