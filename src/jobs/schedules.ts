/** What jobs need done by the clock. */
import { systemScope } from '../db/scope.ts'
import type { Schedule } from '../schedule/schedule.ts'
import { forgetJobs } from './forget.ts'

export const forgetOldJobs: Schedule = {
  name: 'forget_jobs',
  summary: 'Removes files that came out of jobs after 30 days, and jobs after 90.',
  cron: '30 3 * * *',
  timezone: 'UTC',
  catch_up: 'once',
  async run({ services, eachTenant }) {
    const facts = { artifacts: 0, jobs: 0 }
    await eachTenant(async (file) => {
      const scope = systemScope('jobs', '', file.tenant_id)
      const went = await forgetJobs(file, scope, services.objects(file.tenant_id))
      facts.artifacts += went.artifacts
      facts.jobs += went.jobs
    })
    return facts
  },
}

export const schedules: readonly Schedule[] = [forgetOldJobs]
