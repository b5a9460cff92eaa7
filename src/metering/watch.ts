/** Looks after the usage of one business: readings, warnings, and a copy for the operator. */
import { hour_ms } from '../kit/clock.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Read } from '../db/session.ts'
import type { TenantFile } from '../db/tenant-files.ts'
import type { RunContext } from '../schedule/schedule.ts'
import { keepReadings, objectBytes } from './gauges.ts'
import { addDays, dayName, localDay, readDay, startOfDay } from './local-time.ts'
import { periodAt, toTimes } from './period.ts'
import { standingOf } from './standing.ts'
import { homeOf, touchedHours } from './store.ts'
import {
  putTenantDay,
  putTenantUsage,
  tenantUsage,
  type DayRow,
  type TenantUsageRow,
} from './store-platform.ts'
import { termsOf } from './terms-of.ts'
import { usedIn } from './total.ts'
import { reached, warn } from './warn.ts'

type House = Pick<RunContext, 'data' | 'services'>

/** Reads the gauges of this hour, and then does what `watch` does. */
export async function measure(house: House, file: TenantFile): Promise<void> {
  const object_bytes = await objectBytes(house.services.objects(file.tenant_id))
  await file.write(scopeFor(house, file), (tx) => keepReadings(tx, object_bytes))
  await watch(house, file)
}

/** Warns of quotas, and copies what changed to where the operator sees all businesses at once. */
export async function watch(house: House, file: TenantFile): Promise<void> {
  const scope = scopeFor(house, file)
  if (file.read(scope, reached).length > 0) await file.write(scope, warn)
  const { platform } = house.data
  const known = platform.read(scope, (read) => tenantUsage(read, file.tenant_id))
  const { standing, days } = file.read(scope, (read) => ({
    standing: standingRows(read),
    days: touchedDays(read, known[0]?.measured_at ?? ''),
  }))
  if (days.length === 0 && isSame(known, standing)) return
  await platform.write(systemScope('metering'), (tx) => {
    for (const row of standing) putTenantUsage(tx, row)
    for (const row of days) putTenantDay(tx, row)
  })
}

/** Warnings are the default organization's: it is the business itself. */
function scopeFor({ services }: House, file: TenantFile): Scope {
  const { tenant_id } = file
  const scope = systemScope('metering', '', tenant_id)
  const organization_id = file.read(scope, homeOf)
  return { ...scope, organization_id, terms: services.terms?.(tenant_id) }
}

function standingRows(read: Read): TenantUsageRow[] {
  const terms = termsOf(read)
  const period = periodAt(read.now_ms, terms)
  const { starts_at: period_starts_at, ends_at: period_ends_at } = toTimes(period)
  return standingOf(read, period).map((each) => ({
    tenant_id: read.scope.tenant_id,
    meter: each.meter,
    used: each.used,
    included: each.included,
    is_hard: each.is_hard ? 1 : 0,
    share_percent: each.share_percent,
    projected: each.projected,
    projected_from_days: each.projected_from_days,
    plan_code: terms.plan_code,
    time_zone: terms.time_zone,
    period_starts_at,
    period_ends_at,
    measured_at: read.now,
  }))
}

/** What is projected moves with the clock: that alone is no reason to write. */
const isSame = (known: readonly TenantUsageRow[], rows: readonly TenantUsageRow[]): boolean =>
  JSON.stringify(known.map(steady).sort()) === JSON.stringify(rows.map(steady).sort())

const steady = (row: TenantUsageRow): string =>
  [row.meter, row.used, row.included, row.is_hard, row.plan_code, row.period_starts_at].join(' ')

/** Days of the business's calendar to which something was added since, with what they are now. */
function touchedDays(read: Read, since: string): DayRow[] {
  const { time_zone } = termsOf(read)
  const { tenant_id } = read.scope
  const touched = new Map<string, DayRow>()
  for (const { meter, hour } of touchedHours(read, since)) {
    const begins_ms = Date.parse(`${hour}:00:00.000Z`)
    // In a zone that is half an hour off, an hour of UTC can belong to two days.
    for (const at_ms of [begins_ms, begins_ms + hour_ms - 1]) {
      const day = dayName(localDay(at_ms, time_zone))
      touched.set(`${meter} ${day}`, { tenant_id, meter, day, quantity: 0 })
    }
  }
  return [...touched.values()].map((row) => {
    const day = readDay(row.day)
    const whole = {
      starts_at_ms: startOfDay(day, time_zone),
      ends_at_ms: startOfDay(addDays(day, 1), time_zone),
    }
    return {
      ...row,
      quantity: usedIn(read, { meter: row.meter, organization_id: undefined }, whole),
    }
  })
}
