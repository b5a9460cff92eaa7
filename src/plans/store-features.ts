/** The rows of switches and rollouts. */
import { listRows, type ListRequest, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'

export interface SwitchRow {
  feature: string
  reason: string
  since: string
  switched_by: string
}

export interface FlagRow {
  id: string
  feature: string
  percentage: number
  reason: string
  updated_by: string
  version: number
  created_at: string
  updated_at: string
}

export interface FlagTenantRow {
  flag_id: string
  tenant_id: string
  tenant_name: string
  is_on: 0 | 1
  set_at: string
  set_by: string
}

export const switchedOff = (read: Read): SwitchRow[] =>
  read.all<SwitchRow>('SELECT * FROM kill_switches ORDER BY feature LIMIT 200')

export const insertSwitch = (tx: Write, feature: string, reason: string): number =>
  tx.run(
    `INSERT OR REPLACE INTO kill_switches (feature, reason, since, switched_by) VALUES (?, ?, ?, ?)`,
    feature,
    reason,
    tx.now,
    tx.scope.actor.name,
  )

export const deleteSwitch = (tx: Write, feature: string): number =>
  tx.run('DELETE FROM kill_switches WHERE feature = ?', feature)

export const allFlags = (read: Read): FlagRow[] =>
  read.all<FlagRow>('SELECT * FROM flags ORDER BY feature LIMIT 200')

export const findFlag = (read: Read, id: string): FlagRow | undefined =>
  read.get<FlagRow>('SELECT * FROM flags WHERE id = ?', id)

export const findFlagOf = (read: Read, feature: string): FlagRow | undefined =>
  read.get<FlagRow>('SELECT * FROM flags WHERE feature = ?', feature)

export const listFlagRows = (read: Read, request: ListRequest): Page<FlagRow> =>
  listRows<FlagRow>(read, request, {
    select: '* FROM flags',
    where: [],
    sortable: { created_at: 'created_at', feature: 'feature' },
    default_sort: 'created_at',
    id: 'id',
  })

export const insertFlag = (
  tx: Write,
  row: Pick<FlagRow, 'id' | 'feature' | 'percentage' | 'reason'>,
): number =>
  tx.run(
    `INSERT INTO flags (id, feature, percentage, reason, updated_by, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.feature,
    row.percentage,
    row.reason,
    tx.scope.actor.name,
    tx.now,
    tx.now,
  )

export const updateFlag = (
  tx: Write,
  id: string,
  row: Pick<FlagRow, 'percentage' | 'reason'>,
): number =>
  tx.run(
    `UPDATE flags SET percentage = ?, reason = ?, updated_by = ?, version = version + 1,
       updated_at = ? WHERE id = ?`,
    row.percentage,
    row.reason,
    tx.scope.actor.name,
    tx.now,
    id,
  )

export const deleteFlag = (tx: Write, id: string): number =>
  tx.run('DELETE FROM flags WHERE id = ?', id)

/** Those that are named on a flag, by name. */
export const listNamedRows = (
  read: Read,
  flag_id: string,
  request: ListRequest,
): Page<FlagTenantRow> =>
  listRows<FlagTenantRow>(read, request, {
    select: `f.*, f.tenant_id AS id, t.name AS tenant_name FROM flag_tenants f
      JOIN tenants t ON t.id = f.tenant_id`,
    where: [['f.flag_id = ?', flag_id]],
    sortable: { tenant_id: 'f.tenant_id' },
    default_sort: 'tenant_id',
    id: 'f.tenant_id',
  })

export const countNamed = (read: Read, flag_id: string): { on_count: number; off_count: number } =>
  read.get(
    `SELECT coalesce(sum(is_on), 0) AS on_count, count(*) - coalesce(sum(is_on), 0) AS off_count
     FROM flag_tenants WHERE flag_id = ?`,
    flag_id,
  )!

/** What the flags say about one business by name. */
export const namedFor = (read: Read, tenant_id: string): { flag_id: string; is_on: 0 | 1 }[] =>
  read.all('SELECT flag_id, is_on FROM flag_tenants WHERE tenant_id = ? LIMIT 200', tenant_id)

export const putNamed = (tx: Write, flag_id: string, tenant_id: string, is_on: boolean): number =>
  tx.run(
    `INSERT OR REPLACE INTO flag_tenants (flag_id, tenant_id, is_on, set_at, set_by)
     VALUES (?, ?, ?, ?, ?)`,
    flag_id,
    tenant_id,
    is_on ? 1 : 0,
    tx.now,
    tx.scope.actor.name,
  )

export const deleteNamed = (tx: Write, flag_id: string, tenant_id: string): number =>
  tx.run('DELETE FROM flag_tenants WHERE flag_id = ? AND tenant_id = ?', flag_id, tenant_id)
