/** What jobs tell the outside. */
import type { EventType } from '../events/emit.ts'
import { Job } from './schema.ts'

const told = (state: string, summary: string): EventType => ({
  type: `job.${state}`,
  summary,
  data: Job,
})

export const jobEvents = {
  succeeded: told('succeeded', 'A job is done.'),
  failed: told('failed', 'A job failed and is not tried again.'),
  cancelled: told('cancelled', 'A job was cancelled.'),
  expired: told('expired', 'A job was not begun in time and never will be.'),
}

export const events = Object.values(jobEvents)
