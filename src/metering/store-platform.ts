/** The rows of `platform.db` about what every business used. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { Meter } from '../kit/terms.ts'
import type { TenantUsageFilter } from './schema-platform.ts'

export interface TenantUsageRow {
  tenant_id: string
  meter: Meter
  used: number
  included: number | null
  is_hard: 0 | 1
  share_percent: number | null
  projected: number | null
  projected_from_days: number | null
  plan_code: string
  time_zone: string
  period_starts_at: string
  period_ends_at: string
  measured_at: string
}

export const tenantUsage = (read: Read, tenant_id: string): TenantUsageRow[] =>
  read.all('SELECT * FROM tenant_usage WHERE tenant_id = ? ORDER BY meter', tenant_id)

export const nameOfTenant = (read: Read, tenant_id: string): string =>
  read.get<{ name: string }>('SELECT name FROM tenants WHERE id = ?', tenant_id)?.name ?? ''

export const putTenantUsage = (tx: Write, row: TenantUsageRow): number =>
  tx.run(
    `INSERT INTO tenant_usage (tenant_id, meter, used, included, is_hard, share_percent, projected,
       projected_from_days, plan_code, time_zone, period_starts_at, period_ends_at, measured_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (tenant_id, meter) DO UPDATE SET used = excluded.used,
       included = excluded.included, is_hard = excluded.is_hard,
       share_percent = excluded.share_percent, projected = excluded.projected,
       projected_from_days = excluded.projected_from_days, plan_code = excluded.plan_code,
       time_zone = excluded.time_zone, period_starts_at = excluded.period_starts_at,
       period_ends_at = excluded.period_ends_at, measured_at = excluded.measured_at`,
    row.tenant_id,
    row.meter,
    row.used,
    row.included,
    row.is_hard,
    row.share_percent,
    row.projected,
    row.projected_from_days,
    row.plan_code,
    row.time_zone,
    row.period_starts_at,
    row.period_ends_at,
    row.measured_at,
  )

export interface DayRow {
  tenant_id: string
  meter: Meter
  /** `2026-11-21`, of the business's own calendar. */
  day: string
  quantity: number
}

export const putTenantDay = (tx: Write, row: DayRow): number =>
  tx.run(
    `INSERT INTO tenant_usage_days (tenant_id, meter, day, quantity) VALUES (?, ?, ?, ?)
     ON CONFLICT (tenant_id, meter, day) DO UPDATE SET quantity = excluded.quantity`,
    row.tenant_id,
    row.meter,
    row.day,
    row.quantity,
  )

/** Businesses by their use of one meter; one that is gone is not among them. */
export const listTenantUsage = (
  read: Read,
  { meter, ...filter }: TenantUsageFilter,
): Page<TenantUsageRow & { id: string; name: string }> =>
  listRows(read, filter, {
    select:
      'u.*, u.tenant_id AS id, t.name FROM tenant_usage u JOIN tenants t ON t.id = u.tenant_id',
    where: [
      ['u.meter = ?', meter],
      ['u.share_percent >= ?', filter.share_from],
    ],
    sortable: { used: 'u.used' },
    default_sort: '-used',
    id: 'u.tenant_id',
  })

/** Of all businesses together, day by day. */
export const sumDays = (
  read: Read,
  meter: Meter,
  from: string,
  to: string,
): { day: string; quantity: number; tenants: number }[] =>
  read.all(
    `SELECT day, sum(quantity) AS quantity, count(*) AS tenants FROM tenant_usage_days
     WHERE meter = ? AND day >= ? AND day <= ? GROUP BY day ORDER BY day LIMIT 400`,
    meter,
    from,
    to,
  )
