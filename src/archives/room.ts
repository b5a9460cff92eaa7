/** What the house needs to know of this room. */
export { api } from './api.ts'
export { jobs } from './kind.ts'
export { pages } from './pages.ts'
