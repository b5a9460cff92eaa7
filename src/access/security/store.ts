/** The row of what everybody here has to keep to, and the list of who proves himself twice. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { TwoFactorFilter } from './schema.ts'

export interface SecuritySettingsRow {
  require_two_factor: 0 | 1
  two_factor_deadline: string | null
  allowed_ips: string
  session_hours: number
  allow_support_access: 0 | 1
  version: number
  updated_at: string | null
}

export const findSecuritySettings = (read: Read): SecuritySettingsRow =>
  read.get<SecuritySettingsRow>('SELECT * FROM security_settings WHERE id = 1')!

export const setSecuritySettings = (
  tx: Write,
  row: Omit<SecuritySettingsRow, 'version' | 'updated_at'>,
): number =>
  tx.run(
    `UPDATE security_settings SET require_two_factor = ?, two_factor_deadline = ?, allowed_ips = ?,
       session_hours = ?, allow_support_access = ?, version = version + 1, updated_at = ?
     WHERE id = 1`,
    row.require_two_factor,
    row.two_factor_deadline,
    row.allowed_ips,
    row.session_hours,
    row.allow_support_access,
    tx.now,
  )

export interface ProvenRow {
  id: string
  email: string
  name: string
  confirmed_at: string | null
  last_seen_at: string | null
}

export const listProvenRows = (read: Read, filter: TwoFactorFilter): Page<ProvenRow> => {
  const { search } = filter
  return listRows<ProvenRow>(read, filter, {
    select: `u.id, u.email, u.name, u.last_seen_at, f.confirmed_at
       FROM users u LEFT JOIN second_factors f ON f.user_id = u.id`,
    where: [
      // Who belongs nowhere any more cannot come in.
      ['EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id AND ?)', 1],
      ['f.confirmed_at IS NOT NULL AND ?', filter.state === 'with' ? 1 : undefined],
      ['f.confirmed_at IS NULL AND ?', filter.state === 'without' ? 1 : undefined],
      ['(instr(lower(u.name), lower(?)) OR instr(lower(u.email), lower(?)))', search, search],
    ],
    // Unique, and its index answers both the order and the search for the next page.
    sortable: { email: 'u.email' },
    default_sort: 'email',
    id: 'u.id',
  })
}

export const countPeople = (read: Read): { with_count: number; without_count: number } =>
  read.get<{ with_count: number; without_count: number }>(
    `SELECT count(f.confirmed_at) AS with_count, count(*) - count(f.confirmed_at) AS without_count
     FROM users u LEFT JOIN second_factors f ON f.user_id = u.id
     WHERE EXISTS (SELECT 1 FROM memberships m WHERE m.user_id = u.id)`,
  )!
