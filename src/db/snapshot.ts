/** One moment of a file, read through a connection of its own while others go on writing. */
import type { Statement } from 'better-sqlite3'
import type { Clock } from '../kit/clock.ts'
import type { IdSource } from '../kit/id.ts'
import { openReadOnly, type Connection } from './driver.ts'
import type { Scope } from './scope.ts'
import { StatementCache } from './statement-cache.ts'
import { Session, type Read, type Sync } from './session.ts'

/** While it is open the WAL cannot be reset and grows: hold it for seconds, not for hours. */
export class Snapshot {
  readonly #connection: Connection
  readonly #statements: StatementCache

  constructor(
    path: string,
    readonly clock: Clock,
    readonly ids: IdSource,
  ) {
    this.#connection = openReadOnly(path)
    this.#statements = new StatementCache(this.#connection)
    this.#connection.exec('BEGIN')
    // The moment is chosen by the first read.
    this.#connection.prepare('SELECT count(*) FROM sqlite_schema').get()
  }

  read<T>(scope: Scope, query: (read: Read) => Sync<T>): T {
    return query(new Session(this, scope)) as T
  }

  prepare(sql: string): Statement {
    return this.#statements.prepare(sql)
  }

  close(): void {
    this.#statements.clear()
    this.#connection.close()
  }
}
