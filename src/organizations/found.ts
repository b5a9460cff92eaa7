/** Founds an organization inside a business: a team, a brand, or a seller on a marketplace. */
import { Problem } from '../kit/problem.ts'
import { freeSlug } from '../kit/slug.ts'
import type { Write } from '../db/session.ts'
import { ownOrganization } from '../access/add-member.ts'
import { emit } from '../events/emit.ts'
import { requireRoom } from '../plans/require-room.ts'
import { organizationCreated } from './events.ts'
import { inviteAll } from './invite.ts'
import { toOrganization } from './read.ts'
import type { NewOrganization, Organization } from './schema.ts'
import {
  countOrganizations,
  findOrganization,
  findOrganizationBySlug,
  insertOrganization,
} from './store.ts'

/**
 * The person who creates it becomes its owner; others are invited by mail, all of them or nobody.
 * @throws Problem `duplicate_slug`, `limit_reached`, and as `inviteAll`
 */
export function createOrganization(tx: Write, wish: NewOrganization): Organization {
  requireRoom(tx, 'organizations', countOrganizations(tx))
  const id = foundOrganization(tx, wish)
  ownOrganization(tx, id)
  inviteAll(tx, id, wish.invite_users ?? [], 'invite_users')
  const organization = toOrganization(findOrganization(tx, id)!)
  emit(tx, organizationCreated, id, organization)
  return organization
}

/** The organization alone, without an owner. @returns its id */
export function foundOrganization(
  tx: Write,
  wish: NewOrganization & { id?: string; is_default?: boolean },
): string {
  if (wish.slug) refuseTakenSlug(tx, wish.slug)
  const id = wish.id ?? tx.id('org')
  insertOrganization(tx, {
    id,
    name: wish.name,
    slug: wish.slug ?? freeSlug(wish.name, (slug) => Boolean(findOrganizationBySlug(tx, slug))),
    is_default: wish.is_default ? 1 : 0,
    metadata: JSON.stringify(wish.metadata ?? {}),
  })
  return id
}

export function refuseTakenSlug(tx: Write, slug: string, but_for_id = ''): void {
  const taken = findOrganizationBySlug(tx, slug)
  if (!taken || taken.id === but_for_id) return
  throw new Problem('duplicate_slug', `${slug} is the short name of another organization.`)
}
