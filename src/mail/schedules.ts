/** What mail needs done by the clock. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Sync, Write } from '../db/session.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { deleteExpiredBefore, emptyExpired } from './store.ts'

/** Mails are emptied when their time is over; that there was one is known for so much longer. */
const keep_days = 90
const batch = 500

interface File {
  write<T>(scope: Scope, command: (tx: Write) => Sync<T>): Promise<T>
}

async function drain(file: File, work: (tx: Write) => number): Promise<number> {
  let done = 0
  for (;;) {
    const went = await file.write(systemScope('mail'), work)
    done += went
    if (went < batch) return done
  }
}

export const forgetMails: Schedule = {
  name: 'forget_mails',
  summary: 'Empties mails whose time is over, and forgets them 90 days later.',
  cron: '35 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, eachTenant }) {
    const facts = { emptied: 0, forgotten: 0 }
    const forget = async (file: File) => {
      facts.emptied += await drain(file, (tx) => emptyExpired(tx, batch))
      facts.forgotten += await drain(file, (tx) =>
        deleteExpiredBefore(tx, timestamp(tx.now_ms - keep_days * day_ms), batch),
      )
    }
    await forget(data.platform)
    await eachTenant(forget)
    return facts
  },
}

export const schedules: readonly Schedule[] = [forgetMails]
