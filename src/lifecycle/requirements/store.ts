/** The rows of requirements. */
import { listRows, type Condition, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { RequirementFilter } from './schema.ts'

export interface RequirementRow {
  id: string
  tenant_id: string
  tenant_name: string
  code: string
  title: string
  detail: string
  capabilities: string
  met_by: 'automatic' | 'operator' | 'tenant'
  due_at: string | null
  told_days: number | null
  met_at: string | null
  waived_at: string | null
  settled_by: string
  note: string
  version: number
  created_at: string
  updated_at: string
}

const open = 'met_at IS NULL AND waived_at IS NULL'
const columns = `r.*, t.name AS tenant_name FROM requirements r JOIN tenants t ON t.id = r.tenant_id`

export const findRequirement = (read: Read, id: string): RequirementRow | undefined =>
  read.get<RequirementRow>(`SELECT ${columns} WHERE r.id = ?`, id)

export const findByCode = (
  read: Read,
  tenant_id: string,
  code: string,
): RequirementRow | undefined =>
  read.get<RequirementRow>(
    `SELECT ${columns} WHERE r.tenant_id = ? AND r.code = ?`,
    tenant_id,
    code,
  )

/** A business has few; more than a hundred is nobody's. */
export const most_per_tenant = 100

export const requirementsOf = (read: Read, tenant_id: string): RequirementRow[] =>
  read.all<RequirementRow>(
    `SELECT ${columns} WHERE r.tenant_id = ? ORDER BY r.created_at, r.id LIMIT ?`,
    tenant_id,
    most_per_tenant,
  )

export const openRequirementsOf = (read: Read, tenant_id: string): RequirementRow[] =>
  read.all<RequirementRow>(
    `SELECT ${columns} WHERE r.tenant_id = ? AND ${open} ORDER BY due_at LIMIT ?`,
    tenant_id,
    most_per_tenant,
  )

export const pastDueOf = (read: Read, tenant_id: string): RequirementRow[] =>
  read.all<RequirementRow>(
    `SELECT ${columns} WHERE r.tenant_id = ? AND ${open} AND due_at <= ?
     ORDER BY due_at LIMIT ?`,
    tenant_id,
    read.now,
    most_per_tenant,
  )

export const hasPastDue = (read: Read, tenant_id: string): boolean =>
  pastDueOf(read, tenant_id).length > 0

const dueIs: Readonly<Record<NonNullable<RequirementFilter['due']>, (now: string) => Condition[]>> =
  {
    past_due: (now) => [[open], ['r.due_at <= ?', now]],
    currently_due: (now) => [[open], ['r.due_at > ?', now]],
    eventually_due: () => [[open], ['r.due_at IS NULL']],
  }

export const listRequirementRows = (
  read: Read,
  filter: RequirementFilter,
): Page<RequirementRow> => {
  const { state, due } = filter
  const states = { open, met: 'met_at IS NOT NULL', waived: 'waived_at IS NOT NULL' }
  return listRows<RequirementRow>(read, filter, {
    select: columns,
    where: [
      ['r.tenant_id = ?', filter.tenant_id],
      ['r.code = ?', filter.code],
      ...(due ? dueIs[due](read.now) : []),
      ...(state ? [[states[state]] satisfies Condition] : []),
    ],
    sortable: { created_at: 'r.created_at' },
    default_sort: '-created_at',
    id: 'r.id',
  })
}

export const insertRequirement = (
  tx: Write,
  row: Pick<
    RequirementRow,
    'id' | 'tenant_id' | 'code' | 'title' | 'detail' | 'capabilities' | 'met_by' | 'due_at'
  >,
): number =>
  tx.run(
    `INSERT INTO requirements (id, tenant_id, code, title, detail, capabilities, met_by, due_at,
       created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.tenant_id,
    row.code,
    row.title,
    row.detail,
    row.capabilities,
    row.met_by,
    row.due_at,
    tx.now,
    tx.now,
  )

export const setSettled = (
  tx: Write,
  id: string,
  how: { met: boolean; settled_by: string; note: string },
): number =>
  tx.run(
    `UPDATE requirements SET met_at = ?, waived_at = ?, settled_by = ?, note = ?,
       version = version + 1, updated_at = ? WHERE id = ?`,
    how.met ? tx.now : null,
    how.met ? null : tx.now,
    how.settled_by,
    how.note,
    tx.now,
    id,
  )

export const setOpen = (tx: Write, id: string, due_at: string | null): number =>
  tx.run(
    `UPDATE requirements SET met_at = NULL, waived_at = NULL, settled_by = '', note = '',
       due_at = ?, told_days = NULL, version = version + 1, updated_at = ? WHERE id = ?`,
    due_at,
    tx.now,
    id,
  )

export const setTold = (tx: Write, id: string, told_days: number): number =>
  tx.run('UPDATE requirements SET told_days = ? WHERE id = ?', told_days, id)
