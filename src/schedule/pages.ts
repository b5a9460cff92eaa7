/** The operator's pages for the schedule. */
import { form, page, submission, type RoomPages } from '../operations/page.ts'
import { runView, schedulesView, scheduleView } from '../../views/schedule/schedules.tsx'
import {
  scheduleRunsGet,
  scheduleRunsList,
  schedulesGet,
  schedulesList,
  schedulesRun,
} from './api.ts'

const list = page({
  route: 'GET /platform/schedules',
  title: 'Schedule',
  nav: {
    group: 'Machine',
    label: 'Schedule',
    icon: 'clock',
    permission: 'schedules.read',
    level: 'platform',
  },
  show: (visit) => schedulesView({ schedules: visit.ask(schedulesList, {}).data }),
})

const one = page({
  route: 'GET /platform/schedules/:name',
  title: 'Schedule',
  show: (visit) => {
    const name = visit.params.name ?? ''
    return scheduleView({
      schedule: visit.ask(schedulesGet, { name }),
      runs: visit.ask(scheduleRunsList, { ...visit.query(scheduleRunsList), name }),
      // A form that came back is at its own address; the list is still at this one.
      url: new URL(
        `/platform/schedules/${name}${visit.problem ? '' : visit.url.search}`,
        visit.url,
      ),
      state: {
        csrf_token: visit.visitor.csrf_token,
        problem: visit.problem,
        fields: visit.fields,
      },
      may_run: visit.may('schedules.run'),
    })
  },
})

const run = page({
  route: 'GET /platform/schedule-runs/:id',
  title: 'Run',
  show: (visit) => runView({ run: visit.ask(scheduleRunsGet, { id: visit.params.id ?? '' }) }),
})

export const pages: RoomPages = {
  pages: [list, one, run],
  forms: [
    form({
      route: 'POST /platform/schedules/:name/run',
      again: one,
      submit: submission(
        schedulesRun,
        (_fields, { name }) => ({ name }),
        ({ id }) => ({
          to: `/platform/schedule-runs/${id}`,
          say: 'It runs as soon as there is room.',
        }),
      ),
    }),
  ],
}
