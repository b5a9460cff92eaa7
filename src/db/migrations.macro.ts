/** Runs while bundling: reads the migration files so that the executable carries them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Migration {
  version: number
  name: string
  sql: string
}

export function readMigrations(kind: 'platform' | 'tenant'): Migration[] {
  const folder = join(import.meta.dir, '../../migrations', kind)
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({
      version: Number(name.slice(0, 4)),
      name: name.slice(5, -4),
      sql: readFileSync(join(folder, name), 'utf8'),
    }))
}
