/** What the ground floor itself needs done by the clock. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Sync, Write } from '../db/session.ts'
import { forgetKeys } from '../operations/idempotency.ts'
import type { Schedule } from './schedule.ts'
import { deleteRunsBefore } from './store.ts'

/** A retry comes within minutes; a day leaves room for an outage of the caller. */
export const keep_keys_days = 1
export const keep_runs_days = 90
const batch = 500

interface File {
  write<T>(scope: Scope, command: (tx: Write) => Sync<T>): Promise<T>
}

/** Removes in small writes, so that nobody waits long. @param remove tells how many went */
async function drain(file: File, remove: (tx: Write) => number): Promise<number> {
  let removed = 0
  for (;;) {
    const went = await file.write(systemScope('upkeep'), remove)
    removed += went
    if (went < batch) return removed
  }
}

const daysAgo = (tx: Write, days: number) => timestamp(tx.now_ms - days * day_ms)

export const forgetIdempotencyKeys: Schedule = {
  name: 'forget_idempotency_keys',
  summary: 'Forgets answers that were kept for retries, a day after they were given.',
  cron: '10 3 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, eachTenant }) {
    const forget = (tx: Write) => forgetKeys(tx, daysAgo(tx, keep_keys_days), batch)
    let forgotten = await drain(data.platform, forget)
    await eachTenant(async (file) => {
      forgotten += await drain(file, forget)
    })
    return { forgotten }
  },
}

export const forgetScheduleRuns: Schedule = {
  name: 'forget_schedule_runs',
  summary: 'Forgets runs of the schedule that are older than 90 days.',
  cron: '20 3 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  run: async ({ data }) => ({
    forgotten: await drain(data.platform, (tx) =>
      deleteRunsBefore(tx, daysAgo(tx, keep_runs_days), batch),
    ),
  }),
}

export const schedules: readonly Schedule[] = [forgetIdempotencyKeys, forgetScheduleRuns]
