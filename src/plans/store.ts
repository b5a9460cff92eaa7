/** The rows of plans and their revisions, in `platform.db`. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { PlanFilter } from './schema.ts'

/** A plan with what one of its revisions says. */
export interface PlanRow {
  id: string
  code: string
  family: string
  position: number
  state: 'draft' | 'active' | 'retired'
  is_public: 0 | 1
  is_self_service: 0 | 1
  /** The revision that is told here. */
  revision: number
  name: string
  summary: string
  price_minor: number | null
  currency: string
  interval: 'month' | 'year'
  trial_days: number
  entitlements: string
  version: number
  created_at: string
  updated_at: string
}

export interface RevisionRow {
  plan_id: string
  revision: number
  name: string
  summary: string
  price_minor: number | null
  currency: string
  interval: 'month' | 'year'
  trial_days: number
  entitlements: string
  created_by: string
  created_at: string
}

const columns = `p.id, p.code, p.family, p.position, p.state, p.is_public, p.is_self_service,
  r.revision, r.name, r.summary, r.price_minor, r.currency, r.interval, r.trial_days, r.entitlements,
  p.version, p.created_at, p.updated_at`
const current = `${columns} FROM plans p
  JOIN plan_revisions r ON r.plan_id = p.id AND r.revision = p.revision`

export const findPlan = (read: Read, id: string): PlanRow | undefined =>
  read.get<PlanRow>(`SELECT ${current} WHERE p.id = ?`, id)

export const findPlanWithCode = (read: Read, code: string): PlanRow | undefined =>
  read.get<PlanRow>(`SELECT ${current} WHERE p.code = ?`, code)

/** The plan as an earlier revision has it. */
export const findPlanAt = (read: Read, id: string, revision: number): PlanRow | undefined =>
  read.get<PlanRow>(
    `SELECT ${columns} FROM plans p JOIN plan_revisions r ON r.plan_id = p.id
     WHERE p.id = ? AND r.revision = ?`,
    id,
    revision,
  )

/** The lists as they are offered, in their order. */
export const plansOnOffer = (read: Read): PlanRow[] =>
  read.all<PlanRow>(
    `SELECT ${current} WHERE p.state = 'active' AND p.is_public = 1
     ORDER BY p.family, p.position, p.id LIMIT 100`,
  )

export const listPlanRows = (read: Read, filter: PlanFilter): Page<PlanRow> => {
  const { search } = filter
  return listRows<PlanRow>(read, filter, {
    select: current,
    where: [
      ['p.state = ?', filter.state],
      ['p.family = ?', filter.family],
      ['(instr(lower(r.name), lower(?)) OR instr(p.code, lower(?)))', search, search],
    ],
    sortable: { created_at: 'p.created_at', code: 'p.code' },
    default_sort: 'created_at',
    id: 'p.id',
  })
}

export const insertPlan = (
  tx: Write,
  row: Pick<PlanRow, 'id' | 'code' | 'family' | 'position' | 'is_public' | 'is_self_service'>,
): number =>
  tx.run(
    `INSERT INTO plans (id, code, family, position, state, is_public, is_self_service, revision,
       created_at, updated_at) VALUES (?, ?, ?, ?, 'draft', ?, ?, 1, ?, ?)`,
    row.id,
    row.code,
    row.family,
    row.position,
    row.is_public,
    row.is_self_service,
    tx.now,
    tx.now,
  )

export const insertRevision = (
  tx: Write,
  row: Omit<RevisionRow, 'created_by' | 'created_at'>,
): number =>
  tx.run(
    `INSERT INTO plan_revisions (plan_id, revision, name, summary, price_minor, currency, interval,
       trial_days, entitlements, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.plan_id,
    row.revision,
    row.name,
    row.summary,
    row.price_minor,
    row.currency,
    row.interval,
    row.trial_days,
    row.entitlements,
    tx.scope.actor.name,
    tx.now,
  )

export const updatePlan = (
  tx: Write,
  id: string,
  row: Pick<
    PlanRow,
    'family' | 'position' | 'state' | 'is_public' | 'is_self_service' | 'revision'
  >,
): number =>
  tx.run(
    `UPDATE plans SET family = ?, position = ?, state = ?, is_public = ?, is_self_service = ?,
       revision = ?, version = version + 1, updated_at = ? WHERE id = ?`,
    row.family,
    row.position,
    row.state,
    row.is_public,
    row.is_self_service,
    row.revision,
    tx.now,
    id,
  )

export const deletePlan = (tx: Write, id: string): number =>
  tx.run('DELETE FROM plans WHERE id = ?', id)

export const revisionsOf = (read: Read, plan_id: string): RevisionRow[] =>
  read.all<RevisionRow>(
    'SELECT * FROM plan_revisions WHERE plan_id = ? ORDER BY revision DESC LIMIT 100',
    plan_id,
  )
