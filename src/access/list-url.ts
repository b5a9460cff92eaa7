/** The address of the list a page shows. */
import type { Visit } from '../operations/page.ts'

/** A form that came back is shown under its own address; its list is still at this one. */
export const listUrl = (visit: Visit, path: string): URL =>
  visit.problem ? new URL(path, visit.url) : visit.url
