/** Restores from what the real Litestream copied: to a local folder, and to a real MinIO server. */
import { afterAll, beforeAll, describe, expect, test, setDefaultTimeout } from 'bun:test'
import { existsSync, mkdtempSync, openSync, closeSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findProgram } from '../../tests/services/find-program.ts'
import { startMinio, type MinioServer } from '../../tests/services/minio-server.ts'
import { contentHash, countedNotes, filesBelow } from '../../tests/services/replicated-folder.ts'
import { openReplicated, until } from '../../tests/services/replicated-folder.ts'
import type { ReplicatedFolder } from '../../tests/services/replicated-folder.ts'
import { DataFolder } from '../db/data-folder.ts'
import { systemClock } from '../kit/clock.ts'
import { listGenerations } from './generations.ts'
import { openRemote } from './remote.ts'
import { databasePath, restoreAll } from './restore-all.ts'
import { restoreTenant, type Prove } from './restore.ts'
import { tenantSubject, type ReplicaTarget } from './settings.ts'

// Other processes take part: on a busy machine they take their time.
setDefaultTimeout(30_000)

const binary = findProgram('litestream')!
const minio = findProgram('minio')
const scratch = mkdtempSync(join(tmpdir(), 'stowage-restore-'))
let server: MinioServer | undefined
beforeAll(async () => {
  if (minio && binary) server = await startMinio(minio, join(scratch, 'minio'))
})
afterAll(async () => {
  await server?.stop()
  rmSync(scratch, { recursive: true, force: true })
})

const kinds = ['a folder', ...(minio ? ['a bucket'] : [])]
const targetOf = (kind: string, name: string): ReplicaTarget =>
  kind === 'a folder'
    ? { kind: 'folder', path: join(scratch, name, 'replica') }
    : { ...server!.target, prefix: `copies/${name}` }

async function withShop(
  kind: string,
  name: string,
  work: (shop: ReplicatedFolder, target: ReplicaTarget, data: string) => Promise<void>,
): Promise<void> {
  const unique = `${name}-${kind.replace(' ', '-')}`
  const target = targetOf(kind, unique)
  const data = join(scratch, unique, 'data')
  const shop = await openReplicated(data, target, binary)
  try {
    await until('it answers', () => shop.replication.status().daemon.answers)
    await work(shop, target, data)
  } finally {
    await shop.close()
  }
}

const proveNotes: Prove = (path, subject) => {
  if (subject !== 'platform') countedNotes(path, subject.slice('tenants/'.length))
}

describe.skipIf(!binary).each(kinds)('a restore from %s', (kind) => {
  test('to a chosen second brings that second back, and goes on in a new generation', async () => {
    await withShop(kind, 'second', async (shop, target) => {
      const { folder, replication } = shop
      await shop.createTenant('ten_second')
      await shop.write('ten_second', 4)
      await replication.sync('ten_second')
      await Bun.sleep(1_100)
      const to_time = new Date().toISOString()
      await Bun.sleep(1_100)
      await shop.write('ten_second', 3)
      const back = { folder, replication, tenant_id: 'ten_second', prove: proveNotes }
      const restored = await restoreTenant({ ...back, to_time })
      expect(restored.counts.notes).toBe(4)
      expect(restored.generation).toStartWith('000001-')
      expect(restored.continues_as).toStartWith('000002-')
      expect(shop.count('ten_second')).toBe(4)
      expect(countedNotes(restored.replaced_file!, 'ten_second')).toBe(7)

      expect(await shop.write('ten_second', 1)).toBe(5)
      await replication.sync('ten_second')
      const generations = await listGenerations(openRemote(target), tenantSubject('ten_second'))
      expect(generations.map(({ number }) => number)).toEqual([1, 2])
      const again = await restoreTenant(back)
      expect(again.counts.notes).toBe(5)
      expect(again.generation).toBe(restored.continues_as)
      // The history before the first restore is still there to return to.
      const before = await restoreTenant({ ...back, to_time })
      expect(before.counts.notes).toBe(4)
      expect(before.generation).toBe(restored.generation)
    })
  })

  test('refuses a moment before the first copy, and one that is no time', async () => {
    await withShop(kind, 'moment', async (shop) => {
      await shop.createTenant('ten_moment')
      await shop.write('ten_moment', 1)
      const { folder, replication } = shop
      const back = { folder, replication, tenant_id: 'ten_moment', prove: proveNotes }
      for (const to_time of ['2020-01-01T00:00:00Z', 'yesterday']) {
        await expect(restoreTenant({ ...back, to_time })).rejects.toMatchObject({ code: 'invalid' })
      }
      await expect(restoreTenant({ ...back, tenant_id: 'ten_never' })).rejects.toMatchObject({
        code: 'not_found',
      })
      const later = new Date(Date.now() + 60_000).toISOString()
      expect((await restoreTenant({ ...back, to_time: later })).counts.notes).toBe(1)
    })
  })

  test('that fails its proof changes nothing', async () => {
    await withShop(kind, 'proof', async (shop) => {
      await shop.createTenant('ten_proof')
      await shop.write('ten_proof', 2)
      const { folder, replication } = shop
      const prove: Prove = () => {
        throw new Error('the ledger does not add up')
      }
      const restore = restoreTenant({ folder, replication, tenant_id: 'ten_proof', prove })
      await expect(restore).rejects.toThrow('does not add up')
      expect(await shop.write('ten_proof', 1)).toBe(3)
      expect(replication.statusOf('ten_proof').generation).toStartWith('000001-')
      expect(filesBelow(folder.path).filter((file) => file.includes('restor'))).toEqual([])
    })
  })

  test('two restores of one tenant at the same moment: one runs, one is told so', async () => {
    await withShop(kind, 'pair', async (shop) => {
      await shop.createTenant('ten_pair')
      await shop.write('ten_pair', 2)
      const { folder, replication } = shop
      const back = { folder, replication, tenant_id: 'ten_pair', prove: proveNotes }
      const results = await Promise.allSettled([restoreTenant(back), restoreTenant(back)])
      expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
      const refused = results.find((result) => result.status === 'rejected')!
      expect(refused.reason).toMatchObject({ code: 'conflict' })
      expect(shop.count('ten_pair')).toBe(2)
    })
  })

  test('replaces a damaged file when the loss of the last writes is accepted', async () => {
    await withShop(kind, 'damaged', async (shop) => {
      const { folder, replication } = shop
      await shop.createTenant('ten_damaged')
      await shop.write('ten_damaged', 40)
      await replication.sync('ten_damaged')
      await folder.tenants.close('ten_damaged')
      await until('it is closed', () => replication.statusOf('ten_damaged').state === 'complete')
      overwrite(folder.tenants.pathOf('ten_damaged'))
      expect(() => shop.count('ten_damaged')).toThrow()
      const back = { folder, replication, tenant_id: 'ten_damaged', prove: proveNotes }
      const restored = await restoreTenant({ ...back, accept_loss: true })
      expect(restored.counts.notes).toBe(40)
      expect(shop.count('ten_damaged')).toBe(40)
      await replication.sync('ten_damaged')
    })
  })

  test('of everything, after the data folder was deleted', async () => {
    const hashes = new Map<string, string>()
    const tenants = ['ten_all_a', 'ten_all_b', 'ten_all_c']
    let lost = { target: targetOf(kind, 'none'), data: '' }
    await withShop(kind, 'all', async (shop, target, data) => {
      for (const [index, tenant_id] of tenants.entries()) {
        await shop.createTenant(tenant_id)
        await shop.write(tenant_id, 5 + index)
        hashes.set(tenant_id, contentHash(shop.folder.tenants.pathOf(tenant_id)))
      }
      lost = { target, data }
      const input = { data_folder: data, target, binary, clock: systemClock, prove: proveNotes }
      await expect(restoreAll(input)).rejects.toMatchObject({ code: 'conflict' })
    })
    const { target, data } = lost
    rmSync(data, { recursive: true })
    const seen: string[] = []
    const result = await restoreAll({
      ...{ data_folder: data, target, binary, clock: systemClock, prove: proveNotes },
      onProgress: (subject) => seen.push(subject),
    })
    expect(result.failed).toEqual([])
    expect(seen).toHaveLength(4)
    expect(seen.at(-1)).toBe('platform')
    for (const tenant_id of tenants) {
      const path = databasePath(data, tenantSubject(tenant_id))
      expect(contentHash(path)).toBe(hashes.get(tenant_id)!)
    }
    const shop = await openReplicated(data, target, binary)
    await until('everything is copied again', () =>
      tenants.every((id) => shop.replication.statusOf(id).state === 'complete'),
    )
    expect(shop.replication.statusOf('ten_all_a').generation).toStartWith('000002-')
    expect(await shop.write('ten_all_a', 1)).toBe(6)
    await shop.close()
  })

  test('of nothing says so', async () => {
    const target = targetOf(kind, 'empty')
    const data_folder = join(scratch, 'empty-data', kind)
    const input = { data_folder, target, binary, clock: systemClock, prove: proveNotes }
    await expect(restoreAll(input)).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('a file of the platform lies where a data folder looks for it', async () => {
  const folder = await DataFolder.open(join(scratch, 'paths'))
  expect(databasePath(folder.path, 'platform')).toBe(folder.platform.path)
  expect(databasePath(folder.path, 'tenants/ten_x')).toBe(folder.tenants.pathOf('ten_x'))
  await folder.close()
})

/** As a disk does when it fails: pages in the middle are no longer what was written. */
function overwrite(path: string): void {
  expect(existsSync(dirname(path))).toBe(true)
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
  const file = openSync(path, 'r+')
  writeSync(file, Buffer.alloc(8_192, 0x5a), 0, 8_192, 0)
  closeSync(file)
}
