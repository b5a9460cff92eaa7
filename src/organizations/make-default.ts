/** Makes another organization the default: whoever leads that one leads the business from now on. */
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { countOwners, isOwnerOf } from '../access/owners.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { organizationUpdated } from './events.ts'
import { getOpenOrganization, getOrganization, toOrganization } from './read.ts'
import type { Organization } from './schema.ts'
import { findDefaultOrganization, findOrganization, setDefaultOrganization } from './store.ts'

/**
 * The one who decides keeps the business: a person must be an owner there as well. An organization
 * without an owner cannot lead.
 * @throws Problem `not_found`, `organization_archived`, `not_default`
 */
export function makeDefault(tx: Write, { id }: { id: string }): Organization {
  const { is_default, name } = getOpenOrganization(tx, { id })
  if (is_default) return getOrganization(tx, { id })
  if (countOwners(tx, id) === 0) {
    throw new Problem('not_default', `${name} has no owner, who would lead the business.`)
  }
  if (tx.scope.actor.kind === 'user' && !isOwnerOf(tx, tx.scope.actor.id, id)) {
    throw new Problem(
      'not_default',
      `You are not an owner of ${name}: you would lose the business.`,
    )
  }
  const before = findDefaultOrganization(tx)!
  setDefaultOrganization(tx, before.id, id)
  tx.afterCommit(accessChanged)
  // Who decides stands in the old one, and may not reach the new one any more.
  const organization = toOrganization(findOrganization(tx, id)!)
  emit(tx, organizationUpdated, before.id, toOrganization(findOrganization(tx, before.id)!))
  emit(tx, organizationUpdated, id, organization)
  return organization
}
