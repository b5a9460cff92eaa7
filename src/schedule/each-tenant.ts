/** Goes through all businesses for one run: bounded, resumable, and past those that fail. */
import { minute_ms, timestamp } from '../kit/clock.ts'
import { systemScope } from '../db/scope.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import { insertFailure, saveProgress, type FailureRow, type RunRow } from './store.ts'

/** Ids of businesses in order, after one of them: a page of a list that is never held whole. */
export type TenantIds = (after: string, limit: number) => readonly string[]

/** The process is stopping: the run stays open and goes on with the next start. */
export class CutOff extends Error {}

const page = 20
/** A business that hangs is given up; the others have their turn. */
const longest_ms = 10 * minute_ms

export interface Progress {
  position: string
  tenants_done: number
  tenants_failed: number
}

/**
 * Progress is saved once a page, with the failures of that page.
 * @throws CutOff
 */
export async function eachTenant(
  data: DataFolder,
  run: RunRow,
  tenants: TenantIds,
  signal: AbortSignal,
  work: (file: TenantFile) => Promise<void>,
): Promise<Progress> {
  let { position, tenants_done, tenants_failed } = run
  for (;;) {
    const ids = tenants(position, page)
    const failures: FailureRow[] = []
    for (const tenant_id of ids) {
      if (signal.aborted) break
      try {
        await withinTime(work(data.tenants.at(tenant_id)))
      } catch (error) {
        // Work that was interrupted is no failure of this business: it comes first next time.
        if (signal.aborted) break
        const detail = error instanceof Error ? error.message : String(error)
        failures.push({ tenant_id, detail, failed_at: timestamp(data.clock.now()) })
      }
      tenants_done += 1
      position = tenant_id
    }
    tenants_failed += failures.length
    await data.platform.write(systemScope('schedule'), (tx) => {
      for (const failure of failures) insertFailure(tx, run.id, failure)
      saveProgress(tx, run.id, { position, tenants_done, tenants_failed })
    })
    if (signal.aborted) throw new CutOff('the process is stopping')
    if (ids.length < page) return { position, tenants_done, tenants_failed }
  }
}

async function withinTime(work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`It took more than ${longest_ms / minute_ms} minutes.`)),
      longest_ms,
    )
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
