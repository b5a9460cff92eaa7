/** What setting businesses up needs done by the clock. */
import { statSync } from 'node:fs'
import { day_ms, timestamp } from '../kit/clock.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { onboardingIds } from '../tenants/tenant-ids.ts'
import { activateWhenReady } from './set-up/activate.ts'
import { deleteSignUpsBefore, emptyPasswordsOfEnded } from './sign-up/store.ts'

const scope = systemScope('set-up')
const keep_sign_ups_days = 90
const page = 50

/** What a file looked like when it was looked into: one that nobody wrote since is not opened again. */
const looked = new Map<string, number>()

/** A write touches the log beside the file, a checkpoint the file. */
function lastChange(data: DataFolder, tenant_id: string): number {
  const path = data.tenants.pathOf(tenant_id)
  const times = [path, `${path}-wal`].map((each) => statSync(each, { throwIfNoEntry: false }))
  return Math.max(...times.map((stats) => stats?.mtimeMs ?? 0))
}

/**
 * A business is `onboarding` until its owner has come in and the required steps are done. It works
 * like any other meanwhile, so a few minutes more or less are nobody's loss.
 */
export const finishOnboarding: Schedule = {
  name: 'finish_onboarding',
  summary: 'Looks which businesses have done what they need, and calls them active.',
  cron: '*/5 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data, log, signal }) {
    const ids = onboardingIds(data)
    let [looked_at, activated, after] = [0, 0, '']
    for (;;) {
      const some = ids(after, page)
      for (const id of some) {
        if (signal.aborted) return { looked_at, activated }
        after = id
        const changed_ms = lastChange(data, id)
        if (looked.get(id) === changed_ms) continue
        looked_at += 1
        // One file at a time, with requests in between.
        await new Promise<void>((resolve) => setImmediate(resolve))
        try {
          activated += await activateWhenReady(data, id)
          looked.set(id, changed_ms)
        } catch (err) {
          log.warn({ err, tenant_id: id }, 'a business that is being set up could not be looked at')
        }
      }
      if (some.length < page) return { looked_at, activated }
    }
  },
}

export const forgetSignUps: Schedule = {
  name: 'forget_sign_ups',
  summary: 'Forgets who asked to sign up, and the passwords of those who did not come.',
  cron: '40 3 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ data }) {
    return data.platform.write(scope, (tx) => ({
      emptied: emptyPasswordsOfEnded(tx),
      forgotten: deleteSignUpsBefore(tx, timestamp(tx.now_ms - keep_sign_ups_days * day_ms)),
    }))
  },
}

export const schedules: readonly Schedule[] = [finishOnboarding, forgetSignUps]
