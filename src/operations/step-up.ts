/** What is dangerous is done only by somebody who proved a moment ago to be who signed in. */
import { minute_ms } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Scope } from '../db/scope.ts'

const proof_lasts_ms = 15 * minute_ms

/**
 * For operations that declare `step_up`, and for verbs that are dangerous with some input only.
 * Tokens are not asked: they are confined by their scopes.
 * @throws Problem `step_up_required`; `forbidden` for the operator's staff in somebody's place
 */
export function requireStepUp({ session, actor }: Scope, now_ms: number): void {
  if (actor.impersonator) {
    throw new Problem('forbidden', 'Support cannot do this in the place of somebody else.')
  }
  if (!session) return
  const { stepped_up_at } = session
  if (stepped_up_at && now_ms - Date.parse(stepped_up_at) < proof_lasts_ms) return
  throw new Problem('step_up_required', 'This is dangerous: confirm first that it is really you.')
}
