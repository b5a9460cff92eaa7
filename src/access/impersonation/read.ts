/** Lists who looked through whose eyes: for the operator across businesses, for a business its own. */
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope } from '../../db/scope.ts'
import type { Read } from '../../db/session.ts'
import type { Beside } from '../../operations/outward.ts'
import { listOwnRecords, type ImpersonationRow } from './platform-store.ts'
import type {
  Impersonation,
  ImpersonationFilter,
  SupportVisit,
  SupportVisitFilter,
} from './schema.ts'
import { findVisit, listVisitRows, type SupportVisitRow } from './store.ts'

/** Whether one is over is for the business to say: it may have shown support out, or forbidden it. */
export function listImpersonations(read: Read, filter: ImpersonationFilter, { data }: Beside) {
  const { rows, ...rest } = listOwnRecords(read, filter)
  const said = rows.map((row) => toImpersonation(row, read.now))
  return { data: said.map((one) => (one.state === 'open' ? asTold(data, one) : one)), ...rest }
}

function asTold(data: DataFolder, one: Impersonation): Impersonation {
  const { id, tenant_id } = one
  if (!data.tenants.exists(tenant_id)) return one
  const scope = systemScope('impersonations')
  const visit = data.tenants.at(tenant_id).read(scope, (read) => findVisit(read, id))
  return visit?.ended_at ? { ...one, state: 'ended', ended_at: visit.ended_at } : one
}

export function toImpersonation(row: ImpersonationRow, now: string): Impersonation {
  const state = row.started_at
    ? stateOf(row.ended_at, row.expires_at!, now)
    : row.link_expires_at > now
      ? 'offered'
      : 'lapsed'
  return {
    id: row.id,
    tenant_id: row.tenant_id,
    tenant_name: row.tenant_name,
    user_id: row.user_id,
    user_name: row.user_name,
    staff_name: row.staff_name,
    reason: row.reason,
    read_only: row.read_only === 1,
    minutes: row.minutes,
    state,
    started_at: row.started_at,
    expires_at: row.expires_at,
    ended_at: row.ended_at,
    created_at: row.created_at,
  }
}

/** Those who lead the business read it. */
export function listSupportVisits(read: Read, filter: SupportVisitFilter) {
  const { rows, ...rest } = listVisitRows(read, filter)
  return { data: rows.map((row) => toSupportVisit(row, read.now)), ...rest }
}

export const toSupportVisit = (row: SupportVisitRow, now: string): SupportVisit => ({
  id: row.id,
  user_id: row.user_id,
  user_name: row.user_name,
  staff_name: row.staff_name,
  reason: row.reason,
  read_only: row.read_only === 1,
  state: stateOf(row.ended_at, row.expires_at, now),
  started_at: row.started_at,
  expires_at: row.expires_at,
  ended_at: row.ended_at,
  ended_by: row.ended_by,
})

const stateOf = (
  ended_at: string | null,
  expires_at: string,
  now: string,
): 'open' | 'ended' | 'expired' => (ended_at ? 'ended' : expires_at > now ? 'open' : 'expired')
