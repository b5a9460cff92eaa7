/**
 * A file's copies are kept in generations. A restore starts a new one, so that the history before
 * it stays readable and the daemon never finds a copy that contradicts the file.
 *
 * The number and the start are in the folder's name at the target: when the data folder is lost,
 * listing the target is enough to find the newest. Beside each file lies a note of the generation
 * it is written to, and a mark while the replica is known to hold all of it.
 */
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { RemoteFolder } from './remote.ts'
import type { Subject } from './settings.ts'

export interface Generation {
  number: number
  started_at_ms: number
  /** `000002-20261121T093000Z`: sorts by number. */
  name: string
}

export function newGeneration(number: number, now_ms: number): Generation {
  const started_at_ms = Math.floor(now_ms / 1_000) * 1_000
  const start = new Date(started_at_ms).toISOString().replace(/[-:]|\.000/g, '')
  return { number, started_at_ms, name: `${String(number).padStart(6, '0')}-${start}` }
}

export function parseGeneration(name: string): Generation | undefined {
  const match = /^(\d{6})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(name)
  if (!match) return undefined
  const [, number, year, month, day, hour, minute, second] = match
  const started_at_ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  return Number.isNaN(started_at_ms) ? undefined : { number: Number(number), started_at_ms, name }
}

/** Oldest first. */
export async function listGenerations(
  remote: RemoteFolder,
  subject: Subject,
): Promise<Generation[]> {
  const names = await remote.folders(subject)
  return names.flatMap((name) => parseGeneration(name) ?? [])
}

/** One that nobody has written to: a folder found without a note never continues another's. */
export async function nextGeneration(
  remote: RemoteFolder,
  subject: Subject,
  now_ms: number,
): Promise<Generation> {
  const newest = (await listGenerations(remote, subject)).at(-1)
  return newGeneration((newest?.number ?? 0) + 1, now_ms)
}

/** Where Litestream keeps what it copied last of a file: earlier pages of it among them. */
export const litestreamFolder = (database_path: string): string =>
  join(dirname(database_path), `.${basename(database_path)}-litestream`)

const beside = (database_path: string, suffix: string): string =>
  database_path.replace(/\.db$/, '') + suffix

/** The generation this file is written to at this target; undefined when it was never replicated there. */
export function readNote(database_path: string, target_id: string): string | undefined {
  const path = beside(database_path, '.replica.json')
  if (!existsSync(path)) return undefined
  const note = JSON.parse(readFileSync(path, 'utf8')) as { target: string; generation: string }
  return note.target === target_id ? note.generation : undefined
}

export function writeNote(database_path: string, target_id: string, generation: Generation): void {
  const path = beside(database_path, '.replica.json')
  writeFileSync(
    `${path}.making`,
    JSON.stringify({ target: target_id, generation: generation.name }),
  )
  renameSync(`${path}.making`, path)
}

export const removeNote = (database_path: string): void =>
  rmSync(beside(database_path, '.replica.json'), { force: true })

/** True when the file was closed, everything in it had reached this target, and nobody wrote since. */
export function isMarkedReplicated(database_path: string, target_id: string): boolean {
  const path = beside(database_path, '.replicated')
  if (!existsSync(path) || !existsSync(database_path)) return false
  return readFileSync(path, 'utf8') === markOf(database_path, target_id)
}

export const markReplicated = (database_path: string, target_id: string): void =>
  writeFileSync(beside(database_path, '.replicated'), markOf(database_path, target_id))

/** Taken away before the first write: the writer's own sync of the folder makes that durable. */
export const unmarkReplicated = (database_path: string): void =>
  rmSync(beside(database_path, '.replicated'), { force: true })

/**
 * Sizes and times tell of writes by somebody who does not know about marks: a command, an editor.
 * Every write goes to the log first; the file itself may still be touched when Litestream, a moment
 * after it let go, folds the log into it.
 */
function markOf(database_path: string, target_id: string): string {
  const log = statSync(`${database_path}-wal`, { throwIfNoEntry: false })
  if (log) return `${target_id} log ${log.size} ${log.mtimeMs}`
  const file = statSync(database_path)
  return `${target_id} file ${file.size} ${file.mtimeMs}`
}
