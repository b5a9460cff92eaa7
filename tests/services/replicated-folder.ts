/** A data folder with small tenants whose content is known in advance, copied by a real Litestream. */
import { existsSync, readdirSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { openReadOnly } from '../../src/db/driver.ts'
import { DataFolder, type DataFolderOptions } from '../../src/db/data-folder.ts'
import { systemScope } from '../../src/db/scope.ts'
import { sha256Hex } from '../../src/kit/secrets.ts'
import type { Alert } from '../../src/replication/follow.ts'
import { Replication, type ReplicationOptions } from '../../src/replication/replication.ts'
import type { ReplicaTarget } from '../../src/replication/settings.ts'

const scope = systemScope('replication test')

/** Note `number` of a tenant: always the same text, so that any prefix can be checked. */
export const noteText = (tenant_id: string, number: number): string => {
  const digest = sha256Hex(`${tenant_id} ${number}`)
  return digest.repeat(1 + (Number.parseInt(digest.slice(0, 2), 16) % 24))
}

export interface ReplicatedFolder {
  folder: DataFolder
  replication: Replication
  alerts: Alert[]
  log: string[]
  createTenant(tenant_id: string): Promise<void>
  /** Appends the next notes; resolves with how many there are. */
  write(tenant_id: string, notes?: number): Promise<number>
  count(tenant_id: string): number
  close(): Promise<void>
}

export async function openReplicated(
  path: string,
  target: ReplicaTarget,
  binary: string,
  more: Partial<ReplicationOptions> & Pick<DataFolderOptions, 'open_files' | 'onWait'> = {},
): Promise<ReplicatedFolder> {
  const { open_files, onWait, ...options } = more
  const folder = await DataFolder.open(path, {
    ...(open_files === undefined ? {} : { open_files }),
    ...(onWait === undefined ? {} : { onWait }),
  })
  const alerts: Alert[] = []
  const log: string[] = []
  const replication = await Replication.start({
    folder,
    target,
    binary,
    mode: { kind: 'supervised' },
    log: (level, message, facts) => log.push(`${level} ${message} ${JSON.stringify(facts)}`),
    onAlert: (alert) => alerts.push(alert),
    tend_every_ms: 200,
    ...options,
  })
  return {
    folder,
    replication,
    alerts,
    log,
    createTenant: (tenant_id) =>
      folder.tenants.create(tenant_id, (file) => {
        file.connection.exec(
          'CREATE TABLE notes (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
        )
        return Promise.resolve()
      }),
    write: (tenant_id, notes = 1) =>
      folder.tenants.at(tenant_id).write(scope, (tx) => {
        const { count } = tx.get<{ count: number }>('SELECT count(*) AS count FROM notes')!
        for (let number = count + 1; number <= count + notes; number++) {
          tx.run('INSERT INTO notes VALUES (?, ?)', number, noteText(tenant_id, number))
        }
        return count + notes
      }),
    count: (tenant_id) =>
      folder.tenants
        .at(tenant_id)
        .read(scope, (read) => read.get<{ n: number }>('SELECT count(*) AS n FROM notes')!.n),
    async close() {
      await replication.stop()
      await folder.close()
    },
  }
}

/** Waits for something that another process does; fails loudly when it never happens. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 1_500; attempt++) {
    if (await holds()) return
    await Bun.sleep(20)
  }
  throw new Error(`waited in vain until ${what}`)
}

const tables = `SELECT name FROM sqlite_schema WHERE type = 'table'
  AND substr(name, 1, 7) <> 'sqlite_' AND substr(name, 1, 11) <> '_litestream' ORDER BY name`

/** Every row of every table that is ours, in an order that does not depend on the file. */
export function contentHash(path: string): string {
  const connection = openReadOnly(path)
  try {
    const hash = createHash('sha256')
    for (const name of connection.prepare(tables).pluck().all() as string[]) {
      const rows = connection.prepare(`SELECT * FROM "${name}"`).raw().all()
      const texts = rows.map((row) => JSON.stringify(row)).sort()
      hash.update(`${name} ${texts.length}\n${texts.join('\n')}\n`)
    }
    return hash.digest('hex')
  } finally {
    connection.close()
  }
}

/** How many notes a file has; throws when they are not exactly the first ones of this tenant. */
export function countedNotes(path: string, tenant_id: string): number {
  const connection = openReadOnly(path)
  try {
    const rows = connection.prepare('SELECT number, text FROM notes ORDER BY number').raw().all()
    rows.forEach((row, index) => {
      const [number, text] = row as [number, string]
      if (number !== index + 1 || text !== noteText(tenant_id, number)) {
        throw new Error(`note ${index + 1} of ${tenant_id} is not what was written`)
      }
    })
    return rows.length
  } finally {
    connection.close()
  }
}

export const filesBelow = (path: string): string[] =>
  existsSync(path) ? (readdirSync(path, { recursive: true }) as string[]) : []
