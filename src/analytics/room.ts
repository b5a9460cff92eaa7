/** What this room offers: how the platform and its businesses are doing. */
export { api } from './api.ts'
export { pages } from './pages.ts'
