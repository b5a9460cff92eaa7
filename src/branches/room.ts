/** What the house needs to know of this room. */
export { api } from './api.ts'
export { schedules } from './schedules.ts'
export { pages } from './pages.ts'
