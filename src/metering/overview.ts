/** What all businesses used, from what was copied into the platform's own file. */
import { timestamp, day_ms } from '../kit/clock.ts'
import { invalid } from '../kit/problem.ts'
import { meters } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'
import type { Beside } from '../operations/outward.ts'
import { addDays, dayName, readDay } from './local-time.ts'
import { getUsage } from './read.ts'
import { most_points, type UsageAsked } from './schema.ts'
import type {
  BusinessUsage,
  PlatformDays,
  PlatformDaysAsked,
  TenantUsage,
  TenantUsageFilter,
} from './schema-platform.ts'
import { listTenantUsage, nameOfTenant, sumDays } from './store-platform.ts'

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

/** Of one business, with its name: whoever looks is not in it. */
export const getUsageOfTenant = (
  read: Read,
  { id, ...asked }: UsageAsked & { id: string },
  { data }: Beside,
): BusinessUsage => ({
  ...getUsage(read, asked),
  tenant_id: id,
  name: data.platform.read({ ...read.scope, organization_id: '' }, (platform) =>
    nameOfTenant(platform, id),
  ),
})

const days_unless_told = 30

/** Of all businesses together, every day of the time. @throws Problem `invalid` */
export function getPlatformDays(read: Read, asked: PlatformDaysAsked): PlatformDays {
  const { meter } = asked
  const to = asked.to ?? timestamp(read.now_ms).slice(0, 10)
  const from = asked.from ?? dayName(addDays(readDay(to), 1 - days_unless_told))
  const days = (Date.parse(to) - Date.parse(from)) / day_ms + 1
  if (days < 1) throw invalid('/query/to', 'It ends before it begins.')
  if (days > most_points) throw invalid('/query/to', `At most ${most_points} days at once.`)
  const sums = new Map(sumDays(read, meter, from, to).map((row) => [row.day, row]))
  const points = Array.from({ length: days }, (_, index) => {
    const day = dayName(addDays(readDay(from), index))
    return sums.get(day) ?? { day, quantity: 0, tenants: 0 }
  })
  return { meter, unit: meters[meter].unit, points }
}
