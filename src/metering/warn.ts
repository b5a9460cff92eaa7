/** Tells the owners when half, four fifths or all of what the plan includes is used. */
import { timestamp } from '../kit/clock.ts'
import { meters, type Meter } from '../kit/terms.ts'
import type { Read, Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { queueMail } from '../mail/queue.ts'
import { thresholdReached } from './events.ts'
import { periodAt, toTimes, type Period } from './period.ts'
import { shareOf } from './standing.ts'
import { hasAlert, insertAlert, ownersOf } from './store.ts'
import { usedIn } from './total.ts'

const thresholds = [100, 80, 50]

interface Reached {
  meter: Meter
  used: number
  included: number
  is_hard: boolean
  /** The highest that nobody was told of yet. */
  threshold_percent: number
}

/** Quotas with a share that was reached and not told of. */
export const reached = (read: Read): Reached[] => reachedIn(read, currentPeriod(read))

function reachedIn(read: Read, period: Period): Reached[] {
  const starts_at = timestamp(period.starts_at_ms)
  return Object.entries(read.scope.terms?.quotas ?? {}).flatMap(([name, { included, hard }]) => {
    const meter = name as Meter
    const used = usedIn(read, { meter, organization_id: undefined }, period)
    const share = shareOf(used, included)
    const threshold_percent = thresholds.find((each) => share >= each)
    if (!threshold_percent || hasAlert(read, meter, starts_at, threshold_percent)) return []
    return [{ meter, used, included, is_hard: hard, threshold_percent }]
  })
}

/** Without terms there are no quotas, and this is not asked. */
const currentPeriod = (read: Read): Period =>
  periodAt(read.now_ms, read.scope.terms ?? { time_zone: 'UTC', period_day: 1 })

/**
 * One event and one mail for the highest share that is new; lower ones that were passed on the way
 * are not told of any more. Each is told once in a period: a correction that lowers the usage does
 * not take it back, and does not make it come again.
 */
export function warn(tx: Write): void {
  const period = currentPeriod(tx)
  for (const found of reachedIn(tx, period)) {
    const { meter, threshold_percent, used, included } = found
    const { starts_at: period_starts_at, ends_at: period_ends_at } = toTimes(period)
    for (const each of thresholds.filter((percent) => percent <= threshold_percent)) {
      const about = { meter, period_starts_at, used, included, reached_at: tx.now }
      insertAlert(tx, { ...about, threshold_percent: each })
    }
    const { unit } = meters[meter]
    const times = { period_starts_at, period_ends_at }
    emit(tx, thresholdReached, meter, { ...found, unit, ...times })
    for (const recipient of ownersOf(tx)) writeTo(tx, recipient, found, period_ends_at)
  }
}

function writeTo(tx: Write, recipient: string, found: Reached, ends_at: string): void {
  const { meter, used, included, is_hard, threshold_percent } = found
  const { unit, summary } = meters[meter]
  const all = threshold_percent === 100
  queueMail(tx, {
    kind: 'usage_alert',
    recipient,
    subject: `${threshold_percent} % of the ${unit} of this period are used`,
    lines: [
      `${summary}: ${used} of the ${included} ${unit} that the plan includes are used.`,
      `The next period begins at ${ends_at}.`,
      is_hard
        ? all
          ? 'More is refused until then, unless the plan is changed.'
          : 'At 100 % more is refused, unless the plan is changed.'
        : 'Nothing is refused: this only tells.',
    ],
    action: { label: 'Look at the usage', path: '/settings/usage' },
  })
}
