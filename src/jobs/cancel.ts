/** Stops a job, or tries again one that did not succeed. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { end } from './end.ts'
import { startBy } from './enqueue.ts'
import { getJob, requireJob } from './read.ts'
import type { Job } from './schema.ts'
import { askToCancel, restartJob } from './store.ts'

/**
 * A queued job never begins. A running one is asked to stop: it does so at its next step, or it
 * succeeds when that was the last. @throws Problem `job_finished`
 */
export function cancelJob(tx: Write, { id }: { id: string }): Job {
  const { state } = requireJob(tx, id)
  if (state !== 'queued' && state !== 'running') {
    throw new Problem('job_finished', `This job has ${state} already.`, { state })
  }
  askToCancel(tx, id)
  return state === 'queued' ? end(tx, id, { state: 'cancelled' }) : getJob(tx, { id })
}

/** @throws Problem `job_not_failed` */
export function retryJob(tx: Write, { id }: { id: string }): Job {
  const { state } = requireJob(tx, id)
  if (state !== 'failed' && state !== 'expired' && state !== 'cancelled') {
    throw new Problem('job_not_failed', `This job is ${state}.`, { state })
  }
  restartJob(tx, id, startBy(tx.now_ms))
  return getJob(tx, { id })
}
