/** Plans as they are told: the catalogue, their revisions, and how many are on them. */
import type { Read } from '../db/session.ts'
import { entitlementsOf, getPlanRow, priceOf } from './find.ts'
import type { Plan, PlanFilter, PlanRevision } from './schema.ts'
import { listPlanRows, revisionsOf, type PlanRow } from './store.ts'
import { countSubscribers } from './store-subscriptions.ts'

/** @throws Problem `not_found` */
export const getPlan = (read: Read, { id }: { id: string }): Plan =>
  toPlan(read, getPlanRow(read, id))

export function listPlans(read: Read, filter: PlanFilter) {
  const { rows, ...rest } = listPlanRows(read, filter)
  return { data: rows.map((row) => toPlan(read, row)), ...rest }
}

/** What the plan said, newest first. @throws Problem `not_found` */
export function listRevisions(read: Read, { id }: { id: string }): { data: PlanRevision[] } {
  getPlanRow(read, id)
  return {
    data: revisionsOf(read, id).map((row) => ({
      revision: row.revision,
      name: row.name,
      summary: row.summary,
      price: priceOf(row),
      interval: row.interval,
      trial_days: row.trial_days,
      entitlements: entitlementsOf(row),
      created_by: row.created_by,
      created_at: row.created_at,
      ...on(read, id, row.revision),
    })),
  }
}

function on(read: Read, plan_id: string, revision: number): { subscribers: number } {
  const { subscribers, behind } = countSubscribers(read, plan_id, revision)
  return { subscribers: subscribers - behind }
}

export function toPlan(read: Read, row: PlanRow): Plan {
  const { subscribers, behind } = countSubscribers(read, row.id, row.revision)
  return {
    id: row.id,
    code: row.code,
    family: row.family,
    position: row.position,
    is_public: row.is_public === 1,
    is_self_service: row.is_self_service === 1,
    state: row.state,
    revision: row.revision,
    name: row.name,
    summary: row.summary,
    price: priceOf(row),
    interval: row.interval,
    trial_days: row.trial_days,
    entitlements: entitlementsOf(row),
    subscribers,
    subscribers_behind: behind,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
