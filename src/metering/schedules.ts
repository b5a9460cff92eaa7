/** What usage needs done by the clock. */
import type { Schedule } from '../schedule/schedule.ts'
import { measure, watch } from './watch.ts'

export const measureUsage: Schedule = {
  name: 'measure_usage',
  summary: 'Reads how much every business stores and how many people it has, and warns of quotas.',
  cron: '7 * * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run(context) {
    let measured = 0
    await context.eachTenant(async (file) => {
      await measure(context, file)
      measured += 1
    })
    return { measured }
  },
}

/** Who uses something has his file open: looking into those costs next to nothing. */
export const watchUsage: Schedule = {
  name: 'watch_usage',
  summary: 'Warns of quotas of the businesses that are at work, and copies what they used.',
  cron: '*/5 * * * *',
  timezone: 'UTC',
  catch_up: 'skip',
  async run(context) {
    const { data, signal } = context
    let watched = 0
    for (const tenant_id of data.tenants.openIds()) {
      if (signal.aborted) break
      await watch(context, data.tenants.at(tenant_id))
      watched += 1
    }
    return { watched }
  },
}

export const schedules: readonly Schedule[] = [measureUsage, watchUsage]
