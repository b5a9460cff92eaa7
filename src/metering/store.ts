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

interface Sum {
  total: number
}

/** Sum of the hours from one to before another, `2026-11-21T09`. */
export function sumHours(read: Read, asked: Asked, from: string, until: string): number {
  const { meter, organization_id } = asked
  const what = 'SELECT coalesce(sum(quantity), 0) AS total'
  const { total } =
    organization_id === undefined
      ? read.get<Sum>(
          `${what} FROM usage_hours WHERE meter = ? AND hour >= ? AND hour < ?`,
          meter,
          from,
          until,
        )!
      : read.get<Sum>(
          `${what} FROM usage_hours_of_organizations
           WHERE organization_id = ? AND meter = ? AND hour >= ? AND hour < ?`,
          organization_id,
          meter,
          from,
          until,
        )!
  return total
}

/** Sum of the records from one moment to before another: for the edge of an hour. */
export function sumRecords(read: Read, asked: Asked, from: string, until: string): number {
  const { meter, organization_id } = asked
  const what = 'SELECT coalesce(sum(quantity), 0) AS total FROM usage_records'
  const { total } =
    organization_id === undefined
      ? read.get<Sum>(
          `${what} WHERE meter = ? AND occurred_at >= ? AND occurred_at < ?`,
          meter,
          from,
          until,
        )!
      : read.get<Sum>(
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

/** The highest reading of a gauge from one moment to before another; null when there is none. */
export const highestReading = (
  read: Read,
  meter: Meter,
  from: string,
  until: string,
): number | null =>
  read.get<{ highest: number | null }>(
    `SELECT max(quantity) AS highest FROM usage_records
     WHERE meter = ? AND occurred_at >= ? AND occurred_at < ?`,
    meter,
    from,
    until,
  )!.highest

/** When anything was counted first. */
export const firstRecordAt = (read: Read): string | undefined =>
  read.get<{ occurred_at: string }>(
    'SELECT occurred_at FROM usage_records ORDER BY occurred_at, id LIMIT 1',
  )?.occurred_at

export const findByKey = (read: Read, key: string): NamedUsageRow | undefined =>
  read.get<NamedUsageRow>(`SELECT ${named} WHERE u.key = ?`, key)

/** A line with the name of its organization; none for what belongs to the business as a whole. */
export type NamedUsageRow = UsageRow & { organization_name: string | null }

const named = `u.*, o.name AS organization_name FROM usage_records u
  LEFT JOIN organizations o ON o.id = u.organization_id`

/** @param organization_id the one organization that is visible; undefined for all */
export const listUsageRows = (
  read: Read,
  filter: UsageFilter,
  organization_id: string | undefined,
): Page<NamedUsageRow> =>
  listRows<NamedUsageRow>(read, filter, {
    select: named,
    where: [
      ['u.organization_id = ?', organization_id],
      ['u.meter = ?', filter.meter],
      ["u.subject_id = ? AND u.subject_id <> ''", filter.subject_id],
      ['u.occurred_at >= ?', filter.from],
      ['u.occurred_at < ?', filter.to],
    ],
    sortable: { occurred_at: 'u.occurred_at' },
    default_sort: '-occurred_at',
    id: 'u.id',
  })

export interface AlertRow {
  meter: Meter
  period_starts_at: string
  threshold_percent: number
  used: number
  included: number
  reached_at: string
}

export const alertsOf = (
  read: Read,
  period_starts_at: string,
): Omit<AlertRow, 'period_starts_at'>[] =>
  read.all(
    `SELECT meter, threshold_percent, used, included, reached_at FROM usage_alerts
     WHERE period_starts_at = ? ORDER BY reached_at, meter, threshold_percent`,
    period_starts_at,
  )

/** @returns 0 when it was reached in this period already */
export const insertAlert = (tx: Write, row: AlertRow): number =>
  tx.run(
    `INSERT INTO usage_alerts
       (meter, period_starts_at, threshold_percent, used, included, reached_at)
     VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    row.meter,
    row.period_starts_at,
    row.threshold_percent,
    row.used,
    row.included,
    row.reached_at,
  )

export const hasAlert = (
  read: Read,
  meter: Meter,
  period_starts_at: string,
  threshold_percent: number,
): boolean =>
  read.get(
    `SELECT 1 FROM usage_alerts
     WHERE meter = ? AND period_starts_at = ? AND threshold_percent = ?`,
    meter,
    period_starts_at,
    threshold_percent,
  ) !== undefined

/** Hours of the business to which something was added since. */
export const touchedHours = (read: Read, since: string): { meter: Meter; hour: string }[] =>
  read.all('SELECT meter, hour FROM usage_hours WHERE touched_at >= ?', since)

/** Of the file as it is, what waits in the WAL included. */
export const fileBytes = (read: Read): number =>
  read.get<{ bytes: number }>(
    'SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()',
  )!.bytes

export const countPeople = (read: Read): number =>
  read.get<{ people: number }>('SELECT count(DISTINCT user_id) AS people FROM memberships')!.people

/** E-mail addresses of those who own the business. */
export const ownersOf = (read: Read): string[] =>
  read
    .all<{ email: string }>(
      `SELECT u.email FROM organizations o
       JOIN memberships m ON m.organization_id = o.id AND m.role = 'owner'
       JOIN users u ON u.id = m.user_id
       WHERE o.is_default = 1 ORDER BY u.email LIMIT 100`,
    )
    .map(({ email }) => email)

export const isOrganization = (read: Read, id: string): boolean =>
  read.get('SELECT 1 FROM organizations WHERE id = ?', id) !== undefined

export const homeOf = (read: Read): string =>
  read.get<{ id: string }>('SELECT id FROM organizations WHERE is_default = 1')?.id ?? ''
