/** Questions to the platform's file about all businesses; none of their own files is opened. */
import type { Read } from '../db/session.ts'

export const countByStatus = (read: Read): { status: string; count: number }[] =>
  read.all(
    `SELECT status, count(*) AS count FROM tenants INDEXED BY tenants_by_status
     GROUP BY status ORDER BY status`,
  )

export interface DayRow {
  day: string
  value: number
}

export const foundedByDay = (read: Read, since: string): DayRow[] =>
  read.all(
    `SELECT substr(created_at, 1, 10) AS day, count(*) AS value
     FROM tenants INDEXED BY tenants_by_age WHERE created_at >= ?
     GROUP BY day ORDER BY day LIMIT 400`,
    since,
  )

export const usedByDay = (read: Read, meter: string, since: string): DayRow[] =>
  read.all(
    `SELECT day, sum(quantity) AS value FROM tenant_usage_days INDEXED BY tenant_usage_by_day
     WHERE meter = ? AND day >= ? GROUP BY day ORDER BY day LIMIT 400`,
    meter,
    since,
  )

export interface BusyRow {
  tenant_id: string
  name: string
  api_calls: number
  shipments: number
}

/** Those with most calls in their period. */
export const busiest = (read: Read, limit: number): BusyRow[] =>
  read.all(
    `SELECT u.tenant_id, t.name, u.used AS api_calls, coalesce(s.used, 0) AS shipments
     FROM tenant_usage u JOIN tenants t ON t.id = u.tenant_id
     LEFT JOIN tenant_usage s ON s.tenant_id = u.tenant_id AND s.meter = 'shipments'
     WHERE u.meter = 'api_calls' AND u.used > 0 ORDER BY u.used DESC, u.tenant_id LIMIT ?`,
    limit,
  )

/** When usage was last copied from the business that waits longest; null when there is none. */
export const measuredAt = (read: Read): string | null =>
  read.get<{ at: string | null }>('SELECT max(measured_at) AS at FROM tenant_usage')!.at

export const countFailedMails = (read: Read): number =>
  read.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM mails WHERE organization_id = ''
       AND state = 'failed' LIMIT 1001)`,
  )!.count
