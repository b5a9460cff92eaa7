/** Pages of rows by key set: the next page begins after the last row, so it costs the same as the first. */
import { invalid } from '../kit/problem.ts'
import type { Read, SqlValue } from './session.ts'

export interface Page<Row> {
  rows: Row[]
  has_more: boolean
  next_cursor: string | null
}

/** `[condition, ...values]`; an undefined value leaves the condition out: an absent filter. */
export type Condition = [sql: string, ...values: (SqlValue | undefined)[]]

/**
 * What somebody typed begins one of these columns, or is one of those; absent, there is no condition.
 * Each column is asked alone, so that its index (organization, column) answers.
 */
export function searched(
  read: Read,
  table: string,
  text: string | undefined,
  { begins, is = [] }: { begins: readonly string[]; is?: readonly string[] },
  id = 'id',
): Condition {
  if (!text) return ['1', undefined]
  const { organization_id } = read.scope
  const from = `SELECT id FROM ${table} WHERE organization_id = ?`
  const branches = [
    ...begins.map((column) => `${from} AND ${column} BETWEEN ? AND ?`),
    ...is.map((column) => `${from} AND ${column} = ?`),
  ]
  const values = [
    ...begins.flatMap(() => [organization_id, text, `${text}\u{10ffff}`]),
    ...is.flatMap(() => [organization_id, text]),
  ]
  return [`${id} IN (${branches.join(' UNION ')})`, ...values]
}

export interface ListRequest {
  limit?: number | undefined
  cursor?: string | undefined
  /** A column of `sortable`, with `-` in front for descending. */
  sort?: string | undefined
}

export interface ListPlan {
  /** Everything between SELECT and WHERE: `i.* FROM items i`. */
  select: string
  where: Condition[]
  /** Sortable column names and their SQL; each needs an index that ends in `id`. */
  sortable: Record<string, string>
  /** Used when the request names none. */
  default_sort: string
  /** SQL of the unique tie-breaker. */
  id: string
}

interface CursorPosition {
  sort: string
  key: string | number
  id: string
}

/**
 * Reads one page of a list.
 * Sort columns must not be NULL; the row must carry its sort key and id under their own names.
 * @throws Problem `invalid` for an unknown sort or a cursor of another list
 */
export function listRows<Row extends object>(
  read: Read,
  request: ListRequest,
  plan: ListPlan,
): Page<Row> {
  const sort = request.sort ?? plan.default_sort
  const descending = sort.startsWith('-')
  const name = descending ? sort.slice(1) : sort
  const column = plan.sortable[name]
  if (!column) {
    const known = Object.keys(plan.sortable).join(', ')
    throw invalid('/query/sort', `Sort by one of: ${known} (with - in front for descending).`)
  }
  const where = [...plan.where]
  if (request.cursor) {
    const after = readCursor(request.cursor, sort)
    where.push([`(${column}, ${plan.id}) ${descending ? '<' : '>'} (?, ?)`, after.key, after.id])
  }
  const present = where.filter(([, ...values]) => !values.includes(undefined))
  const limit = request.limit ?? 25
  const direction = descending ? 'DESC' : 'ASC'
  const sql =
    `SELECT ${plan.select} WHERE ${present.map(([condition]) => condition).join(' AND ') || '1'}` +
    ` ORDER BY ${column} ${direction}, ${plan.id} ${direction} LIMIT ?`
  const values = present.flatMap(([, ...values]) => values as SqlValue[])
  const rows = read.all<Row>(sql, ...values, limit + 1)
  const has_more = rows.length > limit
  if (has_more) rows.pop()
  const last = rows.at(-1)
  return { rows, has_more, next_cursor: has_more && last ? writeCursor(last, name, sort) : null }
}

function writeCursor(row: object, name: string, sort: string): string {
  const { [name]: key, id } = row as Record<string, string | number>
  return Buffer.from(JSON.stringify({ sort, key, id })).toString('base64url')
}

function readCursor(cursor: string, sort: string): CursorPosition {
  const refuse = () =>
    invalid('/query/cursor', 'This cursor is not of this list and sort: start again without it.')
  let position: Partial<CursorPosition>
  try {
    position = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Partial<CursorPosition>
  } catch {
    throw refuse()
  }
  const { key, id } = position
  const usable = typeof key === 'string' || typeof key === 'number'
  if (position.sort !== sort || typeof id !== 'string' || !usable) throw refuse()
  return { sort, key, id }
}
