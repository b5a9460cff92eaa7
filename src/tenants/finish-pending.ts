/** Takes away the businesses whose founding a crash interrupted: nobody was told about them. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Services } from '../operations/services.ts'
import { removeUnfinished } from './found.ts'
import { listPendingIds } from './store.ts'

/**
 * Call it at the start, before the doors open. Their tokens were never shown, so that they are of
 * no use to anybody; the caller's retry founds them anew.
 * @param onFailure told of one whose objects cannot be reached: it stays unseen until the next start
 * @returns the ids that were removed
 */
export async function finishPending(
  data: DataFolder,
  objects: Services['objects'],
  onFailure: (error: unknown, tenant_id: string) => void,
): Promise<string[]> {
  const scope = systemScope('tenants')
  const removed: string[] = []
  for (const id of data.platform.read(scope, listPendingIds)) {
    try {
      await removeUnfinished(data, scope, id, objects(id))
      removed.push(id)
    } catch (error) {
      // A bucket that is away must not keep everybody else's doors shut.
      onFailure(error, id)
    }
  }
  return removed
}
