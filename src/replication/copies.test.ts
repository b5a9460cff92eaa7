/** What the copies forget of a business, and how those of the platform begin anew: on disk and in S3. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'bun:test'
import { setDefaultTimeout } from 'bun:test'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findProgram } from '../../tests/services/find-program.ts'
import { startMinio, type MinioServer } from '../../tests/services/minio-server.ts'
import { openReplicated, until } from '../../tests/services/replicated-folder.ts'
import { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { ManualClock } from '../kit/clock.ts'
import { backupPath, listBackups, makeBackup, manifestPath } from './backup.ts'
import { openCopies } from './copies.ts'
import { listGenerations } from './generations.ts'
import { openRemote } from './remote.ts'
import { verifyBackup } from './restore-backup.ts'
import type { ReplicaTarget } from './settings.ts'

// Other processes take part: on a busy machine they take their time.
setDefaultTimeout(60_000)

const scope = systemScope('test')
const binary = findProgram('litestream')
const minio = findProgram('minio')
const prove = () => undefined
const clock = new ManualClock('2026-11-21T02:00:00Z')
const scratch = mkdtempSync(join(tmpdir(), 'stowage-copies-'))
let server: MinioServer | undefined
beforeAll(async () => {
  if (minio) server = await startMinio(minio, join(scratch, 'minio'))
})
afterAll(async () => {
  await server?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

let rounds = 0
const places: Record<string, () => ReplicaTarget> = {
  'a folder': () => ({ kind: 'folder', path: join(scratch, `shelf-${rounds}`) }),
  ...(minio && {
    'a bucket': () => ({ ...server!.target, prefix: `${server!.target.prefix}/round-${rounds}` }),
  }),
}

describe.each(Object.keys(places))('whole backups in %s', (name) => {
  let data: DataFolder
  let target: ReplicaTarget
  beforeEach(async () => {
    rounds += 1
    target = places[name]!()
    data = await DataFolder.open(join(scratch, `data-${rounds}`), { clock })
    for (const id of ['ten_gone', 'ten_gone_not', 'ten_stays']) await data.tenants.create(id)
  })
  afterEach(() => data.close())

  const copies = () =>
    openCopies({
      data,
      places: () => ({ replica: undefined, backups: target }),
      replication: () => undefined,
    })
  const backUp = () => makeBackup({ data_folder: data.path, clock, target, prove })
  const verify = async (id: string) =>
    verifyBackup({ target, id, scratch_folder: join(scratch, `verified-${rounds}`), prove })

  test('lose one business and keep the others, whatever their names have in common', async () => {
    const first = await backUp()
    clock.advance(86_400_000)
    const second = await backUp()
    const { whole_backups } = await copies().forget('ten_gone')
    const size = (manifest: typeof first) =>
      manifest.files.find(({ subject }) => subject === 'tenants/ten_gone')!.compressed_bytes
    expect(whole_backups).toEqual({ files: 2, bytes: size(first) + size(second) })
    for (const { id } of [first, second]) {
      const { verified, failed } = await verify(id)
      expect(failed).toEqual([])
      expect(verified).toEqual(['platform', 'tenants/ten_gone_not', 'tenants/ten_stays'])
    }
    expect((await copies().forget('ten_gone')).whole_backups).toEqual({ files: 0, bytes: 0 })
  })

  test('hold the platform as it is now, and say so', async () => {
    const { id } = await backUp()
    const remote = openRemote(target)
    const half = '20261101T000000Z'
    await remote.writeText(backupPath(half, 'platform'), 'of a backup that was interrupted')
    await data.platform.write(scope, (tx) =>
      tx.run("INSERT INTO event_readers VALUES ('new', 1, '')"),
    )
    clock.advance(3_600_000)
    expect(await copies().renewPlatform()).toEqual({ generations: 0, backups: 2 })
    const [manifest] = await listBackups(target)
    expect(manifest).toMatchObject({ id, platform_renewed_at: new Date(clock.now()).toISOString() })
    expect(
      manifest!.files.find(({ subject }) => subject === 'platform')!.counts.event_readers,
    ).toBe(1)
    expect((await verify(id)).failed).toEqual([])
    expect(await remote.measure(backupPath(half, 'platform'))).toEqual({ files: 0, bytes: 0 })
    expect(await remote.readText(manifestPath(half))).toBeUndefined()
  })
})

describe.skipIf(!binary)('continuous copies', () => {
  test('a business is let go of and forgotten; the platform begins a new generation', async () => {
    const path = join(scratch, 'replicated')
    mkdirSync(path)
    const target = { kind: 'folder' as const, path: join(scratch, 'replica') }
    const shop = await openReplicated(path, target, binary!)
    const { folder, replication } = shop
    try {
      for (const id of ['ten_gone', 'ten_stays']) {
        await shop.createTenant(id)
        await shop.write(id, 5)
      }
      await until('it answers', () => replication.status().daemon.answers)
      await replication.syncAll()
      const copies = openCopies({
        data: folder,
        places: () => ({ replica: target, backups: { kind: 'folder', path: join(path, 'none') } }),
        replication: () => replication,
      })
      await folder.tenants.withClosed('ten_gone', 'a test', async () => {
        await copies.release('ten_gone')
        rmSync(folder.tenants.folderOf('ten_gone'), { recursive: true })
      })
      const { continuous_copies } = await copies.forget('ten_gone')
      expect(continuous_copies.files).toBeGreaterThan(0)
      const remote = openRemote(target)
      expect(await remote.folders('tenants')).toEqual(['ten_stays'])
      const [before] = await listGenerations(remote, 'platform')
      // Commands go on meanwhile, and none of them is lost.
      const writing = Promise.all(
        Array.from({ length: 200 }, (_, number) =>
          folder.platform.write(scope, (tx) =>
            tx.run('INSERT INTO event_readers VALUES (?, ?, ?)', `reader ${number}`, 1, ''),
          ),
        ),
      )
      expect(await copies.renewPlatform()).toEqual({ generations: 1, backups: 0 })
      await writing
      await replication.syncPlatform()
      const after = await listGenerations(remote, 'platform')
      expect(after).toHaveLength(1)
      expect(after[0]!.number).toBe(before!.number + 1)
      expect(await copies.renewPlatform()).toEqual({ generations: 1, backups: 0 })
      expect(replication.status().platform.error).toBeNull()
      await shop.write('ten_stays', 1)
      await replication.sync('ten_stays')
    } finally {
      await shop.close()
    }
  })
})
