/** Names all businesses, a page at a time: for work that goes through every one of them. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { listIdsAfter, listOnboarding } from './store.ts'

const scope = systemScope('tenants')

export const tenantIds =
  (data: DataFolder) =>
  (after: string, limit: number): readonly string[] =>
    data.platform.read(scope, (read) => listIdsAfter(read, after, limit))

/** Names those whose people are still setting them up, a page at a time. */
export const onboardingIds =
  (data: DataFolder) =>
  (after: string, limit: number): readonly string[] =>
    data.platform.read(scope, (read) => listOnboarding(read, after, limit))
