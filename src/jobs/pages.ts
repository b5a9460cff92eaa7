/** The console's pages for jobs. */
import { form, page, submission, type RoomPages, type Visit } from '../operations/page.ts'
import { jobView } from '../../views/jobs/job.tsx'
import { jobsView } from '../../views/jobs/jobs.tsx'
import { jobsCancel, jobsGet, jobsList, jobsRetry } from './api.ts'

const list = page({
  route: 'GET /jobs',
  title: 'Jobs',
  nav: { group: 'Developers', label: 'Jobs', icon: 'clock', permission: 'jobs.read' },
  show: (visit) => jobsView({ page: visit.ask(jobsList, visit.query(jobsList)), url: visit.url }),
})

const one = page({
  route: 'GET /jobs/:id',
  title: 'Job',
  show: (visit: Visit) =>
    jobView({
      job: visit.ask(jobsGet, { id: visit.params.id ?? '' }),
      state: {
        csrf_token: visit.visitor.csrf_token,
        problem: visit.problem,
        fields: visit.fields,
      },
      may_write: visit.may('jobs.write'),
    }),
})

const byId = (_fields: URLSearchParams, { id }: Record<string, string>) => ({ id })

export const pages: RoomPages = {
  pages: [list, one],
  forms: [
    form({
      route: 'POST /jobs/:id/cancel',
      again: one,
      submit: submission(jobsCancel, byId, ({ id, state }) => ({
        to: `/jobs/${id}`,
        say: state === 'cancelled' ? 'The job is cancelled.' : 'The job was asked to stop.',
      })),
    }),
    form({
      route: 'POST /jobs/:id/retry',
      again: one,
      submit: submission(jobsRetry, byId, ({ id }) => ({
        to: `/jobs/${id}`,
        say: 'The job is queued again.',
      })),
    }),
  ],
}
