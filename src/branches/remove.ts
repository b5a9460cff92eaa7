/** Removes a sandbox or a branch: its file, its objects, and every copy of them. */
import { Problem } from '../kit/problem.ts'
import type { Scope } from '../db/scope.ts'
import { accessChanged } from '../operations/access-changed.ts'
import type { Beside } from '../operations/outward.ts'
import { siblingOf } from './read.ts'
import type { Sibling } from './schema.ts'
import { deleteNotes, findSibling, setClosing, setGone } from './store.ts'

interface Remover extends Beside {
  scope: Scope
}

/**
 * Three acts: it closes, its data goes, its row becomes a stone. It can be asked again after a crash,
 * and the eraser of closed businesses finds what nobody asks about again.
 * @param here from which of the family it is asked
 * @returns what it was
 * @throws Problem `not_found`, `conflict` for the live business itself and for where one stands
 */
export async function removeSibling(remover: Remover, here: string, id: string): Promise<Sibling> {
  const { data, scope } = remover
  const platform = { ...scope, organization_id: '' }
  const sibling = await data.platform.write(platform, (tx) => {
    const found = siblingOf(tx, here, id)
    if (found.kind === 'primary') {
      throw new Problem('conflict', 'This is the live business: it is closed, not removed.')
    }
    setClosing(tx, id)
    tx.afterCommit(accessChanged)
    return found
  })
  await removeData(remover, id)
  await data.platform.write(platform, (tx) => {
    deleteNotes(tx, id)
    setGone(tx, id)
    tx.afterCommit(accessChanged)
  })
  return { ...sibling, status: 'deleted' }
}

async function removeData({ data, services }: Remover, id: string): Promise<void> {
  await data.tenants.withClosed(id, 'It is being removed.', async () => {
    await services.copies?.release(id)
    await services.objects(id).removeAll()
    await services.copies?.forget(id)
    await data.tenants.discard(id)
  })
}

/** For the clock. @returns the id of the live business it stands beside; undefined when it is gone */
export const parentOf = ({ data, scope }: Remover, id: string): string | undefined =>
  data.platform.read(scope, (read) => findSibling(read, id)?.parent_id ?? undefined)
