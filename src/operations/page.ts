/**
 * The HTML door's declarations: a page shows what operations answer, a form carries one out.
 * Both use the same permissions, validation and idempotency as REST, because they use the same table.
 */
import type { Html } from '../kit/html.ts'
import { Problem } from '../kit/problem.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { Scope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import type { AuditNote } from './door.ts'
import type { Effect, TypedOperation } from './operation.ts'
import type { Visitor } from './principal.ts'
import type { Services } from './services.ts'

/** The fields of a submitted form; a name that occurs twice keeps all its values. */
export type Fields = URLSearchParams

/** One person looking at one page. */
export interface Visit {
  readonly visitor: Visitor
  readonly scope: Scope
  readonly params: Record<string, string>
  /** The query string as it came; lists pass it on through `query()`. */
  readonly url: URL
  readonly services: Services
  /** Set when a form came back with a problem: the page shows it beside what was typed. */
  readonly problem: Problem | undefined
  /** What was typed, when a form came back. */
  readonly fields: Fields
  may(permission: string): boolean
  /** Asks an operation that reads. Its permission counts here as everywhere. */
  ask<I, O>(operation: TypedOperation<'read', I, O>, input: I): O
  /** The query string as the input of a list operation, with its numbers converted. */
  query<I, O>(operation: TypedOperation<'read', I, O>): I
}

export interface Page {
  /** `GET /items/:id` */
  readonly route: `GET /${string}`
  readonly title: string | ((visit: Visit) => string)
  /** Where it stands in the navigation; pages without it are reached from others. */
  readonly nav?: {
    group: string
    label: string
    icon: string
    permission: string
    /** For the staff of the platform, or for who leads the whole business; else for members. */
    level?: 'platform' | 'tenant'
  }
  /** The main part; the shell around it is drawn by the door. Or where to look instead. */
  readonly show: (visit: Visit) => Html | Elsewhere | Promise<Html | Elsewhere>
  /** A printable document stands alone, without the shell. */
  readonly bare?: boolean
}

export interface Form {
  readonly route: `POST /${string}`
  readonly submit: Submission
  /** The page that shows the form again, with the problem and what was typed, at 422 and the like. */
  readonly again: Page
}

/** A form's operation with how its fields become input and where to go after. */
export interface Submission {
  readonly operation: TypedOperation<Effect, never, unknown>
  readonly input: (fields: Fields, params: Record<string, string>) => unknown
  readonly done: (reply: never, visit: Visit) => Done
}

/**
 * Where a form leads when it succeeded: to another page, with a word about what was done; or, when
 * the reply holds a secret that is shown once, to the page that shows it, with nothing in between.
 */
export type Done = { to: string; say: string } | { title: string; show: Html }

/** Ties a form's fields to the input its operation wants, and the reply to the next page. */
export const submission = <E extends Effect, I, O>(
  operation: TypedOperation<E, I, O>,
  input: (fields: Fields, params: Record<string, string>) => unknown,
  done: (reply: O, visit: Visit) => Done,
): Submission => ({ operation: operation as never, input, done: done as never })

export const page = (declared: Page): Page => declared
export const form = (declared: Form): Form => declared

/** Somebody at an entrance: perhaps signed in, perhaps a stranger. */
export interface Caller {
  readonly request: Request
  readonly visitor: Visitor | undefined
  readonly params: Record<string, string>
  readonly url: URL
  readonly ip: string
  readonly request_id: string
  readonly data: DataFolder
  readonly services: Services
  /** Writes an audit entry into a transaction of the file it happened in. */
  readonly audit: (tx: Write, note: AuditNote) => void
  /** Set when a form came back with a problem. */
  readonly problem: Problem | undefined
  /** What was typed, when a form came back. */
  readonly fields: Fields
}

/** Another page, with a word on the way. */
export interface Elsewhere {
  to: string
  say?: string
}

/** Where an entrance leads, and the cookies it sets on the way. */
export interface Leave extends Elsewhere {
  /** The form that was interrupted is sent again, to `to`, with all that was typed. */
  resume?: true
  cookies?: readonly string[]
}

/**
 * A page outside the session requirement: it lets people in, out, or from one organization to
 * another. GET shows it, POST to the same path submits its form; a form of another site cannot.
 */
export interface Entrance {
  /** `/sign-in` */
  readonly path: `/${string}`
  readonly title: string
  readonly show: (caller: Caller) => Html | Leave | Promise<Html | Leave>
  readonly submit?: (caller: Caller) => Promise<Leave>
  /** Shows a table rather than a form. */
  readonly wide?: true
}

/** What a room shows: its pages and its forms, and the entrances that need no session. */
export interface RoomPages {
  pages: readonly Page[]
  forms: readonly Form[]
  entrances?: readonly Entrance[]
}

/** A field that was left empty is absent, not an empty string. */
export const given = (fields: Fields, name: string): string | undefined =>
  fields.get(name)?.trim() || undefined

/** Fields named `lines.0.sku`, `lines.1.sku` as rows; rows in which nothing was typed are left out. */
export const rows = (fields: Fields, list: string): Record<string, string>[] => [
  ...numberedRows(fields, list).values(),
]

/** Rows by the number they have on the form. */
function numberedRows(fields: Fields, list: string): Map<string, Record<string, string>> {
  const found = new Map<string, Record<string, string>>()
  for (const [name, value] of fields) {
    const [head, index, key] = name.split('.')
    if (head !== list || index === undefined || key === undefined || !value.trim()) continue
    const row = found.get(index) ?? {}
    found.set(index, { ...row, [key]: value.trim() })
  }
  return found
}

/** Fields named `address.city`, `address.country_code` as one object; undefined when all are empty. */
export function group(fields: Fields, name: string): Record<string, string> | undefined {
  const typed = [...fields].flatMap(([key, value]): [string, string][] =>
    key.startsWith(`${name}.`) && value.trim() ? [[key.slice(name.length + 1), value.trim()]] : [],
  )
  return typed.length > 0 ? Object.fromEntries(typed) : undefined
}

/** What a form on the page has to know of the visit. */
export const formState = ({ visitor, problem, fields }: Visit) => ({
  csrf_token: visitor.csrf_token,
  problem,
  fields,
})

/**
 * As `formState`, for a form with rows: those that were not sent shift the others, and a problem
 * names the row that was sent. Here it names the row on the form.
 * @param list what the rows are called
 * @param sent which of the rows in which something was typed are sent
 */
export function rowsState(
  visit: Visit,
  list: string,
  sent: (row: Record<string, string>) => boolean = () => true,
) {
  const { problem, ...state } = formState(visit)
  if (!problem?.facts.errors) return { problem, ...state }
  const numbers = [...numberedRows(visit.fields, list)].flatMap(([number, row]) =>
    sent(row) ? [number] : [],
  )
  const errors = problem.facts.errors.map(({ pointer, detail }) => {
    const [, head, index, ...rest] = pointer.split('/')
    const number = head === list ? numbers[Number(index)] : undefined
    return { pointer: number ? ['', list, number, ...rest].join('/') : pointer, detail }
  })
  const { code, detail, facts, headers } = problem
  return { problem: new Problem(code, detail, { ...facts, errors }, headers), ...state }
}
