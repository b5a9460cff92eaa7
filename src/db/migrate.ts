/** Brings a file to the schema this executable speaks, step by step, each step whole or not at all. */
import { Problem } from '../kit/problem.ts'
import type { Connection } from './driver.ts'
import type { Migration } from './migrations.macro.ts'
import { readMigrations } from './migrations.macro.ts' with { type: 'macro' }

export type FileKind = 'platform' | 'tenant'

export const migrations: Record<FileKind, Migration[]> = {
  platform: readMigrations('platform'),
  tenant: readMigrations('tenant'),
}

export const latestVersion = (kind: FileKind): number => migrations[kind].at(-1)?.version ?? 0

export const schemaVersion = (connection: Connection): number =>
  connection.pragma('user_version', { simple: true }) as number

/**
 * Applies what is missing and returns how many steps ran.
 * @throws Problem `unavailable` when the file was written by a newer release
 */
export function migrate(connection: Connection, kind: FileKind): number {
  const current = schemaVersion(connection)
  if (current > latestVersion(kind)) {
    throw new Problem(
      'unavailable',
      `The data has schema ${current}, this release knows ${latestVersion(kind)}: start a newer one.`,
    )
  }
  const missing = migrations[kind].filter((step) => step.version > current)
  for (const step of missing) {
    connection.transaction(() => {
      connection.exec(step.sql)
      connection.pragma(`user_version = ${step.version}`)
    })()
  }
  return missing.length
}
