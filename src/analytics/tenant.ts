/** How one business is doing: what it did day by day, beside as many days before. */
import { timestamp } from '../kit/clock.ts'
import type { Money } from '../kit/money.ts'
import type { Read } from '../db/session.ts'
import { addDays, dayName, localDay, startOfDay } from '../metering/local-time.ts'
import type { Period } from '../metering/period.ts'
import { totalOf } from '../metering/total.ts'
import type { Beside } from '../operations/outward.ts'
import { getTenant } from '../tenants/read.ts'
import { metrics, type Metric, type Series, type TenantAnalytics } from './schema.ts'
import {
  countOrders,
  countOrganizations,
  countShipments,
  countUsersSeen,
  sumCharges,
} from './store.ts'

interface Asked {
  id: string
  period?: string
  metrics?: Metric[]
}

type Days = (Period & { day: string })[]

/** Reads the business's own file; its days are those of its own clocks. */
export function analyseTenant(read: Read, asked: Asked, { data }: Beside): TenantAnalytics {
  const { id, period = '30d', metrics: wanted = metrics } = asked
  const { time_zone } = data.platform.read(read.scope, (platform) => getTenant(platform, { id }))
  const count = Number(period.slice(0, -1))
  const all = daysUpTo(read.now_ms, count * 2, time_zone)
  const [before, days] = [all.slice(0, count), all.slice(count)]
  const answers: Record<Metric, () => unknown> = {
    api_calls: () =>
      seriesOf(before, days, (one) =>
        totalOf(read, { meter: 'api_calls', organization_id: undefined }, one),
      ),
    shipments: () => seriesOf(before, days, (one) => countShipments(read, ...timesOf(one))),
    orders: () => seriesOf(before, days, (one) => countOrders(read, ...timesOf(one))),
    revenue: () => revenueOf(read, before, days),
    organizations: () => ({ total: countOrganizations(read) }),
    active_users: () => ({ total: countUsersSeen(read, timestamp(days[0]!.starts_at_ms)) }),
  }
  return {
    tenant_id: id,
    period,
    time_zone,
    from: timestamp(days[0]!.starts_at_ms),
    until: timestamp(days.at(-1)!.ends_at_ms),
    metrics: Object.fromEntries(wanted.map((name) => [name, answers[name]()])),
  }
}

/** The last of them is today. A day has 23, 24 or 25 hours, as its clocks say. */
function daysUpTo(now_ms: number, count: number, time_zone: string): Days {
  const today = localDay(now_ms, time_zone)
  return Array.from({ length: count }, (_, index) => {
    const day = addDays(today, index - count + 1)
    return {
      day: dayName(day),
      starts_at_ms: startOfDay(day, time_zone),
      ends_at_ms: startOfDay(addDays(day, 1), time_zone),
    }
  })
}

const timesOf = ({ starts_at_ms, ends_at_ms }: Period): [from: string, until: string] => [
  timestamp(starts_at_ms),
  timestamp(ends_at_ms),
]

const whole = (days: Days): Period => ({
  starts_at_ms: days[0]!.starts_at_ms,
  ends_at_ms: days.at(-1)!.ends_at_ms,
})

function seriesOf(before: Days, days: Days, count: (period: Period) => number): Series {
  const counted = days.map((one) => ({ day: one.day, value: count(one) }))
  return {
    total: counted.reduce((sum, { value }) => sum + value, 0),
    previous: count(whole(before)),
    days: counted,
  }
}

function revenueOf(read: Read, before: Days, days: Days) {
  const charged = (period: Period): Money[] => sumCharges(read, ...timesOf(period))
  return {
    totals: charged(whole(days)),
    previous: charged(whole(before)),
    days: days.map((one) => ({ day: one.day, totals: charged(one) })),
  }
}
