/** Takes away the businesses whose founding a crash interrupted: nobody was told about them. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { removeUnfinished } from './found.ts'
import { listPendingIds } from './store.ts'

/**
 * Call it at the start, before the doors open. Their tokens were never shown, so that they are of
 * no use to anybody; the caller's retry founds them anew.
 * @returns the ids that were removed
 */
export async function finishPending(data: DataFolder): Promise<string[]> {
  const scope = systemScope('tenants')
  const pending = data.platform.read(scope, listPendingIds)
  for (const id of pending) await removeUnfinished(data, scope, id)
  return pending
}
