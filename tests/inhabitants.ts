/** Who and what lives in a file, read from the tables themselves: a new table is there by itself. */
import { systemScope } from '../src/db/scope.ts'
import type { DatabaseFile } from '../src/db/file.ts'
import type { Read } from '../src/db/session.ts'

export const prefixOf = (id: string): string => id.slice(0, id.lastIndexOf('_'))

const scope = systemScope('inhabitants')

/** Tables with rows of an organization that have ids of their own. */
const tablesWithIds = (read: Read) =>
  read.all<{ name: string }>(
    `SELECT m.name FROM sqlite_schema m
     WHERE m.type = 'table'
       AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'id' AND c.type = 'TEXT')
       AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'organization_id')`,
  )

/** The first ids of every kind that an organization owns, by prefix. */
export function idsOf(
  file: DatabaseFile,
  organization_id: string,
  limit = 1,
): Map<string, string[]> {
  return file.read(scope, (read) => {
    const ids = new Map<string, string[]>()
    for (const { name } of tablesWithIds(read)) {
      const sql = `SELECT id FROM ${name} WHERE organization_id = ? ORDER BY id LIMIT ?`
      for (const { id } of read.all<{ id: string }>(sql, organization_id, limit)) {
        ids.set(prefixOf(id), [...(ids.get(prefixOf(id)) ?? []), id])
      }
    }
    return ids
  })
}

/** A fingerprint of all rows that an organization owns, to see that nobody touched them. */
export function fingerprint(file: DatabaseFile, organization_id: string): string {
  return file.read(scope, (read) => {
    const tables = read.all<{ name: string }>(
      `SELECT m.name FROM sqlite_schema m WHERE m.type = 'table'
         AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'organization_id')
       ORDER BY m.name`,
    )
    const hasher = new Bun.CryptoHasher('sha256')
    for (const { name } of tables) {
      const rows = read.all(`SELECT * FROM ${name} WHERE organization_id = ?`, organization_id)
      hasher.update(name + JSON.stringify(rows.map((row) => JSON.stringify(row)).sort()))
    }
    return hasher.digest('hex')
  })
}
