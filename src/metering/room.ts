/** What the house needs to know of this room. */
export { api } from './api.ts'
export { events } from './events.ts'
export { jobs } from './export.ts'
export { pages } from './pages.ts'
export { readers } from './count-jobs.ts'
export { schedules } from './schedules.ts'
