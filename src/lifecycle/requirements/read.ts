/** Looks up what is required of businesses, and how near its time is. */
import { notFound } from '../../kit/problem.ts'
import type { Feature } from '../../kit/terms.ts'
import type { Read } from '../../db/session.ts'
import type { Requirement, RequirementFilter } from './schema.ts'
import { findRequirement, listRequirementRows, type RequirementRow } from './store.ts'

/** @throws Problem `not_found` */
export function getRequirement(read: Read, { id }: { id: string }): Requirement {
  const row = findRequirement(read, id)
  if (!row) throw notFound('requirement', id)
  return toRequirement(read, row)
}

export function listRequirements(read: Read, filter: RequirementFilter) {
  const { rows, ...rest } = listRequirementRows(read, filter)
  return { data: rows.map((row) => toRequirement(read, row)), ...rest }
}

export function toRequirement(read: Pick<Read, 'now'>, row: RequirementRow): Requirement {
  const state = row.met_at ? 'met' : row.waived_at ? 'waived' : 'open'
  return {
    id: row.id,
    tenant_id: row.tenant_id,
    tenant_name: row.tenant_name,
    code: row.code,
    title: row.title,
    detail: row.detail,
    capabilities: JSON.parse(row.capabilities) as Feature[],
    met_by: row.met_by,
    state,
    due: state === 'open' ? dueOf(read, row.due_at) : null,
    due_at: row.due_at,
    met_at: row.met_at,
    waived_at: row.waived_at,
    settled_by: row.settled_by,
    note: row.note,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

function dueOf({ now }: Pick<Read, 'now'>, due_at: string | null): NonNullable<Requirement['due']> {
  if (!due_at) return 'eventually_due'
  return due_at <= now ? 'past_due' : 'currently_due'
}
