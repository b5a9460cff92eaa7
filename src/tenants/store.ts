/** The rows of tenants in `platform.db`. */
import type { Read, Write } from '../db/session.ts'

export interface TenantRow {
  id: string
  name: string
  slug: string
  admin_email: string
  environment: 'sandbox' | 'live'
  status: 'pending' | 'active' | 'suspended'
  status_reason: string
  metadata: string
  version: number
  created_at: string
  updated_at: string
}

export const findTenant = (read: Read, id: string): TenantRow | undefined =>
  read.get<TenantRow>('SELECT * FROM tenants WHERE id = ?', id)

export const insertTenant = (
  tx: Write,
  row: Pick<TenantRow, 'id' | 'name' | 'slug' | 'admin_email' | 'environment' | 'metadata'>,
): number =>
  tx.run(
    `INSERT INTO tenants (id, name, slug, admin_email, environment, status, metadata,
       created_at, updated_at) VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?)`,
    row.id,
    row.name,
    row.slug,
    row.admin_email,
    row.environment,
    row.metadata,
    tx.now,
    tx.now,
  )

export const setStatus = (
  tx: Write,
  id: string,
  status: TenantRow['status'],
  reason = '',
): number =>
  tx.run(
    `UPDATE tenants SET status = ?, status_reason = ?, version = version + 1, updated_at = ?
     WHERE id = ?`,
    status,
    reason,
    tx.now,
    id,
  )
