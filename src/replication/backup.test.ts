/** The independent backup: made while others write, verified, pruned, and restored from. */
import { afterEach, beforeEach, describe, expect, test, setDefaultTimeout } from 'bun:test'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../tests/services/find-program.ts'
import { startMinio } from '../../tests/services/minio-server.ts'
import {
  contentHash,
  countedNotes,
  openReplicated,
} from '../../tests/services/replicated-folder.ts'
import { filesBelow, noteText, until } from '../../tests/services/replicated-folder.ts'
import { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { ManualClock } from '../kit/clock.ts'
import { backupPath, listBackups, makeBackup, manifestPath, pruneBackups } from './backup.ts'
import { databasePath } from './restore-all.ts'
import { restoreFromBackup, restoreTenantFromBackup, verifyBackup } from './restore-backup.ts'
import type { Prove } from './restore.ts'
import type { ReplicaTarget } from './settings.ts'

// Other processes take part: on a busy machine they take their time.
setDefaultTimeout(30_000)

const scope = systemScope('test')
const clock = new ManualClock(0)
let scratch: string
let target: ReplicaTarget
let folder: DataFolder

beforeEach(async () => {
  clock.set('2026-11-21T02:00:00Z')
  scratch = mkdtempSync(join(tmpdir(), 'stowage-backup-'))
  target = { kind: 'folder', path: join(scratch, 'shelf') }
  folder = await DataFolder.open(join(scratch, 'data'), { clock })
  for (const tenant_id of ['ten_a', 'ten_b']) {
    await folder.tenants.create(tenant_id, (file) => {
      file.connection.exec(
        'CREATE TABLE notes (number INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT',
      )
      return Promise.resolve()
    })
  }
})
afterEach(async () => {
  await folder.close()
  rmSync(scratch, { recursive: true, force: true })
})

const write = (tenant_id: string, number: number): Promise<number> =>
  folder.tenants
    .at(tenant_id)
    .write(scope, (tx) =>
      tx.run('INSERT INTO notes VALUES (?, ?)', number, noteText(tenant_id, number)),
    )

const prove: Prove = (path, subject) => {
  if (subject !== 'platform') countedNotes(path, subject.slice('tenants/'.length))
}

const backUp = (data_folder = folder.path) => makeBackup({ data_folder, clock, target, prove })

test('copies every file at one moment while it is written, and lists what it holds', async () => {
  for (let number = 1; number <= 50; number++) await write('ten_a', number)
  await write('ten_b', 1)
  let writing = true
  const writer = (async () => {
    for (let number = 51; writing && number < 5_000; number++) await write('ten_a', number)
  })()
  const manifest = await backUp()
  writing = false
  await writer
  expect(manifest).toMatchObject({ format: 1, id: '20261121T020000Z', failed: [] })
  expect(manifest.files.map((file) => file.subject)).toEqual([
    'platform',
    'tenants/ten_a',
    'tenants/ten_b',
  ])
  const [, a, b] = manifest.files
  expect(a!.counts.notes).toBeGreaterThanOrEqual(50)
  expect(b!.counts.notes).toBe(1)
  expect(b!.schema_version).toBeGreaterThan(0)
  expect(b!.compressed_bytes).toBeLessThan(b!.size_bytes)
  expect(await listBackups(target)).toEqual([manifest])
  const { id } = manifest
  const verified = await verifyBackup({ target, id, scratch_folder: join(scratch, 'v'), prove })
  expect(verified.failed).toEqual([])
  expect(verified.verified).toHaveLength(3)
  expect(filesBelow(join(folder.path, 'run'))).toEqual([])
})

test('a byte that changed on the shelf is found', async () => {
  await write('ten_a', 1)
  const { id } = await backUp()
  const path = join(scratch, 'shelf', backupPath(id, 'tenants/ten_b'))
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 0xff
  writeFileSync(path, bytes)
  const verified = await verifyBackup({ target, id, scratch_folder: join(scratch, 'v'), prove })
  expect(verified.verified).toEqual(['platform', 'tenants/ten_a'])
  expect(verified.failed.map(({ subject }) => subject)).toEqual(['tenants/ten_b'])
  await expect(
    verifyBackup({ target, id: '20200101T000000Z', scratch_folder: scratch, prove }),
  ).rejects.toMatchObject({ code: 'not_found' })
})

test('a tenant that fails its proof is named, and the others are kept', async () => {
  const manifest = await makeBackup({
    ...{ data_folder: folder.path, clock, target },
    prove: (_, subject) => {
      if (subject === 'tenants/ten_a') throw new Error('the ledger does not add up')
    },
  })
  expect(manifest.failed).toEqual([
    { subject: 'tenants/ten_a', reason: 'the ledger does not add up' },
  ])
  expect(manifest.files.map(({ subject }) => subject)).toEqual(['platform', 'tenants/ten_b'])
})

test('old and interrupted backups go, the newest whole ones stay whatever the clock says', async () => {
  for (const day of ['01', '10', '20', '21']) {
    clock.set(`2026-11-${day}T02:00:00Z`)
    await backUp()
  }
  rmSync(join(scratch, 'shelf', manifestPath('20261110T020000Z')))
  mkdirSync(join(scratch, 'shelf', 'backups', 'of-somebody-else'))
  const now_ms = clock.now()
  const removed = await pruneBackups({ target, now_ms, keep_days: 7, keep_least: 1 })
  expect(removed).toEqual(['20261101T020000Z', '20261110T020000Z'])
  const far_ms = Date.parse('2040-01-01T00:00:00Z')
  expect(await pruneBackups({ target, now_ms: far_ms, keep_days: 7, keep_least: 2 })).toEqual([])
  expect((await listBackups(target)).map(({ id }) => id)).toEqual([
    '20261120T020000Z',
    '20261121T020000Z',
  ])
  expect(filesBelow(join(scratch, 'shelf', 'backups'))).toContain('of-somebody-else')
})

test('everything comes back into an empty folder', async () => {
  for (let number = 1; number <= 9; number++) await write('ten_a', number)
  const hash = contentHash(folder.tenants.pathOf('ten_a'))
  const { id } = await backUp()
  const data_folder = join(scratch, 'elsewhere')
  const result = await restoreFromBackup({ data_folder, target, id, prove })
  expect(result.failed).toEqual([])
  expect(result.restored.map(({ subject }) => subject).sort()).toEqual([
    'platform',
    'tenants/ten_a',
    'tenants/ten_b',
  ])
  expect(contentHash(databasePath(data_folder, 'tenants/ten_a'))).toBe(hash)
  const again = restoreFromBackup({ data_folder, target, id, prove })
  await expect(again).rejects.toMatchObject({ code: 'conflict' })
  const opened = await DataFolder.open(data_folder, { clock })
  expect(opened.tenants.exists('ten_b')).toBe(true)
  await opened.close()
})

test('one tenant comes back while the others work', async () => {
  await write('ten_a', 1)
  const { id } = await backUp()
  await write('ten_a', 2)
  const back = { folder, replication: undefined, target, id, tenant_id: 'ten_a', prove }
  const { replaced_file } = await restoreTenantFromBackup(back)
  expect(countedNotes(folder.tenants.pathOf('ten_a'), 'ten_a')).toBe(1)
  expect(countedNotes(replaced_file!, 'ten_a')).toBe(2)
  await expect(restoreTenantFromBackup({ ...back, tenant_id: 'ten_x' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

const minio = findProgram('minio')
test.skipIf(!minio)('a bucket is as good a shelf as a folder', async () => {
  const server = await startMinio(minio!, join(scratch, 'minio'))
  try {
    target = server.target
    await write('ten_a', 1)
    const { id } = await backUp()
    const verified = await verifyBackup({ target, id, scratch_folder: join(scratch, 'v'), prove })
    expect(verified).toMatchObject({ failed: [], verified: { length: 3 } })
    const now_ms = Date.parse('2040-01-01T00:00:00Z')
    expect(await pruneBackups({ target, now_ms, keep_days: 7, keep_least: 0 })).toEqual([id])
    expect(await listBackups(target)).toEqual([])
  } finally {
    await server.stop()
  }
})

const binary = findProgram('litestream')
describe.skipIf(!binary)('beside continuous copies', () => {
  test('a backup leaves complete copies complete, and a restore from it begins a new generation', async () => {
    const replica: ReplicaTarget = { kind: 'folder', path: join(scratch, 'replica') }
    const shop = await openReplicated(join(scratch, 'both'), replica, binary!)
    await shop.createTenant('ten_both')
    await shop.write('ten_both', 3)
    await shop.folder.tenants.close('ten_both')
    const state = () => shop.replication.statusOf('ten_both')
    await until('it is copied', () => state().state === 'complete')
    const { id } = await backUp(shop.folder.path)
    expect(state().state).toBe('complete')
    await shop.write('ten_both', 2)
    const { replication } = shop
    const back = { folder: shop.folder, replication, target, id, tenant_id: 'ten_both', prove }
    await restoreTenantFromBackup(back)
    expect(shop.count('ten_both')).toBe(3)
    await replication.sync('ten_both')
    expect(state().generation).toStartWith('000002-')
    await shop.close()
  })
})
