/** What the house needs to know of this room. */
import { api as ledger } from './api.ts'
import { api as heads } from './heads/api.ts'
import { headSigned } from './heads/keep.ts'

export const api = [...ledger, ...heads]
export const events = [headSigned]
export { pages } from './pages.ts'
export { schedules } from './schedules.ts'
