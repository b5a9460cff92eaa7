/** The rows of interruptions, and the state of a business they lead to. */
import type { Read, Write } from '../db/session.ts'

export interface Life {
  status: 'onboarding' | 'active' | 'restricted' | 'suspended' | 'closing'
  status_reason?: string
  /** When the grace is over; only while it is closing. */
  closes_at?: string
}

export const setLife = (tx: Write, tenant_id: string, life: Life): number =>
  tx.run(
    `UPDATE tenants SET status = ?, status_reason = ?, closes_at = ?,
       version = version + 1, updated_at = ? WHERE id = ?`,
    life.status,
    life.status_reason ?? '',
    life.closes_at ?? null,
    tx.now,
    tenant_id,
  )

export interface PauseRow {
  tenant_id: string
  resumes_as: 'onboarding' | 'active' | 'suspended'
  asked_by: 'operator' | 'tenant'
  told_days: number | null
  began_at: string
}

export const findPause = (read: Read, tenant_id: string): PauseRow | undefined =>
  read.get<PauseRow>('SELECT * FROM tenant_pauses WHERE tenant_id = ?', tenant_id)

export const putPause = (tx: Write, row: Omit<PauseRow, 'began_at'>): number =>
  tx.run(
    `INSERT INTO tenant_pauses (tenant_id, resumes_as, asked_by, told_days, began_at)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (tenant_id) DO UPDATE SET resumes_as = excluded.resumes_as,
       asked_by = excluded.asked_by, told_days = excluded.told_days, began_at = excluded.began_at`,
    row.tenant_id,
    row.resumes_as,
    row.asked_by,
    row.told_days,
    tx.now,
  )

export const deletePause = (tx: Write, tenant_id: string): number =>
  tx.run('DELETE FROM tenant_pauses WHERE tenant_id = ?', tenant_id)

export const setToldDays = (tx: Write, tenant_id: string, days: number): number =>
  tx.run('UPDATE tenant_pauses SET told_days = ? WHERE tenant_id = ?', days, tenant_id)

export interface ClosingRow {
  id: string
  name: string
  admin_email: string
  closes_at: string
  told_days: number | null
}

/** Businesses whose grace ends before a time, those that end first first. */
export const listClosing = (read: Read, before: string, limit: number): ClosingRow[] =>
  read.all<ClosingRow>(
    `SELECT tenants.id, name, admin_email, closes_at, told_days
     FROM tenants LEFT JOIN tenant_pauses ON tenant_id = tenants.id
     WHERE closes_at IS NOT NULL AND closes_at <= ? ORDER BY closes_at LIMIT ?`,
    before,
    limit,
  )

/** Businesses of which something is required, that are paused, or that were told something. */
export const listWatched = (read: Read, after: string, limit: number): string[] =>
  read
    .all<{ tenant_id: string }>(
      `SELECT tenant_id FROM requirements WHERE tenant_id > ?
       UNION SELECT tenant_id FROM tenant_pauses WHERE tenant_id > ?
       UNION SELECT tenant_id FROM told_states WHERE tenant_id > ?
       ORDER BY tenant_id LIMIT ?`,
      after,
      after,
      after,
      limit,
    )
    .map(({ tenant_id }) => tenant_id)

export const findTold = (read: Read, tenant_id: string): string | undefined =>
  read.get<{ state: string }>('SELECT state FROM told_states WHERE tenant_id = ?', tenant_id)?.state

export const putTold = (tx: Write, tenant_id: string, state: string): number =>
  tx.run(
    `INSERT INTO told_states (tenant_id, state, told_at) VALUES (?, ?, ?)
     ON CONFLICT (tenant_id) DO UPDATE SET state = excluded.state, told_at = excluded.told_at`,
    tenant_id,
    state,
    tx.now,
  )
