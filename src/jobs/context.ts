/** Gives a running job its hands: fenced writes, progress, log and artifacts. */
import { day_ms, timestamp } from '../kit/clock.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { Scope } from '../db/scope.ts'
import type { Sync, Write } from '../db/session.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import type { Services } from '../operations/services.ts'
import type { JobContext, LogLevel, Progress } from './kind.ts'
import { requireLease } from './lease.ts'
import {
  artifactsOf,
  findArtifactNamed,
  insertLog,
  putArtifact,
  updateProgress,
  type JobRow,
} from './store.ts'

/** How long what came out of a job is kept. */
export const keep_artifacts_days = 30

export interface ContextOptions {
  data: DataFolder
  file: TenantFile
  scope: Scope
  row: JobRow
  services: Services
  signal: AbortSignal
}

export function openContext(options: ContextOptions): JobContext {
  const { data, file, scope, row, services, signal } = options
  const { id, fence, attempt_count: attempt } = row
  const write = <T>(command: (tx: Write) => Sync<T>, progress?: Progress): Promise<T> =>
    file.write(scope, (tx) => {
      requireLease(tx, id, fence)
      const value = command(tx)
      if (progress) saveProgress(tx, id, progress)
      return value
    })
  return {
    job_id: id,
    tenant_id: file.tenant_id,
    attempt,
    scope,
    data,
    services,
    signal,
    read: (query) => file.read(scope, query),
    write,
    progress: (progress) => write(() => undefined, progress),
    log: (message: string, level: LogLevel = 'info') =>
      write((tx) => {
        insertLog(tx, id, { attempt, level, message })
      }),
    async artifact(name, content, content_type) {
      // Named after the job, so that removing its files never touches those of another.
      const about = { collection: id, name, content_type, of_our_own: true } as const
      const stored = await services.objects(file.tenant_id).put(content, about)
      const replaced = await write((tx) => {
        const before = findArtifactNamed(tx, id, name)
        putArtifact(tx, {
          id: tx.id('art'),
          job_id: id,
          name,
          object_key: stored.key,
          content_type,
          size_bytes: stored.size_bytes,
          sha256: stored.sha256,
          expires_at: timestamp(tx.now_ms + keep_artifacts_days * day_ms),
        })
        const used = before && artifactsOf(tx, id).some((each) => each.object_key === before)
        return used ? undefined : before
      })
      if (replaced) await services.objects(file.tenant_id).remove(replaced)
    },
  }
}

const saveProgress = (tx: Write, id: string, { done, total, note = '' }: Progress): number =>
  updateProgress(tx, id, { done, total: total ?? null, progress_note: note })
