/** Counts jobs that were started, from what they tell when they end. */
import type { OutboxReader } from '../events/read-outbox.ts'
import type { Job } from '../jobs/schema.ts'
import { meter } from './meter.ts'

const is_end = /^job\.(succeeded|failed|cancelled|expired)$/

export const countJobs: OutboxReader = {
  name: 'metering_jobs',
  concerns: (_, events) => events.some(({ type }) => is_end.test(type)),
  handle(tx, events) {
    for (const { type, subject_id, organization_id, data } of events) {
      if (!is_end.test(type)) continue
      const { started_at } = JSON.parse(data) as Pick<Job, 'started_at'>
      // One that was cancelled or expired in the queue used nothing.
      if (!started_at) continue
      // Tried again, it starts again.
      const key = `jobs:${subject_id}:${started_at}`
      meter(tx, 'jobs', key, 1, { subject_id, organization_id, occurred_at: started_at })
    }
  },
}

export const readers: readonly OutboxReader[] = [countJobs]
