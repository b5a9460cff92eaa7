/** One open SQLite file: its connection, its prepared statements, and its single writer. */
import { closeSync, fdatasync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Statement } from 'better-sqlite3'
import type { Clock } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { IdSource } from '../kit/id.ts'
import { openConnection, wal_pages_before_checkpoint, type Connection } from './driver.ts'
import type { Scope } from './scope.ts'
import { syncFolder } from './sync-folder.ts'
import { Session, type Read, type Sync, type Write } from './session.ts'
import { Snapshot } from './snapshot.ts'
import { StatementCache } from './statement-cache.ts'
import { Writer } from './writer.ts'

/** Ten seconds: longer than a backup holds a moment of one file. */
const attempts_to_empty_log = 100
const pause_between_attempts_ms = 100

export class DatabaseFile {
  readonly connection: Connection
  readonly #writer = new Writer(this)
  readonly #statements: StatementCache
  readonly #listeners = new Set<() => void>()
  #wal_descriptor: number | undefined
  /** Milliseconds since the epoch of the last use, for the one who evicts. */
  used_at_ms = 0

  constructor(
    readonly path: string,
    readonly clock: Clock,
    readonly ids: IdSource,
  ) {
    this.connection = openConnection(path)
    this.#statements = new StatementCache(this.connection)
  }

  /** Runs a query now. Everything it sees belongs to one moment, because nothing else can run. */
  read<T>(scope: Scope, query: (read: Read) => Sync<T>): T {
    return query(new Session(this, scope)) as T
  }

  /** Runs a command in the next shared transaction; resolves when it is durable. */
  write<T>(scope: Scope, command: (tx: Write) => Sync<T>): Promise<T> {
    return this.#writer.write(scope, command)
  }

  prepare(sql: string): Statement {
    return this.#statements.prepare(sql)
  }

  /** Calls `listener` after each durable batch: the signal for everyone who reads the outbox. */
  onCommit(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  committed(): void {
    for (const listener of this.#listeners) listener()
  }

  /** Makes what is committed survive a power cut. Runs off the event loop, so reads go on. */
  sync(): Promise<void> {
    const descriptor = (this.#wal_descriptor ??= this.#openWal())
    return new Promise((resolve, reject) =>
      fdatasync(descriptor, (error) => (error ? reject(error) : resolve())),
    )
  }

  get busy(): boolean {
    return this.#writer.busy
  }

  idle(): Promise<void> {
    return this.#writer.idle()
  }

  /** A replicator that owns checkpoints needs ours off; without it they come back. */
  leaveCheckpointsTo(owner: 'replicator' | 'sqlite'): void {
    const pages = owner === 'sqlite' ? wal_pages_before_checkpoint : 0
    this.connection.pragma(`wal_autocheckpoint = ${pages}`)
  }

  /** One moment of the file, to be read over many turns of the event loop. Close it soon. */
  snapshot(): Snapshot {
    return new Snapshot(this.path, this.clock, this.ids)
  }

  /** A consistent copy of the whole file, made while others read and write. */
  async copyTo(path: string): Promise<void> {
    await this.connection.backup(path)
  }

  /**
   * Writes the whole file anew and empties its log, so that nothing that was deleted is left in
   * either. Everybody waits meanwhile: some milliseconds for each megabyte.
   * @throws Problem `unavailable` when somebody holds an old moment of it open all the time
   */
  async compact(): Promise<void> {
    await this.idle()
    this.connection.exec('VACUUM')
    for (let attempt = 0; attempt < attempts_to_empty_log; attempt++) {
      await this.idle()
      if (this.#emptyLog()) return
      await Bun.sleep(pause_between_attempts_ms)
    }
    throw new Problem('unavailable', 'An old moment of the file is still being read.')
  }

  /** Without waiting: a reader of an old moment may take its time. */
  #emptyLog(): boolean {
    this.connection.pragma('busy_timeout = 0')
    try {
      const [{ busy } = { busy: 1 }] = this.connection.pragma('wal_checkpoint(TRUNCATE)') as {
        busy: number
      }[]
      return busy === 0
    } finally {
      this.connection.pragma('busy_timeout = 5000')
    }
  }

  async close(): Promise<void> {
    await this.idle()
    this.closeNow()
  }

  /** For a file that is known to be idle. */
  closeNow(): void {
    this.#statements.clear()
    this.connection.close()
    if (this.#wal_descriptor !== undefined) closeSync(this.#wal_descriptor)
    this.#wal_descriptor = undefined
  }

  #openWal(): number {
    // SQLite makes the WAL but leaves its directory entry unsynced at NORMAL; once per open is enough.
    syncFolder(dirname(this.path))
    return openSync(`${this.path}-wal`, 'r')
  }
}
