/** Looks into a file that nobody uses: is it sound, what is in it, and a copy of one that is used. */
import { openConnection, openReadOnly, type Connection } from '../db/driver.ts'
import { latestVersion, schemaVersion, type FileKind } from '../db/migrate.ts'

export interface Inspection {
  /** The version of its last migration. */
  schema_version: number
  /** Rows of each table. */
  counts: Record<string, number>
}

/**
 * Opens the file and checks every page and reference.
 * @throws when it is damaged, or was written by a newer release
 */
export function inspect(path: string, kind: FileKind): Inspection {
  const connection = openConnection(path)
  try {
    const findings = connection.pragma('integrity_check') as { integrity_check: string }[]
    if (findings[0]?.integrity_check !== 'ok') {
      throw new Error(`The file is damaged: ${findings[0]?.integrity_check}`)
    }
    const orphans = connection.pragma('foreign_key_check') as { table: string }[]
    if (orphans.length > 0) {
      throw new Error(`${orphans.length} rows refer to nothing, the first in ${orphans[0]?.table}`)
    }
    const schema_version = schemaVersion(connection)
    if (schema_version > latestVersion(kind)) {
      throw new Error(`Its schema ${schema_version} is newer than this release.`)
    }
    return { schema_version, counts: countRows(connection) }
  } finally {
    connection.close()
  }
}

/** Litestream keeps two tables of its own in every file; they are nobody's data. */
const tables = `SELECT name FROM sqlite_schema WHERE type = 'table'
  AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 11) <> '_litestream' ORDER BY name`

function countRows(connection: Connection): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of connection.prepare(tables).pluck().all() as string[]) {
    counts[name] = connection.prepare(`SELECT count(*) FROM "${name}"`).pluck().get() as number
  }
  return counts
}

/**
 * A copy of one moment of a file in use, made in steps so that others go on. The open transaction
 * holds the moment: without it every write of somebody else would start the copy again.
 */
export async function copyConsistently(from: string, to: string): Promise<void> {
  const connection = openReadOnly(from)
  try {
    connection.exec('BEGIN')
    connection.prepare('SELECT count(*) FROM sqlite_schema').get()
    await connection.backup(to, { progress: () => 256 })
    connection.exec('COMMIT')
  } finally {
    connection.close()
  }
}

/** Writes what is still in the log into the file itself, so that the file alone is everything. */
export function foldLog(path: string): void {
  const connection = openConnection(path)
  connection.pragma('wal_checkpoint(TRUNCATE)')
  connection.close()
}
