/** What a query or a command holds while it runs: prepared statements, the time, and who asks. */
import type { Statement } from 'better-sqlite3'
import { timestamp, type Clock } from '../kit/clock.ts'
import type { IdSource } from '../kit/id.ts'
import type { Scope } from './scope.ts'

export type SqlValue = string | number | bigint | Uint8Array | null

/** An open read. Synchronous, and valid only inside the callback that received it. */
export interface Read {
  readonly scope: Scope
  /** RFC 3339, UTC, the same throughout one command. */
  readonly now: string
  readonly now_ms: number
  /** The first row, or undefined. */
  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined
  /** All rows. Pass a LIMIT: lists are pages. */
  all<Row>(sql: string, ...values: SqlValue[]): Row[]
}

/** An open write. All that happens through it becomes durable together, or not at all. */
export interface Write extends Read {
  /** Runs a statement and tells how many rows it changed. */
  run(sql: string, ...values: SqlValue[]): number
  /** A new sortable id with this prefix. */
  id(prefix: string): string
  /** Runs after the transaction is durable; never when it was rolled back. */
  afterCommit(action: () => void): void
}

/** The same open write, in the name or on behalf of somebody else. */
export const rescoped = (tx: Write, scope: Scope): Write => ({
  ...rescopedRead(tx, scope),
  run: (sql, ...values) => tx.run(sql, ...values),
  id: (prefix) => tx.id(prefix),
  afterCommit: (action) => tx.afterCommit(action),
})

/** As `rescoped`, for a read. */
export const rescopedRead = (read: Read, scope: Scope): Read => ({
  scope,
  now: read.now,
  now_ms: read.now_ms,
  get: (sql, ...values) => read.get(sql, ...values),
  all: (sql, ...values) => read.all(sql, ...values),
})

/** A value that is not a promise: a callback that awaits does not compile. */
export type Sync<T> = T extends PromiseLike<unknown> ? never : T

/** What a session runs on: the file itself, or a snapshot of it. */
export interface Statements {
  readonly clock: Clock
  readonly ids: IdSource
  prepare(sql: string): Statement
}

export class Session implements Write {
  readonly now_ms: number
  #now: string | undefined
  readonly after: (() => void)[] = []
  /** Whether anything was changed through it. */
  has_written = false

  constructor(
    private readonly file: Statements,
    readonly scope: Scope,
  ) {
    this.now_ms = file.clock.now()
  }

  get now(): string {
    return (this.#now ??= timestamp(this.now_ms))
  }

  get<Row>(sql: string, ...values: SqlValue[]): Row | undefined {
    return this.statement(sql).get(...values) as Row | undefined
  }

  all<Row>(sql: string, ...values: SqlValue[]): Row[] {
    return this.statement(sql).all(...values) as Row[]
  }

  run(sql: string, ...values: SqlValue[]): number {
    this.has_written = true
    return this.statement(sql).run(...values).changes
  }

  id(prefix: string): string {
    return this.file.ids(prefix)
  }

  afterCommit(action: () => void): void {
    this.after.push(action)
  }

  private statement(sql: string): Statement {
    return this.file.prepare(sql)
  }
}
