/** The only import of the SQLite driver, and the settings every connection has. */
import Database from 'better-sqlite3'

export type Connection = Database.Database

/** Pages of WAL before SQLite checkpoints by itself; 0 while a replicator owns checkpoints. */
export const wal_pages_before_checkpoint = 4_000

/**
 * Opens a file for reading and writing in WAL mode.
 *
 * `synchronous=NORMAL` is safe here because the writer calls `fdatasync` on the WAL after every
 * commit, away from the event loop, and acknowledges nothing before it returns
 * (docs/decisions/0002-durable-before-acknowledged.md).
 */
export function openConnection(path: string): Connection {
  const connection = new Database(path)
  connection.pragma('journal_mode = WAL')
  connection.pragma('synchronous = NORMAL')
  // What a savepoint may have to undo stays in memory: else each command spills pages to a file.
  connection.pragma('temp_store = MEMORY')
  connection.pragma('busy_timeout = 5000')
  connection.pragma('foreign_keys = ON')
  connection.pragma('trusted_schema = OFF')
  connection.pragma(`wal_autocheckpoint = ${wal_pages_before_checkpoint}`)
  letPagesGo(connection)
  return connection
}

/**
 * The schema is read once and kept in another form: its pages need not stay. SQLite takes room for
 * twenty pages at once when the first one comes into an empty cache that may have three or more;
 * what most files are opened for needs fewer, so the first comes while it may have two.
 */
function letPagesGo(connection: Connection): void {
  connection.pragma('cache_size = 2')
  connection.pragma('shrink_memory')
  connection.pragma('user_version')
  connection.pragma('cache_size = -2000')
}

/** Opens an existing file for reading only: backups, restores and inspections. */
export function openReadOnly(path: string): Connection {
  const connection = new Database(path, { readonly: true, fileMustExist: true })
  connection.pragma('busy_timeout = 5000')
  return connection
}

/** True when an error says that a unique constraint was violated. */
export const isUniqueViolation = (error: unknown): boolean =>
  error instanceof Database.SqliteError &&
  (error.code === 'SQLITE_CONSTRAINT_UNIQUE' || error.code === 'SQLITE_CONSTRAINT_PRIMARYKEY')

/** A connection that is used for nothing but its lock. */
export function openForLocking(path: string): Connection {
  const connection = new Database(path)
  connection.pragma('busy_timeout = 0')
  return connection
}
