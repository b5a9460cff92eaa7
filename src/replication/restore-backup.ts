/** Proves that a backup can be used, and uses it. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { createReadStream, createWriteStream } from 'node:fs'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdDecompress } from 'node:zlib'
import { FolderLock } from '../db/lock.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { notFound, Problem } from '../kit/problem.ts'
import { backupPath, hashFile, manifestPath } from './backup.ts'
import type { BackupFile, BackupManifest } from './backup.ts'
import { openRemote, type RemoteFolder } from './remote.ts'
import type { Replication } from './replication.ts'
import { databasePath, type RestoredAll } from './restore-all.ts'
import { putInPlace, restoringAside, type Prove } from './restore.ts'
import { nextGeneration } from './generations.ts'
import { checkTarget, platform_subject, targetId, tenantSubject } from './settings.ts'
import type { ReplicaTarget, Subject } from './settings.ts'
import { inspect } from './store.ts'

export interface VerifiedBackup {
  id: string
  verified: Subject[]
  failed: { subject: Subject; reason: string }[]
}

/**
 * Unpacks every file of a backup, compares it with the manifest, checks and proves it. The files are
 * removed again.
 * @throws Problem `not_found` when there is no complete backup with this id
 */
export async function verifyBackup(input: {
  target: ReplicaTarget
  id: string
  scratch_folder: string
  prove: Prove
}): Promise<VerifiedBackup> {
  const remote = openRemote(checkTarget(input.target))
  const manifest = await readManifest(remote, input.id)
  const result: VerifiedBackup = { id: input.id, verified: [], failed: [...manifest.failed] }
  for (const file of manifest.files) {
    const path = join(input.scratch_folder, 'verified.db')
    try {
      await unpack(remote, input.id, file, path, input.prove)
      result.verified.push(file.subject)
    } catch (error) {
      result.failed.push({ subject: file.subject, reason: (error as Error).message })
    } finally {
      rmSync(path, { force: true })
    }
  }
  return result
}

/**
 * Fills a data folder that has no `platform.db` from a backup. Continuous copies begin new
 * generations at the next start. Files that an interrupted run put in place stay as they are.
 * @throws Problem `conflict` when the folder has data or is in use
 */
export async function restoreFromBackup(input: {
  data_folder: string
  target: ReplicaTarget
  id: string
  prove: Prove
}): Promise<RestoredAll> {
  const { data_folder, id, prove } = input
  const remote = openRemote(checkTarget(input.target))
  const manifest = await readManifest(remote, id)
  if (existsSync(join(data_folder, 'platform.db'))) {
    throw new Problem('conflict', `There is data in ${data_folder}: use an empty folder.`)
  }
  mkdirSync(join(data_folder, 'tenants'), { recursive: true, mode: 0o700 })
  const lock = FolderLock.tryTake(data_folder)
  if (!lock) throw new Problem('conflict', `Another process works on ${data_folder}.`)
  const result: RestoredAll = { restored: [], failed: [...manifest.failed] }
  try {
    // The platform last: its presence says that the folder is in use.
    const last = (file: BackupFile) => (file.subject === platform_subject ? 1 : 0)
    for (const file of manifest.files.toSorted((a, b) => last(a) - last(b))) {
      const { subject, schema_version, counts } = file
      const to = databasePath(data_folder, subject)
      const path = join(dirname(to), '.restoring', 'restored.db')
      if (existsSync(to)) continue
      try {
        await unpack(remote, id, file, path, prove)
        putInPlace(path, to)
        result.restored.push({ subject, schema_version, counts, generation: id })
      } catch (error) {
        result.failed.push({ subject, reason: (error as Error).message })
      } finally {
        rmSync(dirname(path), { recursive: true, force: true })
      }
    }
  } finally {
    lock.release()
  }
  return result
}

/**
 * Puts one tenant of a running installation back to what it was in a backup.
 * @returns where the replaced file is kept; null when there was none
 */
export async function restoreTenantFromBackup(input: {
  folder: DataFolder
  /** Undefined when nothing is copied continuously. */
  replication: Replication | undefined
  target: ReplicaTarget
  id: string
  tenant_id: string
  prove: Prove
}): Promise<{ file: BackupFile; replaced_file: string | null }> {
  const { folder, replication, id, tenant_id } = input
  const subject = tenantSubject(tenant_id)
  const remote = openRemote(checkTarget(input.target))
  const file = (await readManifest(remote, id)).files.find((each) => each.subject === subject)
  if (!file) throw notFound('copy in this backup of', subject)
  return restoringAside(folder, tenant_id, async (path) => {
    await unpack(remote, id, file, path, input.prove)
    const to = folder.tenants.pathOf(tenant_id)
    const replaced_file = await folder.tenants.withClosed(tenant_id, 'it is restored', async () => {
      if (!replication) return putInPlace(path, to)
      await replication.release(tenant_id, true)
      const next = await nextGeneration(replication.remote, subject, folder.clock.now())
      return putInPlace(path, to, { target_id: targetId(replication.options.target), next })
    })
    return { file, replaced_file }
  })
}

async function readManifest(remote: RemoteFolder, id: string): Promise<BackupManifest> {
  if (!/^\d{8}T\d{6}Z$/.test(id)) throw notFound('backup', id)
  const text = await remote.readText(manifestPath(id))
  if (text === undefined) throw notFound('backup', id)
  return JSON.parse(text) as BackupManifest
}

/** Fetches, unpacks and checks one file; leaves nothing at `path` when a check fails. */
async function unpack(
  remote: RemoteFolder,
  id: string,
  file: BackupFile,
  path: string,
  prove: Prove,
): Promise<void> {
  const packed = `${path}.zst`
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  try {
    await remote.download(backupPath(id, file.subject), packed)
    await pipeline(createReadStream(packed), createZstdDecompress(), createWriteStream(path))
    if ((await hashFile(path)) !== file.sha256) throw new Error('Its checksum does not match.')
    const kind = file.subject === platform_subject ? 'platform' : 'tenant'
    const { counts } = inspect(path, kind)
    if (!Bun.deepEquals(counts, file.counts))
      throw new Error('It has other rows than were counted.')
    await prove(path, file.subject)
  } catch (error) {
    rmSync(path, { force: true })
    throw error
  } finally {
    rmSync(packed, { force: true })
  }
}
