/** Refuses what the plan leaves out, a requirement holds back, or the operator has switched off. */
import { Problem } from '../kit/problem.ts'
import type { Feature } from '../kit/terms.ts'
import type { Scope } from '../db/scope.ts'

/**
 * For operations that name a feature, and for verbs that need it with some input only.
 * @throws Problem `feature_unavailable`, which says why and who decided
 */
export function requireFeature({ terms }: Pick<Scope, 'terms'>, feature: Feature): void {
  const refusal = terms?.refusals[feature]
  if (!refusal) return
  const { reason, decided_by } = refusal
  throw new Problem('feature_unavailable', reason, { feature, decided_by })
}
