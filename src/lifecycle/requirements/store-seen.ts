/** What a tenant's own file shows of the requirements that are seen by themselves. */
import type { Read } from '../../db/session.ts'

/** In a sandbox the accounts are simulated, and count as well. */
export const hasCarrier = (read: Read): boolean =>
  read.get('SELECT 1 FROM carrier_connections WHERE active = 1 LIMIT 1') !== undefined

/** Owners of the default organization own the business; a thousand is more than anybody has. */
export const ownersOf = (read: Read): { has_come_in: boolean; has_second_factor: boolean }[] =>
  read
    .all<{ has_come_in: number; has_second_factor: number }>(
      `SELECT users.password_hash IS NOT NULL AS has_come_in,
         EXISTS (SELECT 1 FROM second_factors
           WHERE user_id = users.id AND confirmed_at IS NOT NULL) AS has_second_factor
       FROM memberships
       JOIN organizations ON organizations.id = memberships.organization_id AND is_default = 1
       JOIN users ON users.id = memberships.user_id
       WHERE role = 'owner' LIMIT 1000`,
    )
    .map((row) => ({
      has_come_in: row.has_come_in === 1,
      has_second_factor: row.has_second_factor === 1,
    }))
