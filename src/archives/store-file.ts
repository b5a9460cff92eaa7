/** A whole file, table by table, as its own schema describes it: read, and written anew elsewhere. */
import { open } from 'node:fs/promises'
import { openConnection, openReadOnly, type Connection } from '../db/driver.ts'

export type Value = string | number | bigint | Uint8Array | null
export type Row = Record<string, Value>

export interface Column {
  name: string
  /** `TEXT`, `INTEGER`, `BLOB`. */
  type: string
  not_null: boolean
  /** Computed by the database from other columns. */
  generated: boolean
  /** What the schema says about it. */
  about: string
}

export interface Table {
  name: string
  /** What the schema says about it. */
  about: string
  columns: Column[]
}

/** SQLite's own tables, and those of the program that copies continuously, are nobody's data. */
const listed = `SELECT name, sql FROM sqlite_schema WHERE type = 'table'
  AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 11) <> '_litestream' ORDER BY name`

/** All tables of a file, from the file itself: one that is added later is among them. */
export function tablesOf(connection: Connection): Table[] {
  const rows = connection.prepare(listed).all() as { name: string; sql: string }[]
  return rows.map(({ name, sql }) => ({
    name,
    about: aboutTable(sql),
    columns: columnsOf(connection, name, sql),
  }))
}

interface ColumnInfo {
  name: string
  type: string
  notnull: number
  hidden: number
}

/** `hidden` is 2 or 3 for a column that is computed. */
function columnsOf(connection: Connection, table: string, sql: string): Column[] {
  const infos = connection.pragma(`table_xinfo("${table}")`) as ColumnInfo[]
  return infos.map(({ name, type, notnull, hidden }) => ({
    name,
    type,
    not_null: notnull === 1,
    generated: hidden > 1,
    about: aboutColumn(sql, name),
  }))
}

/** The comment lines above a column, or above the first of them, as they stand in the schema. */
function aboutColumn(sql: string, column: string): string {
  const lines = sql.split('\n')
  const at = lines.findIndex((line) => line.trim().startsWith(`${column} `))
  return at < 0 ? '' : commentAbove(lines, at)
}

const aboutTable = (sql: string): string => {
  const first = sql.split('\n').findIndex((line) => line.includes('CREATE TABLE'))
  return first < 0 ? '' : commentAbove(sql.split('\n'), first)
}

function commentAbove(lines: readonly string[], at: number): string {
  const words: string[] = []
  for (let line = at - 1; line >= 0 && lines[line]!.trim().startsWith('--'); line -= 1) {
    words.unshift(lines[line]!.trim().replace(/^--\s*/, ''))
  }
  return words.join(' ')
}

/** The whole schema as it was written, with its comments. */
export const schemaText = (connection: Connection): string =>
  (connection.prepare(everything).all() as { sql: string }[]).map(({ sql }) => `${sql};\n`).join('')

const everything = `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL
  AND substr(tbl_name, 1, 7) <> 'sqlite_' AND substr(tbl_name, 1, 11) <> '_litestream'
  ORDER BY type = 'trigger', type = 'index', rowid`

/** Expressions of SQL that are read instead of a column, by its name. */
export type Instead = Readonly<Record<string, string>>

/** All rows of a table, one at a time, integers exact. Only for a file that nobody else uses. */
export const rowsOf = (
  connection: Connection,
  table: string,
  columns: readonly string[],
  instead: Instead = {},
): IterableIterator<Row> => {
  const read = columns.map((name) =>
    instead[name] ? `${instead[name]} AS "${name}"` : `"${name}"`,
  )
  return connection
    .prepare(`SELECT ${read.join(', ')} FROM "${table}"`)
    .safeIntegers()
    .iterate() as IterableIterator<Row>
}

/** Objects that are archives themselves: an archive does not hold the ones before it. */
export const archiveObjectKeys = (connection: Connection, kind: string): string[] =>
  connection
    .prepare(
      `SELECT a.object_key FROM job_artifacts a JOIN jobs j ON j.id = a.job_id WHERE j.kind = ?`,
    )
    .pluck()
    .all(kind) as string[]

export interface Heads {
  postings: number
  posting_head: string
  audit_entries: number
  audit_head: string
}

const nothing_yet = '0'.repeat(64)

/** Where the two chains stand, in hex. */
export function headsOf(connection: Connection): Heads {
  const head = (table: string) =>
    connection
      .prepare(`SELECT seq, lower(hex(hash)) AS hash FROM ${table} ORDER BY seq DESC LIMIT 1`)
      .get() as { seq: number; hash: string } | undefined
  const [postings, audit] = [head('stock_postings'), head('audit_entries')]
  return {
    postings: postings?.seq ?? 0,
    posting_head: postings?.hash ?? nothing_yet,
    audit_entries: audit?.seq ?? 0,
    audit_head: audit?.hash ?? nothing_yet,
  }
}

/** How a file that is written anew differs from the one it is made of. */
export interface Rewriting {
  /** Tables that stay empty. */
  without: Readonly<Record<string, unknown>>
  /** By table: what stands instead of a column. */
  instead: Readonly<Record<string, Instead>>
  /** What becomes of a row on the way; as it is unless told. */
  change?: (table: string, row: Row) => Row
  /** Runs when all rows are there and no trigger is. */
  finish?: (target: Connection) => Promise<void>
}

/** Rows between two pauses: a few milliseconds of work. */
const slice = 500

export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/**
 * Writes a file anew, row by row, so that nothing of what is left behind remains in it: not in
 * freed pages, not in the gaps between rows. Requests go on in between. Indexes are made first and
 * triggers last: what was once decided is not decided again. Both files are the caller's alone.
 */
export async function rewriteFile(from: string, to: string, rewriting: Rewriting): Promise<void> {
  const source = openReadOnly(from)
  const target = openConnection(to)
  try {
    target.pragma('journal_mode = OFF')
    target.pragma('synchronous = OFF')
    target.pragma('foreign_keys = OFF')
    target.pragma('cache_size = -65536')
    target.pragma(`user_version = ${source.pragma('user_version', { simple: true }) as number}`)
    for (const type of ['table', 'index', 'view']) makeAll(source, target, type)
    for (const table of tablesOf(source)) {
      if (!(table.name in rewriting.without)) await fill(source, target, table, rewriting)
    }
    await rewriting.finish?.(target)
    makeAll(source, target, 'trigger')
  } finally {
    source.close()
    target.close()
  }
  const file = await open(to, 'r+')
  await file.sync().finally(() => file.close())
}

function makeAll(source: Connection, target: Connection, type: string): void {
  const made = source
    .prepare(
      `SELECT sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL
         AND substr(tbl_name, 1, 7) <> 'sqlite_' AND substr(tbl_name, 1, 11) <> '_litestream'
       ORDER BY rowid`,
    )
    .pluck()
    .all(type) as string[]
  for (const sql of made) target.exec(sql)
}

async function fill(
  source: Connection,
  target: Connection,
  { name, columns }: Table,
  { instead, change = (_, row) => row }: Rewriting,
): Promise<void> {
  const stored = columns.filter(({ generated }) => !generated).map((column) => column.name)
  const insert = target.prepare(
    `INSERT INTO "${name}" (${stored.map((column) => `"${column}"`).join(', ')})
     VALUES (${stored.map(() => '?').join(', ')})`,
  )
  let waiting = 0
  target.exec('BEGIN')
  for (const row of rowsOf(source, name, stored, instead[name])) {
    const changed = change(name, row)
    insert.run(...stored.map((column) => changed[column]))
    if ((waiting += 1) < slice) continue
    waiting = 0
    target.exec('COMMIT')
    await pause()
    target.exec('BEGIN')
  }
  target.exec('COMMIT')
}
