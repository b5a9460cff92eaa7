/** Changes the name, the short name or the notes of an organization. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { organizationUpdated } from './events.ts'
import { refuseTakenSlug } from './found.ts'
import { getOpenOrganization, getOrganization } from './read.ts'
import type { Organization, OrganizationChange } from './schema.ts'
import { updateOrganization } from './store.ts'

/** A field that is absent stays as it is. @throws Problem `not_found`, `organization_archived`, `duplicate_slug` */
export function changeOrganization(
  tx: Write,
  { id, ...change }: OrganizationChange & { id: string },
): Organization {
  const before = getOpenOrganization(tx, { id })
  if (change.slug) refuseTakenSlug(tx, change.slug, id)
  const { name, slug, metadata } = { ...before, ...change }
  updateOrganization(tx, id, { name, slug, metadata: JSON.stringify(metadata) })
  const organization = getOrganization(tx, { id })
  emit(tx, organizationUpdated, id, organization)
  return organization
}
