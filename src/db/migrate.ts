/** Brings a file to the schema this executable speaks, step by step, each step whole or not at all. */
import { assert, Problem } from '../kit/problem.ts'
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
  if (missing.length === 0) return 0
  // A table that others refer to is rebuilt under another name: they are looked at afterwards.
  connection.pragma('foreign_keys = OFF')
  try {
    for (const step of missing) {
      connection.transaction(() => {
        connection.exec(step.sql)
        connection.pragma(`user_version = ${step.version}`)
        const broken = connection.pragma('foreign_key_check') as unknown[]
        assert(broken.length === 0, `migration ${step.version} leaves references to nothing`)
      })()
    }
  } finally {
    connection.pragma('foreign_keys = ON')
  }
  return missing.length
}
