/** Plants a word in every field of a business, and looks for it in every file, packed or not. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import type { Connection } from '../../../db/driver.ts'

/** Letters and digits alone, so that it passes wherever a word does. */
export const canary = 'CanaryQx7Zp'

interface Column {
  name: string
  type: string
  pk: number
}

const tablesOf = (connection: Connection): string[] =>
  connection
    .prepare(
      `SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main'
       AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_%' ESCAPE '\\'`,
    )
    .pluck()
    .all() as string[]

const columnsOf = (connection: Connection, table: string): Column[] =>
  connection.prepare('SELECT name, type, pk FROM pragma_table_info(?)').all(table) as Column[]

/** No rule stands against it: a business may have become anything in ten years. */
function unruled(connection: Connection, work: () => void): void {
  const triggers = connection
    .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all() as { name: string; sql: string }[]
  connection.pragma('foreign_keys = OFF')
  connection.pragma('ignore_check_constraints = ON')
  for (const { name } of triggers) connection.exec(`DROP TRIGGER ${name}`)
  work()
  for (const { sql } of triggers) connection.exec(sql)
  connection.pragma('ignore_check_constraints = OFF')
  connection.pragma('foreign_keys = ON')
}

/** In every text of every table of a tenant's file; a table without rows gets one. */
export function plantEverywhere(connection: Connection): void {
  unruled(connection, () => {
    for (const table of tablesOf(connection)) {
      const columns = columnsOf(connection, table)
      const rows = connection.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
      if (rows === 0) insertOne(connection, table, columns)
      for (const { name, type } of columns) {
        if (type === 'TEXT') connection.exec(`UPDATE ${table} SET ${name} = ${planted(name)}`)
      }
    }
  })
}

/** Each one different: what has to be unique stays so. */
const planted = (name: string): string => `${name} || '${canary}' || hex(randomblob(8))`

function insertOne(connection: Connection, table: string, columns: readonly Column[]): void {
  const value = ({ type }: Column) => {
    if (type === 'INTEGER') return 1
    return type === 'BLOB' ? Buffer.from(canary) : canary
  }
  connection
    .prepare(
      `INSERT INTO ${table} (${columns.map(({ name }) => name).join()})
       VALUES (${columns.map(() => '?').join()})`,
    )
    .run(...columns.map(value))
}

/** What stays of a business by right; its words are its own test. */
const stays = [
  'ledger_heads',
  'tenant_usage',
  'tenant_usage_days',
  'erasures',
  'schedule_runs',
  'subscriptions',
]

/** In every text of the platform's rows that belong to the business. */
export function plantOnPlatform(connection: Connection, tenant_id: string): void {
  unruled(connection, () => {
    for (const table of tablesOf(connection)) {
      const columns = columnsOf(connection, table)
      if (!columns.some(({ name }) => name === 'tenant_id') || stays.includes(table)) continue
      const where = `WHERE tenant_id = '${tenant_id}'`
      const rows = connection.prepare(`SELECT count(*) FROM ${table} ${where}`).pluck().get()
      if (rows === 0) {
        insertOne(connection, table, columns)
        connection.exec(
          `UPDATE ${table} SET tenant_id = '${tenant_id}' WHERE tenant_id = '${canary}'`,
        )
      }
      for (const { name, type, pk } of columns) {
        if (type !== 'TEXT' || pk > 0 || name === 'tenant_id') continue
        connection.exec(`UPDATE ${table} SET ${name} = ${planted(name)} ${where}`)
      }
    }
    connection.exec(
      `UPDATE subscriptions SET reason = '${canary}', changed_by_name = '${canary}'
       WHERE tenant_id = '${tenant_id}'`,
    )
  })
}

/** Files below a folder that hold the word, in any case, as they are or unpacked. */
export async function holdersOf(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const name of readdirSync(folder, { recursive: true }) as string[]) {
    const path = join(folder, name)
    if (!statSync(path, { throwIfNoEntry: false })?.isFile()) continue
    if (name.toLowerCase().includes(canary.toLowerCase())) found.push(name)
    const bytes = readFileSync(path)
    const texts = [bytes, ...(name.endsWith('.zst') ? [zstdDecompressSync(bytes)] : [])]
    const holds = texts.some((text) =>
      text.toString('latin1').toLowerCase().includes(canary.toLowerCase()),
    )
    if (holds) found.push(name)
    await Bun.sleep(0)
  }
  return found
}
