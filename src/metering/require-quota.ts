/** Refuses what a plan does not include any more in this period. */
import { Problem } from '../kit/problem.ts'
import { meters, type Meter } from '../kit/terms.ts'
import { timestamp } from '../kit/clock.ts'
import type { Read } from '../db/session.ts'
import { periodAt } from './period.ts'
import { usedIn } from './total.ts'

/**
 * A soft quota refuses nothing: it only tells. Neither does a business without terms.
 * @param wanted how many more are about to be used; those that are on their way count too
 * @throws Problem `quota_exceeded` with `used`, `included`, `resets_at`, and where another plan is
 */
export function requireQuota(read: Read, meter: Meter, wanted = 1): void {
  const { terms } = read.scope
  const quota = terms?.quotas[meter]
  if (!terms || !quota?.hard) return
  const period = periodAt(read.now_ms, terms)
  const used = usedIn(read, { meter, organization_id: undefined }, period)
  if (used + wanted > quota.included)
    throw quotaExceeded(meter, used, quota.included, period.ends_at_ms)
}

export function quotaExceeded(
  meter: Meter,
  used: number,
  included: number,
  resets_at_ms: number,
): Problem {
  const resets_at = timestamp(resets_at_ms)
  const { unit } = meters[meter]
  const detail = `The plan includes ${included} ${unit} in a period, and ${used} are used; the next one begins at ${resets_at}.`
  return new Problem('quota_exceeded', detail, {
    meter,
    used,
    included,
    resets_at,
    href: '/settings/plan',
  })
}
