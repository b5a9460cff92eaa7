/** Removes a business from all copies, and replaces the copies of the platform that still name it. */
import { createReadStream, createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import type { DataFolder } from '../db/data-folder.ts'
import { timestamp } from '../kit/clock.ts'
import type { Copies, Lying } from '../operations/services.ts'
import {
  backupPath,
  hashFile,
  manifestPath,
  type BackupFile,
  type BackupManifest,
} from './backup.ts'
import { listGenerations, removeNote } from './generations.ts'
import { openRemote, type RemoteFolder } from './remote.ts'
import type { Replication } from './replication.ts'
import { checkTarget, platform_subject, tenantSubject, type ReplicaTarget } from './settings.ts'
import { copyConsistently, inspect } from './store.ts'

export interface CopiesOptions {
  data: DataFolder
  /** Where continuous copies are, undefined when they are off, and where whole backups are. */
  places: () => { replica: ReplicaTarget | undefined; backups: ReplicaTarget }
  /** Asked each time: it starts after everything else. */
  replication: () => Replication | undefined
}

export function openCopies(options: CopiesOptions): Copies {
  const open = () => {
    const { replica, backups } = options.places()
    return {
      replica: replica && openRemote(checkTarget(replica)),
      backups: openRemote(checkTarget(backups)),
    }
  }
  return {
    async release(tenant_id) {
      await options.replication()?.release(tenant_id, true)
    },
    async forget(tenant_id) {
      const subject = tenantSubject(tenant_id)
      const { replica, backups } = open()
      const continuous_copies = replica ? await take(replica, subject) : { files: 0, bytes: 0 }
      return { continuous_copies, whole_backups: await leaveOut(backups, subject) }
    },
    async renewPlatform() {
      const { replica, backups } = open()
      const generations = await renewGenerations(options, replica)
      return { generations, backups: await renewBackups(options, backups) }
    },
  }
}

async function take(remote: RemoteFolder, path: string): Promise<Lying> {
  const found = await remote.measure(path)
  await remote.remove(path)
  return found
}

/** @returns how many earlier generations of the platform went */
async function renewGenerations(
  { data, replication }: CopiesOptions,
  replica: RemoteFolder | undefined,
): Promise<number> {
  const { platform } = data
  const running = replication()
  const current = running && (await running.renewPlatform(() => platform.compact()))
  if (!running) {
    await platform.compact()
    // Whoever copies next begins anew: what is there now is about to go.
    removeNote(platform.path)
  }
  if (!replica) return 0
  const earlier = (await listGenerations(replica, platform_subject)).filter(
    ({ name }) => name !== current,
  )
  for (const { name } of earlier) await replica.remove(`${platform_subject}/${name}`)
  return earlier.length
}

/** The list goes first: a backup that lacks a file it promises would be a bad one. */
async function leaveOut(remote: RemoteFolder, subject: string): Promise<Lying> {
  const all: Lying = { files: 0, bytes: 0 }
  for (const id of await remote.folders('backups')) {
    const manifest = await readManifest(remote, id)
    if (manifest) {
      const others = ({ subject: each }: { subject: string }) => each !== subject
      const { files, failed } = manifest
      const rest = { ...manifest, files: files.filter(others), failed: failed.filter(others) }
      if (rest.files.length + rest.failed.length < files.length + failed.length) {
        await remote.writeText(manifestPath(id), textOf(rest))
      }
    }
    const { files, bytes } = await take(remote, backupPath(id, subject))
    all.files += files
    all.bytes += bytes
  }
  return all
}

/**
 * The businesses' files in a backup are whole and stay; its copy of the platform becomes the one of
 * now, because the old one names who is gone.
 * @returns in how many backups
 */
async function renewBackups({ data }: CopiesOptions, remote: RemoteFolder): Promise<number> {
  const ids = await remote.folders('backups')
  if (ids.length === 0) return 0
  const renewed_at = timestamp(data.clock.now())
  const aside = join(data.path, 'run', 'platform-renewed')
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  try {
    const copy = join(aside, 'platform.db')
    const file = await packPlatform(data, copy)
    for (const id of ids) await putPlatform(remote, id, file, `${copy}.zst`, renewed_at)
    return ids.length
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

async function packPlatform(data: DataFolder, copy: string): Promise<BackupFile> {
  await copyConsistently(data.platform.path, copy)
  const inspection = inspect(copy, 'platform')
  const sha256 = await hashFile(copy)
  await pipeline(createReadStream(copy), createZstdCompress(), createWriteStream(`${copy}.zst`))
  return {
    subject: platform_subject,
    sha256,
    size_bytes: statSync(copy).size,
    compressed_bytes: statSync(`${copy}.zst`).size,
    ...inspection,
  }
}

async function putPlatform(
  remote: RemoteFolder,
  id: string,
  file: BackupFile,
  packed: string,
  platform_renewed_at: string,
): Promise<void> {
  const manifest = await readManifest(remote, id)
  const path = backupPath(id, platform_subject)
  // Interrupted, or still being made: nobody's backup, and its copy names who is gone.
  if (!manifest) return remote.remove(path)
  await remote.upload(packed, path)
  const others = manifest.files.filter(({ subject }) => subject !== platform_subject)
  const files = [...others, file].sort((a, b) => (a.subject < b.subject ? -1 : 1))
  await remote.writeText(manifestPath(id), textOf({ ...manifest, files, platform_renewed_at }))
}

async function readManifest(remote: RemoteFolder, id: string): Promise<BackupManifest | undefined> {
  const text = await remote.readText(manifestPath(id))
  return text === undefined ? undefined : (JSON.parse(text) as BackupManifest)
}

const textOf = (manifest: BackupManifest): string => `${JSON.stringify(manifest, null, 2)}\n`
