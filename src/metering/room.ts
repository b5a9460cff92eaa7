/** What the house needs to know of this room. */
export { readers } from './count-jobs.ts'
