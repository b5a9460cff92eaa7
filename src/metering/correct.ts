/** Corrects what was counted: another line, with a reason and a name, in place of a change. */
import { timestamp } from '../kit/clock.ts'
import { invalid, notFound } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { readDay, startOfDay } from './local-time.ts'
import { record } from './meter.ts'
import { periodAt } from './period.ts'
import { toRecord } from './read.ts'
import type { Correction } from './schema-platform.ts'
import type { UsageRecord } from './schema.ts'
import { findByKey, isOrganization } from './store.ts'
import { termsOf } from './terms-of.ts'
import { totalOf } from './total.ts'

/**
 * It counts now, or in the first hour of a day, also of a period that is over: there it is marked as late.
 * No period and no organization ends up with less than nothing.
 * @throws Problem `invalid`, `not_found`
 */
export function correctUsage(tx: Write, wish: Correction & { id: string }): UsageRecord {
  const { meter, quantity, reason, organization_id } = wish
  const terms = termsOf(tx)
  const occurred_ms = wish.day ? startOfDay(readDay(wish.day), terms.time_zone) : tx.now_ms
  if (quantity === 0) throw invalid('/quantity', 'Nothing would change.')
  if (occurred_ms > tx.now_ms) throw invalid('/day', 'This day is still to come.')
  if (organization_id && !isOrganization(tx, organization_id))
    throw notFound('organization', organization_id)
  const period = periodAt(occurred_ms, terms)
  const used = totalOf(tx, { meter, organization_id }, period)
  if (used + quantity < 0)
    throw invalid('/quantity', `Only ${used} were counted in that period: take away no more.`)
  const key = `correction:${tx.id('usc')}`
  const about = { occurred_at: timestamp(occurred_ms), organization_id: organization_id ?? '' }
  record(tx, meter, key, quantity, about, { reason, corrected_by: tx.scope.actor.name })
  return toRecord(findByKey(tx, key)!)
}
