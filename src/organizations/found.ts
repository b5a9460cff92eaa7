/** Founds an organization inside a business: a team, a brand, or a seller on a marketplace. */
import type { Write } from '../db/session.ts'
import { insertOrganization } from './store.ts'

export interface NewOrganization {
  name: string
  slug: string
  is_default?: boolean
  metadata?: Record<string, string>
}

/** @returns the id of the new organization */
export function foundOrganization(tx: Write, wanted: NewOrganization): string {
  const id = tx.id('org')
  insertOrganization(tx, {
    id,
    name: wanted.name,
    slug: wanted.slug,
    is_default: wanted.is_default ? 1 : 0,
    metadata: JSON.stringify(wanted.metadata ?? {}),
  })
  return id
}
