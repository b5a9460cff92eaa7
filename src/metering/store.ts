/** The rows of usage in a business's own file. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { Meter } from '../kit/terms.ts'
import type { UsageFilter } from './schema.ts'

export interface UsageRow {
  id: string
  key: string
  meter: Meter
  quantity: number
  organization_id: string
  subject_id: string
  occurred_at: string
  recorded_at: string
  plan_code: string
  is_late: 0 | 1
  reason: string
  corrected_by: string
}

/** @returns 0 when there is a record of this key already */
export const insertUsage = (tx: Write, row: UsageRow): number =>
  tx.run(
    `INSERT INTO usage_records (id, key, meter, quantity, organization_id, subject_id, occurred_at,
       recorded_at, plan_code, is_late, reason, corrected_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING`,
    row.id,
    row.key,
    row.meter,
    row.quantity,
    row.organization_id,
    row.subject_id,
    row.occurred_at,
    row.recorded_at,
    row.plan_code,
    row.is_late,
    row.reason,
    row.corrected_by,
  )

export interface TermsRow {
  plan_code: string
  time_zone: string
  period_day: number
}

export const findTerms = (read: Read): TermsRow | undefined =>
  read.get<TermsRow>('SELECT plan_code, time_zone, period_day FROM usage_terms')

export const putTerms = (tx: Write, row: TermsRow): number =>
  tx.run(
    `INSERT INTO usage_terms (only_one, plan_code, time_zone, period_day) VALUES (1, ?, ?, ?)
     ON CONFLICT (only_one) DO UPDATE SET plan_code = excluded.plan_code,
       time_zone = excluded.time_zone, period_day = excluded.period_day`,
    row.plan_code,
    row.time_zone,
    row.period_day,
  )

/** What of a meter is asked: of the whole business, or of one organization. */
export interface Asked {
  meter: Meter
  organization_id: string | undefined
}

interface Sums {
  total: number
  highest: number | null
}

/** Sum and highest of the hours from one to before another, `2026-11-21T09`. */
export function sumHours(read: Read, asked: Asked, from: string, until: string): Sums {
  const { meter, organization_id } = asked
  const what = 'SELECT coalesce(sum(quantity), 0) AS total, max(quantity) AS highest'
  return organization_id === undefined
    ? read.get<Sums>(
        `${what} FROM usage_hours WHERE meter = ? AND hour >= ? AND hour < ?`,
        meter,
        from,
        until,
      )!
    : read.get<Sums>(
        `${what} FROM usage_hours_of_organizations
         WHERE organization_id = ? AND meter = ? AND hour >= ? AND hour < ?`,
        organization_id,
        meter,
        from,
        until,
      )!
}

/** Sum of the records from one moment to before another: for the edge of an hour. */
export function sumRecords(read: Read, asked: Asked, from: string, until: string): number {
  const { meter, organization_id } = asked
  const what = 'SELECT coalesce(sum(quantity), 0) AS total FROM usage_records'
  const { total } =
    organization_id === undefined
      ? read.get<Sums>(
          `${what} WHERE meter = ? AND occurred_at >= ? AND occurred_at < ?`,
          meter,
          from,
          until,
        )!
      : read.get<Sums>(
          `${what} WHERE organization_id = ? AND meter = ? AND occurred_at >= ? AND occurred_at < ?`,
          organization_id,
          meter,
          from,
          until,
        )!
  return total
}

/** The latest reading of a gauge from one moment to before another. */
export const lastReading = (
  read: Read,
  meter: Meter,
  from: string,
  until: string,
): number | undefined =>
  read.get<{ quantity: number }>(
    `SELECT quantity FROM usage_records WHERE meter = ? AND occurred_at >= ? AND occurred_at < ?
     ORDER BY occurred_at DESC, id DESC LIMIT 1`,
    meter,
    from,
    until,
  )?.quantity

/** When anything was counted first. */
export const firstRecordAt = (read: Read): string | undefined =>
  read.get<{ occurred_at: string }>(
    'SELECT occurred_at FROM usage_records ORDER BY occurred_at, id LIMIT 1',
  )?.occurred_at

export const hasKey = (read: Read, key: string): boolean =>
  read.get('SELECT 1 FROM usage_records WHERE key = ?', key) !== undefined

/** @param organization_id the one organization that is visible; undefined for all */
export const listUsageRows = (
  read: Read,
  filter: UsageFilter,
  organization_id: string | undefined,
): Page<UsageRow> =>
  listRows<UsageRow>(read, filter, {
    select: '* FROM usage_records',
    where: [
      ['organization_id = ?', organization_id],
      ['meter = ?', filter.meter],
      ["subject_id = ? AND subject_id <> ''", filter.subject_id],
      ['occurred_at >= ?', filter.from],
      ['occurred_at < ?', filter.to],
    ],
    sortable: { occurred_at: 'occurred_at' },
    default_sort: '-occurred_at',
    id: 'id',
  })
