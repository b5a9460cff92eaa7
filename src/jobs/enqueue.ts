/** Puts a job into the queue: it begins as soon as a worker is free. */
import { day_ms, timestamp } from '../kit/clock.ts'
import type { Write } from '../db/session.ts'
import { requireShape } from '../operations/validate.ts'
import type { JobKind } from './kind.ts'
import { ofBusiness } from './of-business.ts'
import { getJob } from './read.ts'
import type { Job } from './schema.ts'
import { insertJob } from './store.ts'

/** A job that could not begin for so long is not wanted any more. */
const start_within_ms = 7 * day_ms

export const startBy = (now_ms: number): string => timestamp(now_ms + start_within_ms)

/**
 * Part of the command that asks for it: no job without its reason, no reason without its job.
 * @throws Problem what the kind refuses with
 */
export function enqueue(asked: Write, kind: JobKind, input: object): Job {
  requireShape(kind.input, input)
  kind.admit(asked)
  const tx = kind.of === 'business' ? ofBusiness(asked) : asked
  const id = tx.id('job')
  insertJob(tx, {
    id,
    kind: kind.kind,
    input: JSON.stringify(input),
    max_attempts: kind.max_attempts,
    due_at: tx.now,
    start_by: startBy(tx.now_ms),
  })
  return getJob(tx, { id })
}
