/** How each meter stands: what is used, what is included, and where the pace leads. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { meter_names, meters, type Meter, type Terms } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'
import type { Period } from './period.ts'
import type { MeterUsage } from './schema.ts'
import { firstRecordAt, highestReading } from './store.ts'
import { totalOf, usedIn } from './total.ts'

/** The pace is that of so many days, or of as many as there are since the first record. */
const pace_days = 7

/** Of the whole business, in one period. A quota and a projection are of the period that goes on. */
export function standingOf(read: Read, period: Period): MeterUsage[] {
  const goes_on = read.now_ms >= period.starts_at_ms && read.now_ms < period.ends_at_ms
  return meter_names.map((meter) => ({
    ...used(read, meter, undefined, period),
    ...quotaOf(read.scope.terms, meter, read, period),
    ...(goes_on ? projection(read, meter, period) : unprojected),
    resets_at: goes_on ? timestamp(period.ends_at_ms) : null,
  }))
}

/** Of one organization: what it counted. Quotas and gauges are of the business. */
export const standingOfOrganization = (read: Read, period: Period): MeterUsage[] =>
  meter_names
    .filter((meter) => meters[meter].kind === 'counter')
    .map((meter) => ({
      ...used(read, meter, read.scope.organization_id, period),
      ...without_quota,
      ...unprojected,
      resets_at: null,
    }))

const without_quota = { included: null, is_hard: false, share_percent: null }
const unprojected = { projected: null, projected_from_days: null }

function used(read: Read, meter: Meter, organization_id: string | undefined, period: Period) {
  const { kind, unit, summary } = meters[meter]
  const [from, until] = [timestamp(period.starts_at_ms), timestamp(period.ends_at_ms)]
  return {
    meter,
    kind,
    unit,
    summary,
    used: usedIn(read, { meter, organization_id }, period),
    highest: kind === 'gauge' ? highestReading(read, meter, from, until) : null,
  }
}

function quotaOf(terms: Terms | undefined, meter: Meter, read: Read, period: Period) {
  const quota = terms?.quotas[meter]
  if (!quota) return without_quota
  const { included, hard } = quota
  const share_percent = shareOf(
    usedIn(read, { meter, organization_id: undefined }, period),
    included,
  )
  return { included, is_hard: hard, share_percent }
}

/** Rounded down: 100 is said when it is reached. Of nothing, anything is all of it. */
export const shareOf = (used: number, included: number): number =>
  included > 0 ? Math.floor((used / included) * 100) : used > 0 ? 100 : 0

/**
 * What is used already, and the rest of the period at the pace of the last seven days; of as many
 * whole days as there are, and at least one, in a business that is younger.
 */
function projection(read: Read, meter: Meter, period: Period) {
  const first_at = firstRecordAt(read)
  if (meters[meter].kind === 'gauge' || !first_at) return unprojected
  const age_days = Math.ceil((read.now_ms - Date.parse(first_at)) / day_ms)
  const projected_from_days = Math.min(pace_days, Math.max(1, age_days))
  const asked = { meter, organization_id: undefined }
  const window_ms = projected_from_days * day_ms
  const lately = { starts_at_ms: read.now_ms - window_ms, ends_at_ms: read.now_ms + 1 }
  const rest_ms = period.ends_at_ms - read.now_ms
  const more = Math.round((totalOf(read, asked, lately) * rest_ms) / window_ms)
  return { projected: totalOf(read, asked, period) + more, projected_from_days }
}
