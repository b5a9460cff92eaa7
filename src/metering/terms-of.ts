/** The terms that usage is counted under, also for work that nobody asked for just now. */
import type { Read, Write } from '../db/session.ts'
import { findTerms, putTerms, type TermsRow } from './store.ts'

/** Before any terms were seen: a month of the calendar, in UTC. */
const without_terms: TermsRow = { plan_code: '', time_zone: 'UTC', period_day: 1 }

/** Of whoever asks; a worker has none of his own and goes by those that were last seen. */
export function termsOf(read: Read): TermsRow {
  const { terms } = read.scope
  if (!terms) return findTerms(read) ?? without_terms
  const { plan, time_zone, period_day } = terms
  return { plan_code: plan.code, time_zone, period_day }
}

/** As `termsOf`, and keeps what it saw for those who have none. */
export function seenTerms(tx: Write): TermsRow {
  const terms = termsOf(tx)
  if (!tx.scope.terms) return terms
  const known = findTerms(tx)
  const same =
    known?.plan_code === terms.plan_code &&
    known.time_zone === terms.time_zone &&
    known.period_day === terms.period_day
  if (!same) putTerms(tx, terms)
  return terms
}
