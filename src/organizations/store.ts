/** The rows of organizations. */
import type { Read, Write } from '../db/session.ts'

export interface OrganizationRow {
  id: string
  name: string
  slug: string
  is_default: 0 | 1
  metadata: string
  version: number
  created_at: string
  updated_at: string
}

export const findOrganization = (read: Read, id: string): OrganizationRow | undefined =>
  read.get<OrganizationRow>('SELECT * FROM organizations WHERE id = ?', id)

export const insertOrganization = (
  tx: Write,
  row: Pick<OrganizationRow, 'id' | 'name' | 'slug' | 'is_default' | 'metadata'>,
): number =>
  tx.run(
    `INSERT INTO organizations (id, name, slug, is_default, metadata, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.name,
    row.slug,
    row.is_default,
    row.metadata,
    tx.now,
    tx.now,
  )
