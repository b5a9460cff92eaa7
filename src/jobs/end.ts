/** Ends a job one way or another, and tells it. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { jobEvents } from './events.ts'
import { toJob } from './read.ts'
import type { Job } from './schema.ts'
import { endJob, findJob } from './store.ts'
import { assert } from '../kit/problem.ts'

export type End =
  | { state: 'succeeded'; output: object }
  | { state: 'failed'; code: string; detail: string }
  | { state: 'cancelled' }
  | { state: 'expired' }

/** The scope is that of the job's organization. */
export function end(tx: Write, id: string, how: End): Job {
  endJob(tx, id, {
    state: how.state,
    output: how.state === 'succeeded' ? JSON.stringify(how.output) : null,
    error_code: how.state === 'failed' ? how.code : '',
    error_detail: how.state === 'failed' ? how.detail : '',
  })
  const row = findJob(tx, id)
  assert(row, 'a job ends in its own organization')
  const job = toJob(row)
  emit(tx, jobEvents[how.state], id, job)
  return job
}
