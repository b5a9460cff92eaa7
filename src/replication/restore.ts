/** Brings a tenant back to what it was: now, or at a chosen moment of the last 30 days. */
import { existsSync, linkSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { DataFolder } from '../db/data-folder.ts'
import type { FileKind } from '../db/migrate.ts'
import { syncFolder } from '../db/sync-folder.ts'
import { timestamp } from '../kit/clock.ts'
import { invalid, notFound, Problem } from '../kit/problem.ts'
import {
  listGenerations,
  litestreamFolder,
  nextGeneration,
  removeNote,
  unmarkReplicated,
  writeNote,
} from './generations.ts'
import type { Generation } from './generations.ts'
import type { RemoteFolder } from './remote.ts'
import type { Replication } from './replication.ts'
import { replicaUrl, litestreamEnvironment, targetId, tenantSubject } from './settings.ts'
import type { ReplicaTarget, Subject } from './settings.ts'
import { foldLog, inspect, type Inspection } from './store.ts'

/** Throws when the content of a file contradicts itself: the ledger's proof, from a higher floor. */
export type Prove = (path: string, subject: Subject) => Promise<void> | void

export interface Restored extends Inspection {
  /** The generation it was read from. */
  generation: string
}

/**
 * Writes a subject's copy to a new file, checks it, and leaves it there: for drills, for a look
 * before a decision, and as the first half of every restore.
 * @throws Problem `not_found` when nothing was ever copied, `invalid` when nothing covers the moment
 */
export async function restoreToFile(input: {
  binary: string
  target: ReplicaTarget
  remote: RemoteFolder
  subject: Subject
  kind: FileKind
  path: string
  /** RFC 3339; the newest state when it is not given. */
  to_time?: string | undefined
  prove: Prove
}): Promise<Restored> {
  const { subject, path, to_time } = input
  const all = await listGenerations(input.remote, subject)
  if (all.length === 0) throw notFound('copy of', subject)
  const candidates = to_time === undefined ? all : startedBefore(all, to_time)
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // The newest may be empty: it was begun, and the machine was lost before its first copy.
  for (const generation of candidates.toReversed()) {
    removeDatabase(path)
    const url = replicaUrl(input.target, subject, generation.name)
    if (!(await fetchCopy(input.binary, input.target, url, path, to_time))) continue
    const inspection = inspect(path, input.kind)
    await input.prove(path, subject)
    return { ...inspection, generation: generation.name }
  }
  throw nothingCovers(subject, to_time ?? 'now', all[0]!)
}

/**
 * Restores one tenant while the others work. Its file is replaced only after the copy has passed
 * every check; the replaced one stays beside it as `tenant.before-restore.db` until the next restore.
 * @throws Problem `unavailable` when the last writes could not be copied before (see `accept_loss`),
 * `conflict` when a restore of this tenant is running
 */
export async function restoreTenant(input: {
  folder: DataFolder
  replication: Replication
  tenant_id: string
  to_time?: string | undefined
  /** Goes on when what was written last cannot be copied any more: the file is damaged, or Litestream is gone. */
  accept_loss?: boolean | undefined
  prove: Prove
}): Promise<RestoredTenant> {
  return restoringAside(input.folder, input.tenant_id, (path) => restoreThere(input, path))
}

/**
 * Gives one restore of a tenant a place for its file, and takes everything that is left there away.
 * @throws Problem `conflict`: two restores of one tenant would write the same file
 */
export async function restoringAside<T>(
  folder: DataFolder,
  tenant_id: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const aside = join(folder.path, 'tenants', `.restoring-${tenant_id}`)
  if (restoring.has(aside)) {
    throw new Problem('conflict', `A restore of ${tenant_id} is already running.`)
  }
  restoring.add(aside)
  try {
    return await work(join(aside, 'tenant.db'))
  } finally {
    rmSync(aside, { recursive: true, force: true })
    restoring.delete(aside)
  }
}

const restoring = new Set<string>()

export interface RestoredTenant extends Restored {
  tenant_id: string
  /** The generation that the tenant is copied to from now on. */
  continues_as: string
  /** Where the file that was replaced is kept; null when there was none. */
  replaced_file: string | null
}

async function restoreThere(
  input: Parameters<typeof restoreTenant>[0],
  path: string,
): Promise<RestoredTenant> {
  const { folder, replication, tenant_id, to_time, prove } = input
  const { binary, target } = replication.options
  const { remote } = replication
  const accept_loss = input.accept_loss ?? false
  const subject = tenantSubject(tenant_id)
  if (!accept_loss) await replication.sync(tenant_id)
  const what = { binary, target, remote, subject, path, to_time, prove }
  const restored = await restoreToFile({ ...what, kind: 'tenant' })
  const next = await nextGeneration(remote, subject, folder.clock.now())
  const continues = { target_id: targetId(target), next }
  const replaced_file = await folder.tenants.withClosed(tenant_id, 'it is restored', async () => {
    await replication.release(tenant_id, accept_loss)
    return putInPlace(path, folder.tenants.pathOf(tenant_id), continues)
  })
  folder.tenants.open(tenant_id)
  if (!accept_loss) await replication.sync(tenant_id)
  return { ...restored, tenant_id, continues_as: next.name, replaced_file }
}

/**
 * Puts a checked file where a database belongs. At every step a crash leaves one whole file there:
 * the note comes first, because the old content may well begin a new generation. Without one,
 * the next copy begins a new generation by itself.
 */
export function putInPlace(
  from: string,
  to: string,
  continues?: { target_id: string; next: Generation },
): string | null {
  mkdirSync(dirname(to), { recursive: true, mode: 0o700 })
  const kept = to.replace(/\.db$/, '.before-restore.db')
  const replaced = existsSync(to)
  removeDatabase(kept)
  if (replaced) keepAside(to, kept)
  rmSync(litestreamFolder(to), { recursive: true, force: true })
  if (continues) writeNote(to, continues.target_id, continues.next)
  else removeNote(to)
  unmarkReplicated(to)
  renameSync(from, to)
  syncFolder(dirname(to))
  return replaced ? kept : null
}

/** A log that stayed beside the new file would be replayed into it. */
function keepAside(path: string, kept: string): void {
  try {
    foldLog(path)
  } catch {
    // A damaged file cannot be folded: its log is kept as it is, for whoever looks into it.
    for (const suffix of ['-wal', '-shm']) {
      if (existsSync(path + suffix)) renameSync(path + suffix, kept + suffix)
    }
  }
  linkSync(path, kept)
  for (const suffix of ['-wal', '-shm']) rmSync(path + suffix, { force: true })
}

function startedBefore(all: Generation[], to_time: string): Generation[] {
  const to_ms = Date.parse(to_time)
  if (Number.isNaN(to_ms)) throw invalid('/to_time', `"${to_time}" is not an RFC 3339 time.`)
  const started = all.filter((generation) => generation.started_at_ms <= to_ms)
  // Only the one that was current then: an older one holds what this one had replaced.
  return started.slice(-1)
}

const nothingCovers = (subject: Subject, moment: string, oldest: Generation): Problem =>
  invalid(
    '/to_time',
    `No copy of ${subject} covers ${moment}; the first was begun at ${timestamp(oldest.started_at_ms)}.`,
  )

const removeDatabase = (path: string): void => {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}

/** @returns false when this generation holds nothing */
async function fetchCopy(
  binary: string,
  target: ReplicaTarget,
  url: string,
  path: string,
  to_time: string | undefined,
): Promise<boolean> {
  const run = (...flags: string[]) =>
    runLitestream(binary, target, ['restore', '-json', ...flags, '-o', path, url])
  const wanted = await run(...(to_time === undefined ? [] : ['-timestamp', to_time]))
  if (wanted.ok) return existsSync(path)
  if (/no matching backup files available|no backups found/.test(wanted.said)) return false
  if (to_time !== undefined && wanted.said.includes('timestamp does not exist')) {
    // 0.5.17 refuses a moment after its last change, where the answer is simply the last state.
    const plan = await run('-dry-run')
    const files = plan.ok
      ? (JSON.parse(plan.printed) as { files: { timestamp: string }[] }).files
      : []
    const last = files.at(-1)
    if (!last || Date.parse(last.timestamp) > Date.parse(to_time)) return false
    const newest = await run()
    if (newest.ok) return existsSync(path)
    throw new Error(`Litestream could not restore: ${newest.said}`)
  }
  throw new Error(`Litestream could not restore: ${wanted.said}`)
}

async function runLitestream(
  binary: string,
  target: ReplicaTarget,
  args: string[],
): Promise<{ ok: boolean; printed: string; said: string }> {
  const child = Bun.spawn([binary, ...args], {
    env: litestreamEnvironment(target),
    stdin: 'ignore',
    stdout: 'pipe',
    stderr: 'pipe',
  })
  const [printed, said, code] = await Promise.all([
    child.stdout.text(),
    child.stderr.text(),
    child.exited,
  ])
  return { ok: code === 0, printed, said: said.trim() }
}
