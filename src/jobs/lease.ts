/** Takes a job for a worker, and takes jobs back from workers that are gone. */
import { timestamp } from '../kit/clock.ts'
import type { Scope } from '../db/scope.ts'
import { rescoped, type Read, type Write } from '../db/session.ts'
import { end } from './end.ts'
import {
  holdsLease,
  leaseJob,
  nextDueAt,
  nextQueued,
  requeueJob,
  runningJobs,
  type JobRow,
} from './store.ts'

export const lease_ms = 60_000

/** The worker has been replaced: whatever it still wants to write is refused. */
export class LeaseLost extends Error {}

/** @throws LeaseLost */
export function requireLease(read: Read, id: string, fence: number): void {
  if (!holdsLease(read, id, fence)) throw new LeaseLost(`the lease of ${id} is lost`)
}

/** Work is done in the name of whoever asked for it. */
export const scopeOf = (row: JobRow, tenant_id: string): Scope => ({
  tenant_id,
  organization_id: row.organization_id,
  actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
  request_id: row.request_id,
  ip: '',
  user_agent: '',
})

/** The same open write, on behalf of the job's organization. */
export const within = (tx: Write, row: JobRow): Write =>
  rescoped(tx, scopeOf(row, tx.scope.tenant_id))

/** A running job whose worker let the lease run out, or is of a process that is gone. */
export const isAbandoned = (row: JobRow, worker: string, now: string): boolean =>
  row.leased_by !== worker || (row.leased_until ?? '') < now

/** What a worker has to look at: jobs that are due, abandoned, or to be cancelled. */
export interface Situation {
  /** Something can be leased, taken back or ended now. */
  ready: boolean
  /** When that will be so, as far as it is known now. */
  next_at: string | undefined
  /** Ids of running jobs that were asked to stop. */
  to_cancel: string[]
}

export function survey(read: Read, worker: string): Situation {
  const next_at = nextDueAt(read)
  const running = runningJobs(read)
  const due = next_at !== undefined && next_at <= read.now
  const expiry = running[0]?.leased_until ?? undefined
  return {
    ready: due || running.some((row) => isAbandoned(row, worker, read.now)),
    next_at: [next_at, expiry].filter((at) => at !== undefined && at > read.now).sort()[0],
    to_cancel: running.filter((row) => row.cancel_requested_at).map(({ id }) => id),
  }
}

/** One abandoned job goes back to the queue, or ends when it has had its tries. */
export function takeBack(tx: Write, row: JobRow): void {
  if (row.cancel_requested_at) end(tx, row.id, { state: 'cancelled' })
  else if (row.attempt_count < row.max_attempts) requeueJob(tx, row.id, tx.now)
  else {
    const detail = `Its worker was lost ${row.attempt_count} times.`
    end(tx, row.id, { state: 'failed', code: 'worker_lost', detail })
  }
}

/** @returns the job as it is now leased, or undefined when none is due */
export function lease(tx: Write, worker: string): JobRow | undefined {
  const row = nextQueued(tx)
  if (!row) return undefined
  leaseJob(tx, row.id, worker, timestamp(tx.now_ms + lease_ms))
  return { ...row, fence: row.fence + 1, attempt_count: row.attempt_count + 1 }
}
