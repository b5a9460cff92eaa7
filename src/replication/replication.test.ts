/** Follows files with the real Litestream while they open, close, and either process is killed. */
import { afterEach, beforeEach, describe, expect, test, setDefaultTimeout } from 'bun:test'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../tests/services/find-program.ts'
import {
  countedNotes,
  noteText,
  openReplicated,
  until,
} from '../../tests/services/replicated-folder.ts'
import type { ReplicatedFolder } from '../../tests/services/replicated-folder.ts'
import { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { openRemote } from './remote.ts'
import { databasePath } from './restore-all.ts'
import { restoreToFile } from './restore.ts'
import { litestreamConfiguration, tenantSubject, type FolderTarget } from './settings.ts'

// Other processes take part: on a busy machine they take their time.
setDefaultTimeout(30_000)

const binary = findProgram('litestream')
let scratch: string
let target: FolderTarget
let open: ReplicatedFolder[]

beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'stowage-replication-'))
  target = { kind: 'folder', path: join(scratch, 'replica') }
  open = []
})
afterEach(async () => {
  for (const one of open) await one.close()
  rmSync(scratch, { recursive: true, force: true })
})

async function start(
  more: Parameters<typeof openReplicated>[3] = {},
  name = 'data',
): Promise<ReplicatedFolder> {
  const replicated = await openReplicated(join(scratch, name), target, binary!, more)
  open.push(replicated)
  return replicated
}

/** What a restore from the target would give now. */
async function notesAtTarget(tenant_id: string): Promise<number> {
  const path = join(scratch, 'looked-at.db')
  await restoreToFile({
    binary: binary!,
    target,
    remote: openRemote(target),
    subject: tenantSubject(tenant_id),
    kind: 'tenant',
    path,
    prove: () => {},
  })
  return countedNotes(path, tenant_id)
}

describe.skipIf(!binary)('following files', () => {
  test('what is written to an open tenant reaches the target, and the status says so', async () => {
    const shop = await start()
    await shop.createTenant('ten_open')
    await shop.write('ten_open', 5)
    await until('it answers', () => shop.replication.status().daemon.answers)
    await shop.replication.sync('ten_open')
    expect(await notesAtTarget('ten_open')).toBe(5)
    const status = shop.replication.statusOf('ten_open')
    expect(status).toMatchObject({ state: 'copying', lag_ms: 0, error: null })
    expect(status.generation).toStartWith('000001-')
    expect(status.last_sync_at).not.toBeNull()
    const all = shop.replication.status()
    expect(all).toMatchObject({ mode: 'supervised', restarts: 0, daemon: { version: 'v0.5.17' } })
    expect(all.tenants.map((tenant) => tenant.tenant_id)).toEqual(['ten_open'])
    expect(JSON.stringify(all)).not.toContain('secret')
  })

  test('while it is followed, SQLite leaves checkpoints to Litestream', async () => {
    const shop = await start()
    await shop.createTenant('ten_pages')
    const { connection } = shop.folder.tenants.open('ten_pages')
    expect(connection.pragma('wal_autocheckpoint', { simple: true })).toBe(0)
    const { platform } = shop.folder
    expect(platform.connection.pragma('wal_autocheckpoint', { simple: true })).toBe(0)
  })

  test('files closed to make room are copied whole, and let go', async () => {
    const shop = await start({ open_files: 2 })
    const tenants = Array.from({ length: 8 }, (_, index) => `ten_${index}`)
    for (const tenant_id of tenants) await shop.createTenant(tenant_id)
    for (let round = 0; round < 3; round++) {
      for (const tenant_id of tenants) await shop.write(tenant_id, 3)
    }
    expect(shop.folder.tenants.open_count).toBe(2)
    await until('the closed ones are complete', () =>
      tenants.slice(0, 6).every((id) => shop.replication.statusOf(id).state === 'complete'),
    )
    for (const tenant_id of tenants.slice(0, 6)) expect(await notesAtTarget(tenant_id)).toBe(9)
    expect(shop.replication.status().daemon.answers).toBe(true)
  })

  test('after Litestream was killed, it is started again and gets every open file', async () => {
    const shop = await start()
    for (const id of ['ten_a', 'ten_b']) await shop.createTenant(id)
    await shop.write('ten_a', 2)
    await shop.write('ten_b', 2)
    await until('it answers', () => shop.replication.status().daemon.answers)
    await shop.replication.syncAll()
    const killed = shop.replication.daemon_pid!
    process.kill(killed, 'SIGKILL')
    await until('its end was noticed', () => !shop.replication.status().daemon.answers)
    await shop.write('ten_a', 3)
    await expect(shop.replication.sync('ten_a')).rejects.toMatchObject({ code: 'unavailable' })
    await shop.folder.tenants.close('ten_b')
    await until('another one answers', () => shop.replication.status().daemon.answers)
    expect(shop.replication.daemon_pid).not.toBe(killed)
    expect(shop.replication.status().restarts).toBe(1)
    await shop.write('ten_a', 1)
    await shop.replication.syncAll()
    expect(await notesAtTarget('ten_a')).toBe(6)
    expect(await notesAtTarget('ten_b')).toBe(2)
    expect(shop.alerts.map((alert) => alert.code)).toEqual(['replicator_down', 'replicator_back'])
  })

  test('what was closed while Litestream was away is copied when it comes', async () => {
    const socket_path = join(scratch, 'away.sock')
    const shop = await start({ mode: { kind: 'external', socket_path } })
    await shop.createTenant('ten_away')
    await shop.write('ten_away', 4)
    await shop.folder.tenants.close('ten_away')
    expect(shop.replication.statusOf('ten_away').state).toBe('waiting')
    const service = runService(socket_path)
    try {
      await until('it is copied', () => shop.replication.statusOf('ten_away').state === 'complete')
      expect(await notesAtTarget('ten_away')).toBe(4)
    } finally {
      await service.end()
    }
  })

  test('a log that grows while nobody copies it is checkpointed by us, until Litestream is back', async () => {
    const socket_path = join(scratch, 'growing.sock')
    const limits = { wal_limit_bytes: 100_000, tend_every_ms: 50 }
    const shop = await start({ mode: { kind: 'external', socket_path }, ...limits })
    await shop.createTenant('ten_growing')
    const pages = () =>
      shop.folder.tenants
        .open('ten_growing')
        .connection.pragma('wal_autocheckpoint', { simple: true })
    await shop.write('ten_growing', 300)
    const raised = () =>
      shop.alerts.filter((alert) => alert.subject === 'tenants/ten_growing').map(({ code }) => code)
    await until('the alert was raised', () => raised().length > 0)
    await shop.write('ten_growing', 10)
    expect(raised()).toEqual(['wal_growing'])
    expect(pages()).toBeGreaterThan(0)
    const service = runService(socket_path)
    try {
      await until('it has the file', () => pages() === 0)
      await shop.replication.sync('ten_growing')
      expect(await notesAtTarget('ten_growing')).toBe(310)
    } finally {
      await service.end()
    }
  })

  test('a stop copies the end of every file and ends Litestream', async () => {
    const shop = await start()
    await shop.createTenant('ten_stop')
    await until('it answers', () => shop.replication.status().daemon.answers)
    const pid = shop.replication.daemon_pid!
    await shop.write('ten_stop', 7)
    open = []
    await shop.close()
    expect(existsSync(`/proc/${pid}`)).toBe(false)
    expect(await notesAtTarget('ten_stop')).toBe(7)
    const again = await start()
    expect(again.replication.statusOf('ten_stop')).toMatchObject({ state: 'complete', lag_ms: 0 })
    await again.write('ten_stop')
    await until('it answers', () => again.replication.status().daemon.answers)
    await again.replication.sync('ten_stop')
    expect(again.replication.statusOf('ten_stop').generation).toStartWith('000001-')
    expect(await notesAtTarget('ten_stop')).toBe(8)
  })

  test('tenants that were never copied are found when replication begins', async () => {
    const socket_path = join(scratch, 'nobody.sock')
    const before = await start({ mode: { kind: 'external', socket_path } })
    await before.createTenant('ten_old')
    await before.write('ten_old', 2)
    open = []
    await before.close()
    const shop = await start()
    await until('it was copied', () => shop.replication.statusOf('ten_old').state === 'complete')
    expect(shop.folder.tenants.open_count).toBe(0)
    expect(await notesAtTarget('ten_old')).toBe(2)
  })

  test('what was written while replication was off is found when it is on again', async () => {
    const shop = await start()
    await shop.createTenant('ten_off')
    await shop.write('ten_off', 2)
    await until('it answers', () => shop.replication.status().daemon.answers)
    open = []
    await shop.close()
    const folder = await DataFolder.open(join(scratch, 'data'))
    await folder.tenants
      .at('ten_off')
      .write(systemScope('test'), (tx) =>
        tx.run('INSERT INTO notes VALUES (3, ?)', noteText('ten_off', 3)),
      )
    await folder.close()
    const again = await start()
    expect(again.replication.statusOf('ten_off').state).toBe('waiting')
    await until('it was copied', () => again.replication.statusOf('ten_off').state === 'complete')
    expect(await notesAtTarget('ten_off')).toBe(3)
  })

  test('when we are killed, Litestream copies the end and ends too', async () => {
    const data_folder = join(scratch, 'killed')
    const script = join(import.meta.dir, '../../tests/campaigns/replication-writer.ts')
    const input = { data_folder, target, binary, tenants: ['ten_killed'], seed: 1 }
    const child = Bun.spawn([process.execPath, script, JSON.stringify(input)], { stdin: 'pipe' })
    const note = join(data_folder, 'run', 'litestream.pid')
    const reader = child.stdout.getReader()
    let said = ''
    while (!said.includes('"synced"')) said += Buffer.from((await reader.read()).value!).toString()
    const commandLine = `/proc/${readFileSync(note, 'utf8')}/cmdline`
    expect(readFileSync(commandLine, 'utf8')).toContain('litestream.yml')
    child.kill('SIGKILL')
    await child.exited
    await until('it is gone', () => !existsSync(commandLine) || !readFileSync(commandLine, 'utf8'))
    const written = countedNotes(databasePath(data_folder, 'tenants/ten_killed'), 'ten_killed')
    expect(await notesAtTarget('ten_killed')).toBe(written)
  })

  test('the configuration can be read by nobody else and names no secret', async () => {
    const shop = await start()
    await until('it answers', () => shop.replication.status().daemon.answers)
    const path = join(shop.folder.path, 'run', 'litestream.yml')
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const socket = join(shop.folder.path, 'run', 'litestream.sock')
    expect(statSync(socket).mode & 0o777).toBe(0o600)
  })
})

describe.skipIf(!binary)('a Litestream that runs as its own service', () => {
  test('gets every open file again after it was restarted', async () => {
    const socket_path = join(scratch, 'service.sock')
    let service = runService(socket_path)
    const shop = await start({ mode: { kind: 'external', socket_path } })
    await shop.createTenant('ten_service')
    await shop.write('ten_service', 2)
    await until('it answers', () => shop.replication.status().daemon.answers)
    await shop.replication.sync('ten_service')
    await service.kill()
    await shop.write('ten_service', 2)
    service = runService(socket_path)
    const first = shop.replication.status().daemon.pid
    await until('the new one is known', () => shop.replication.status().daemon.pid !== first)
    await until('it answers', () => shop.replication.status().daemon.answers)
    await shop.replication.sync('ten_service')
    expect(await notesAtTarget('ten_service')).toBe(4)
    expect(shop.replication.daemon_pid).toBeUndefined()
    open = []
    await shop.close()
    expect(existsSync(`/proc/${service.pid}`)).toBe(true)
    await service.end()
  })
})

interface Service {
  pid: number
  kill(): Promise<void>
  end(): Promise<void>
}

/** Litestream as an administrator would run it: our configuration, somebody else's process. */
function runService(socket_path: string): Service {
  const configuration = `${socket_path}.yml`
  writeFileSync(configuration, litestreamConfiguration(socket_path))
  const child = Bun.spawn([binary!, 'replicate', '-config', configuration, '-no-expand-env'], {
    stdout: 'ignore',
    stderr: 'ignore',
  })
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await child.exited
  }
  return { pid: child.pid, kill: () => stop('SIGKILL'), end: () => stop('SIGTERM') }
}
