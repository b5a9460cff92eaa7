/** Writes every table as lines of JSON, one row a line, and says what its columns are. */
import { createHash } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from '../db/driver.ts'
import { left_out_columns, left_out_tables } from './left-out.ts'
import { pause, rowsOf, tablesOf, type Column, type Row, type Table } from './store-file.ts'

/** A file that will be in the archive. */
export interface Written {
  /** In the archive. */
  path: string
  /** Where it lies until it is in it. */
  from: string
  size_bytes: number
  sha256: string
}

export interface WrittenTable {
  name: string
  about: string
  /** Absent for a table that is left out whole. */
  file: string | null
  left_out: string | null
  rows: number
  columns: { name: string; type: string; about: string; left_out: boolean }[]
}

/** Characters collected before they are written. */
const buffered = 256 * 1024

/** @returns what was written, and the description of each table, whether written or left out */
export async function writeTables(
  connection: Connection,
  folder: string,
  onTable: (name: string) => Promise<void>,
): Promise<{ files: Written[]; tables: WrittenTable[] }> {
  const files: Written[] = []
  const tables: WrittenTable[] = []
  for (const table of tablesOf(connection)) {
    await onTable(table.name)
    const left_out = left_out_tables[table.name] ?? null
    const path = `tables/${table.name}.ndjson`
    let rows = 0
    if (!left_out) {
      const from = join(folder, `${table.name}.ndjson`)
      const written = await writeTable(connection, table, from)
      rows = written.rows
      files.push({ path, from, size_bytes: written.size_bytes, sha256: written.sha256 })
    }
    tables.push({ ...describe(table), file: left_out ? null : path, left_out, rows })
  }
  return { files, tables }
}

const describe = ({ name, about, columns }: Table) => ({
  name,
  about,
  columns: columns.map((column) => ({
    name: column.name,
    type: column.type,
    about: column.about,
    left_out: isLeftOut(name, column),
  })),
})

const isLeftOut = (table: string, { name }: Pick<Column, 'name'>): boolean =>
  name in (left_out_columns[table] ?? {})

async function writeTable(connection: Connection, { name, columns }: Table, path: string) {
  const shown = columns.filter((column) => !isLeftOut(name, column)).map((column) => column.name)
  const out = new HashedFile(await open(path, 'wx', 0o600))
  let rows = 0
  try {
    for (const row of rowsOf(connection, name, shown)) {
      rows += 1
      if (await out.line(lineOf(row, shown))) await pause()
    }
    return { rows, ...(await out.end()) }
  } finally {
    await out.close()
  }
}

/** Bytes are hex; an integer too large for a double is text; all else is what it is. */
function lineOf(row: Row, columns: readonly string[]): string {
  const plain: Record<string, unknown> = {}
  for (const column of columns) {
    const value = row[column]
    if (typeof value === 'bigint') {
      const number = Number(value)
      plain[column] = Number.isSafeInteger(number) ? number : String(value)
    } else {
      plain[column] = value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
    }
  }
  return `${JSON.stringify(plain)}\n`
}

/** Writes text in large pieces and knows the hash of all of it. */
export class HashedFile {
  readonly #hash = createHash('sha256')
  #waiting = ''
  #size_bytes = 0

  constructor(private readonly file: FileHandle) {}

  /** @returns true when a piece went to the disk */
  async line(text: string): Promise<boolean> {
    this.#waiting += text
    if (this.#waiting.length < buffered) return false
    await this.#flush()
    return true
  }

  async end(): Promise<{ size_bytes: number; sha256: string }> {
    await this.#flush()
    return { size_bytes: this.#size_bytes, sha256: this.#hash.digest('hex') }
  }

  close(): Promise<void> {
    return this.file.close()
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.from(this.#waiting)
    this.#waiting = ''
    this.#hash.update(bytes)
    this.#size_bytes += bytes.length
    await this.file.write(bytes)
  }
}
