/** What the house needs to know of this room: mail on its way out. */
export { api } from './api.ts'
export { events } from './events.ts'
export { pages } from './pages.ts'
export { schedules } from './schedules.ts'
