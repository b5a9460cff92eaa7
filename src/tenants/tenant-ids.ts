/** Names all businesses, a page at a time: for work that goes through every one of them. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { listIdsAfter } from './store.ts'

const scope = systemScope('tenants')

export const tenantIds =
  (data: DataFolder) =>
  (after: string, limit: number): readonly string[] =>
    data.platform.read(scope, (read) => listIdsAfter(read, after, limit))
