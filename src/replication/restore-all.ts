/** Brings back everything after the data folder was lost: the platform and every tenant. */
import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { FolderLock } from '../db/lock.ts'
import { sha256Hex } from '../kit/secrets.ts'
import type { Clock } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { nextGeneration } from './generations.ts'
import { Limiter } from './limiter.ts'
import { openRemote, type RemoteFolder } from './remote.ts'
import { putInPlace, restoreToFile, type Prove, type Restored } from './restore.ts'
import { checkTarget, platform_subject, targetId, tenantOf, tenantSubject } from './settings.ts'
import type { ReplicaTarget, Subject } from './settings.ts'

export interface RestoredAll {
  restored: (Restored & { subject: Subject })[]
  /** What could not be brought back, and why; the others are in place. */
  failed: { subject: Subject; reason: string }[]
}

/**
 * Restores into a data folder that has no `platform.db`. Nothing may run on it; the folder's lock is
 * held meanwhile. Files that are already there, from a run that was interrupted, are left as they are.
 * @throws Problem `conflict` when the folder is in use or has data, `not_found` when nothing was copied
 */
export async function restoreAll(input: {
  data_folder: string
  target: ReplicaTarget
  binary: string
  clock: Clock
  prove: Prove
  /** RFC 3339; the newest state when it is not given. */
  to_time?: string | undefined
  /** Told after each file. */
  onProgress?: (subject: Subject) => void
}): Promise<RestoredAll> {
  const { data_folder } = input
  const remote = openRemote(checkTarget(input.target))
  if (existsSync(join(data_folder, 'platform.db'))) {
    throw new Problem('conflict', `There is data in ${data_folder}: use an empty folder.`)
  }
  const subjects = await listSubjects(remote)
  mkdirSync(join(data_folder, 'tenants'), { recursive: true, mode: 0o700 })
  const lock = FolderLock.tryTake(data_folder)
  if (!lock) throw new Problem('conflict', `Another process works on ${data_folder}.`)
  try {
    const result: RestoredAll = { restored: [], failed: [] }
    const limiter = new Limiter(4)
    const one = (subject: Subject) => limiter.run(() => restoreOne(input, remote, subject, result))
    await Promise.all(subjects.filter((subject) => subject !== platform_subject).map(one))
    // Last, because its presence says that the folder is in use: an interrupted run can go on.
    if (subjects.includes(platform_subject)) await one(platform_subject)
    return result
  } finally {
    lock.release()
  }
}

/** Everything that has a copy at the target. */
export async function listSubjects(remote: RemoteFolder): Promise<Subject[]> {
  const [top, tenants] = await Promise.all([remote.folders(''), remote.folders('tenants')])
  const subjects = tenants.map(tenantSubject)
  if (top.includes(platform_subject)) subjects.push(platform_subject)
  if (subjects.length === 0) throw new Problem('not_found', 'Nothing was ever copied there.')
  return subjects
}

/** The same folder as `TenantFiles.folderOf`, for a data folder that is not open. */
export const databasePath = (data_folder: string, subject: Subject): string => {
  const tenant_id = tenantOf(subject)
  if (tenant_id === undefined) return join(data_folder, 'platform.db')
  const shard = sha256Hex(tenant_id).slice(0, 2)
  return join(data_folder, 'tenants', shard, tenant_id, 'tenant.db')
}

async function restoreOne(
  input: Parameters<typeof restoreAll>[0],
  remote: RemoteFolder,
  subject: Subject,
  result: RestoredAll,
): Promise<void> {
  const { binary, target, prove, to_time, clock, data_folder } = input
  const to = databasePath(data_folder, subject)
  if (existsSync(to)) return
  const path = join(dirname(to), '.restoring', 'restored.db')
  const kind = subject === platform_subject ? 'platform' : 'tenant'
  try {
    const what = { binary, target, remote, subject, kind, path, to_time, prove } as const
    const restored = await restoreToFile(what)
    const next = await nextGeneration(remote, subject, clock.now())
    putInPlace(path, to, { target_id: targetId(target), next })
    result.restored.push({ ...restored, subject })
  } catch (error) {
    result.failed.push({ subject, reason: (error as Error).message })
  } finally {
    rmSync(dirname(path), { recursive: true, force: true })
  }
  input.onProgress?.(subject)
}
