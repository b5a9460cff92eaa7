/** Removes what came out of jobs when its time is over, and later the jobs themselves. */
import { day_ms, timestamp } from '../kit/clock.ts'
import type { Scope } from '../db/scope.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import type { Write } from '../db/session.ts'
import { deleteArtifact, deleteEndedJobs, expireArtifacts, expiredArtifacts } from './store.ts'

export const keep_jobs_days = 90
const batch = 200

/** @returns how many artifacts and jobs went */
export async function forgetJobs(
  file: TenantFile,
  scope: Scope,
  objects: ObjectStore,
): Promise<{ artifacts: number; jobs: number }> {
  const artifacts = await forgetArtifacts(file, scope, objects)
  let jobs = 0
  for (;;) {
    const removed = await file.write(scope, (tx) =>
      deleteEndedJobs(tx, timestamp(tx.now_ms - keep_jobs_days * day_ms), batch),
    )
    jobs += removed
    if (removed < batch) return { artifacts, jobs }
  }
}

/** The files of one job can be had no more from now on; `forgetJobs` takes them away. */
export const endArtifacts = (tx: Write, job_id: string): number =>
  expireArtifacts(tx, job_id, timestamp(tx.now_ms - 1))

/** The file goes before its row: what is interrupted is found again. */
async function forgetArtifacts(
  file: TenantFile,
  scope: Scope,
  objects: ObjectStore,
): Promise<number> {
  let removed = 0
  for (;;) {
    const expired = file.read(scope, (read) => expiredArtifacts(read, batch))
    for (const { object_key, shared } of expired) if (!shared) await objects.remove(object_key)
    removed += await file.write(scope, (tx) =>
      expired.reduce((sum, { id }) => sum + deleteArtifact(tx, id), 0),
    )
    if (expired.length < batch) return removed
  }
}
