/** What the house needs to know of this room. */
export { api } from './api.ts'
export { pages } from './pages.ts'
export { events } from './events.ts'
export { schedules } from './schedules.ts'
