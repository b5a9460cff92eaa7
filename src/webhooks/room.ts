/** What the house needs to know of this room. */
import { fanOut } from './deliveries/fan-out.ts'

export { api } from './api.ts'
export { events } from './events.ts'
export { schedules } from './schedules.ts'
export const readers = [fanOut]
export { pages } from './pages.ts'
