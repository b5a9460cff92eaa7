/** What webhooks need done by the clock. */
import { systemScope } from '../db/scope.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { nextDue } from './deliveries/store.ts'
import { forgetDeliveries } from './deliveries/forget.ts'

const batch = 500

/** Opening a file wakes its dispatcher; this finds what a closed file still has to send. */
export const sweepWebhooks: Schedule = {
  name: 'sweep_webhooks',
  summary: 'Looks into every business for deliveries that wait, in case one was overlooked.',
  cron: '25 * * * *',
  timezone: 'UTC',
  catch_up: 'skip',
  async run({ eachTenant }) {
    let waiting = 0
    await eachTenant((file) => {
      const scope = systemScope('webhooks', '', file.tenant_id)
      if (file.read(scope, nextDue) !== undefined) waiting += 1
      return Promise.resolve()
    })
    return { businesses_with_deliveries: waiting }
  },
}

export const forgetOldDeliveries: Schedule = {
  name: 'forget_webhook_deliveries',
  summary: 'Forgets deliveries that succeeded 30 days ago or were given up 90 days ago.',
  cron: '40 3 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ eachTenant }) {
    let forgotten = 0
    await eachTenant(async (file) => {
      const scope = systemScope('webhooks', '', file.tenant_id)
      for (;;) {
        const went = await file.write(scope, (tx) => forgetDeliveries(tx, batch))
        forgotten += went
        if (went < batch) return
      }
    })
    return { forgotten }
  },
}

export const schedules: readonly Schedule[] = [sweepWebhooks, forgetOldDeliveries]
