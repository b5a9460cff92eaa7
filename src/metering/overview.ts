/** What all businesses used, from what was copied into the platform's own file. */
import { timestamp, day_ms } from '../kit/clock.ts'
import { meters } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'
import type {
  PlatformDays,
  PlatformDaysAsked,
  TenantUsage,
  TenantUsageFilter,
} from './schema-platform.ts'
import { listTenantUsage, sumDays } from './store-platform.ts'

/** Businesses by their use of one meter in the period they are in. */
export function listUsageOfTenants(read: Read, filter: TenantUsageFilter) {
  const { rows, ...rest } = listTenantUsage(read, filter)
  const data = rows.map(({ id: _id, time_zone: _zone, is_hard, ...row }): TenantUsage => ({
    ...row,
    unit: meters[row.meter].unit,
    is_hard: is_hard === 1,
  }))
  return { data, ...rest }
}

const days_unless_told = 30

/** Of all businesses together. A day without any is not among them. */
export function getPlatformDays(read: Read, asked: PlatformDaysAsked): PlatformDays {
  const { meter } = asked
  const to = asked.to ?? timestamp(read.now_ms + day_ms).slice(0, 10)
  const from = asked.from ?? timestamp(Date.parse(to) - days_unless_told * day_ms).slice(0, 10)
  return { meter, unit: meters[meter].unit, points: sumDays(read, meter, from, to) }
}
