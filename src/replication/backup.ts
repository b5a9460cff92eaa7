/**
 * Makes the second, independent backup: whole copies of every file in a dated folder, with a list of
 * what they hold. Nothing of it passes through Litestream.
 */
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { createReadStream, createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { createHash } from 'node:crypto'
import { timestamp, type Clock } from '../kit/clock.ts'
import { Limiter } from './limiter.ts'
import { openRemote, type RemoteFolder } from './remote.ts'
import { tenantIds } from './replication.ts'
import { databasePath } from './restore-all.ts'
import type { Prove } from './restore.ts'
import { checkTarget, platform_subject, tenantSubject } from './settings.ts'
import type { ReplicaTarget, Subject } from './settings.ts'
import { copyConsistently, inspect, type Inspection } from './store.ts'

export interface BackupFile extends Inspection {
  subject: Subject
  /** Of the uncompressed file, in hex. */
  sha256: string
  size_bytes: number
  compressed_bytes: number
}

export interface BackupManifest {
  format: 1
  /** `20261121T020000Z`: also the name of the backup's folder. */
  id: string
  started_at: string
  finished_at: string
  files: BackupFile[]
  /** What could not be copied, and why; the rest is good. */
  failed: { subject: Subject; reason: string }[]
  /** Set when a business was erased since: the copy of the platform is of that time, not of `id`. */
  platform_renewed_at?: string
}

export interface BackupInput {
  /** Not an open `DataFolder`: a backup only reads, so it can run in a process of its own. */
  data_folder: string
  clock: Clock
  target: ReplicaTarget
  /** Checks each copy before it counts. */
  prove: Prove
  /** Told after each file. */
  onProgress?: (subject: Subject) => void
}

/** Where a backup's file lies below the target. */
export const backupPath = (id: string, subject: Subject): string =>
  `backups/${id}/${subject}.db.zst`
export const manifestPath = (id: string): string => `backups/${id}/manifest.json`

/**
 * Copies everything while it is in use. The manifest is written last: a backup without one was
 * interrupted and is nobody's backup.
 *
 * Checks run inside the calling process and hold it up for as long as a file takes: a server lets a
 * child process do this.
 */
export async function makeBackup(input: BackupInput): Promise<BackupManifest> {
  const { data_folder, clock } = input
  const remote = openRemote(checkTarget(input.target))
  const started_at = timestamp(clock.now())
  const id = started_at.replace(/[-:]|\.\d+/g, '')
  const aside = join(data_folder, 'run', `backup-${id}`)
  rmSync(aside, { recursive: true, force: true })
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  const manifest: BackupManifest = {
    ...{ format: 1, id, started_at, finished_at: '', files: [], failed: [] },
  }
  try {
    const limiter = new Limiter(2)
    const work: Promise<void>[] = []
    const add = (subject: Subject, path: string) =>
      work.push(limiter.run(() => backUpOne(input, remote, manifest, subject, path, aside)))
    add(platform_subject, databasePath(data_folder, platform_subject))
    for await (const tenant_id of tenantIds(data_folder)) {
      const subject = tenantSubject(tenant_id)
      add(subject, databasePath(data_folder, subject))
    }
    await Promise.all(work)
    manifest.finished_at = timestamp(clock.now())
    manifest.files.sort((a, b) => (a.subject < b.subject ? -1 : 1))
    const list = join(aside, 'manifest.json')
    await Bun.write(list, `${JSON.stringify(manifest, null, 2)}\n`)
    await remote.upload(list, manifestPath(id))
    return manifest
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

async function backUpOne(
  input: BackupInput,
  remote: RemoteFolder,
  manifest: BackupManifest,
  subject: Subject,
  path: string,
  aside: string,
): Promise<void> {
  const copy = join(aside, `${subject.replace('/', '-')}.db`)
  // Erased since it was listed.
  if (!existsSync(path)) return
  try {
    await copyConsistently(path, copy)
    const inspection = inspect(copy, subject === platform_subject ? 'platform' : 'tenant')
    await input.prove(copy, subject)
    const sha256 = await hashFile(copy)
    await pipeline(createReadStream(copy), createZstdCompress(), createWriteStream(`${copy}.zst`))
    await remote.upload(`${copy}.zst`, backupPath(manifest.id, subject))
    const sizes = {
      size_bytes: statSync(copy).size,
      compressed_bytes: statSync(`${copy}.zst`).size,
    }
    manifest.files.push({ subject, sha256, ...sizes, ...inspection })
  } catch (error) {
    manifest.failed.push({ subject, reason: (error as Error).message })
  } finally {
    for (const suffix of ['', '.zst', '-wal', '-shm']) rmSync(copy + suffix, { force: true })
  }
  input.onProgress?.(subject)
}

export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** Complete backups, oldest first. */
export async function listBackups(target: ReplicaTarget): Promise<BackupManifest[]> {
  const remote = openRemote(checkTarget(target))
  const manifests: BackupManifest[] = []
  for (const id of await remote.folders('backups')) {
    const text = await remote.readText(manifestPath(id))
    if (text !== undefined) manifests.push(JSON.parse(text) as BackupManifest)
  }
  return manifests
}

/**
 * Removes backups older than `keep_days`, and interrupted ones, but never the newest `keep_least`
 * whole ones: a clock that runs wild must not empty the shelf.
 * @returns the ids that were removed
 */
export async function pruneBackups(input: {
  target: ReplicaTarget
  now_ms: number
  keep_days: number
  keep_least: number
}): Promise<string[]> {
  const remote = openRemote(checkTarget(input.target))
  const complete = await listBackups(input.target)
  const whole = complete.filter((manifest) => manifest.failed.length === 0)
  const kept = new Set(
    whole.slice(Math.max(0, whole.length - input.keep_least)).map((manifest) => manifest.id),
  )
  const oldest_ms = input.now_ms - input.keep_days * 24 * 60 * 60_000
  const removed: string[] = []
  for (const id of await remote.folders('backups')) {
    // Not `>=`: a folder that is not named like a backup is not ours to remove.
    if (kept.has(id) || !(startOf(id) < oldest_ms)) continue
    await remote.remove(`backups/${id}`)
    removed.push(id)
  }
  return removed
}

const startOf = (id: string): number =>
  Date.parse(id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
