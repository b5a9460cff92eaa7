/** Refuses one more of something when the plan gives no room for it. */
import { Problem } from '../kit/problem.ts'
import { limits, type Limit } from '../kit/terms.ts'
import type { Read } from '../db/session.ts'

/** Where a business sees its plan and chooses another. */
export const plan_path = '/settings/plan'

/**
 * Call it in the transaction that adds one.
 * @param current how many there are already
 * @throws Problem `limit_reached` with what the plan allows; never when there are no terms
 */
export function requireRoom(read: Pick<Read, 'scope'>, limit: Limit, current: number): void {
  const { terms } = read.scope
  const allowed = terms?.limits[limit]
  if (!terms || allowed === undefined || current < allowed) return
  const { code, name } = terms.plan
  const what = `${limits[limit]}: ${name} has room for ${allowed}, and there are ${current}.`
  throw new Problem('limit_reached', what, {
    limit,
    allowed,
    current,
    plan: code,
    href: plan_path,
  })
}
