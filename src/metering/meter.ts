/** Counts something that was used: once, however often it is told. */
import { assert } from '../kit/problem.ts'
import type { Meter } from '../kit/terms.ts'
import type { Write } from '../db/session.ts'
import { periodAt } from './period.ts'
import { insertUsage } from './store.ts'
import { seenTerms } from './terms-of.ts'

export interface AboutUsage {
  /** The token, shipment, endpoint or job it is about. */
  subject_id?: string
  /** The caller's unless told; empty for what belongs to the business as a whole. */
  organization_id?: string
  /** When it was used, RFC 3339; now unless told. It counts in that hour, also when that is over. */
  occurred_at?: string
}

/**
 * Part of the command that uses it: no usage without its reason.
 * @param key names what is counted: `shipments:shp_…`. A key that was counted already counts nothing
 * @param quantity a whole number, not below zero
 * @returns false when it was counted already
 */
export function meter(
  tx: Write,
  meter: Meter,
  key: string,
  quantity: number,
  about: AboutUsage = {},
): boolean {
  assert(Number.isSafeInteger(quantity) && quantity >= 0, `${key} counts a whole number`)
  return record(tx, meter, key, quantity, about, { reason: '', corrected_by: '' })
}

/** A line of usage; one below zero says why and who. @returns false when there is one of this key */
export function record(
  tx: Write,
  meter: Meter,
  key: string,
  quantity: number,
  about: AboutUsage,
  why: { reason: string; corrected_by: string },
): boolean {
  const { plan_code, ...period_terms } = seenTerms(tx)
  const { subject_id = '', occurred_at = tx.now } = about
  const { starts_at_ms } = periodAt(tx.now_ms, period_terms)
  const row = {
    id: tx.id('usg'),
    key,
    meter,
    quantity,
    organization_id: about.organization_id ?? tx.scope.organization_id,
    subject_id,
    occurred_at,
    recorded_at: tx.now,
    plan_code,
    is_late: Date.parse(occurred_at) < starts_at_ms ? (1 as const) : (0 as const),
    ...why,
  }
  return insertUsage(tx, row) === 1
}
