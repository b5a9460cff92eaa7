/** Puts an organization aside when nothing is open in it, and takes it back. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { requireRoom } from '../plans/require-room.ts'
import { organizationArchived, organizationRestored } from './events.ts'
import { getOrganization } from './read.ts'
import type { Organization } from './schema.ts'
import { countOrganizations, setArchived } from './store.ts'
import { openThings } from './store-open.ts'

/**
 * From now on it can be read by its members and by those who lead the business, and nothing can be
 * written in it. One that is archived already stays as it is.
 * @throws Problem `not_found`, `organization_in_use` for the default one and while something is open
 */
export function archiveOrganization(tx: Write, { id }: { id: string }): Organization {
  const { name, is_default, archived_at } = getOrganization(tx, { id })
  if (archived_at) return getOrganization(tx, { id })
  if (is_default) {
    const why = `${name} is the business itself. Make another one the default first.`
    throw new Problem('organization_in_use', why, { open: [] })
  }
  const open = openThings(tx, id)
  if (open.length > 0) {
    const said = open.map(({ what, count }) => `${what}: ${count}`).join('; ')
    throw new Problem('organization_in_use', `Open in ${name}: ${said}.`, { open })
  }
  setArchived(tx, id, tx.now)
  tx.afterCommit(accessChanged)
  const organization = getOrganization(tx, { id })
  emit(tx, organizationArchived, id, organization)
  return organization
}

/** @throws Problem `not_found`, `limit_reached` when the plan has no room for it any more */
export function restoreOrganization(tx: Write, { id }: { id: string }): Organization {
  if (!getOrganization(tx, { id }).archived_at) return getOrganization(tx, { id })
  requireRoom(tx, 'organizations', countOrganizations(tx))
  setArchived(tx, id, null)
  tx.afterCommit(accessChanged)
  const organization = getOrganization(tx, { id })
  emit(tx, organizationRestored, id, organization)
  return organization
}
