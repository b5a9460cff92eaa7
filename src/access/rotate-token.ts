/** Replaces a token by a new one that may do the same; for an overlap, both of them work. */
import { second_ms, timestamp } from '../kit/clock.ts'
import { Problem, assert } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { requireStepUp } from '../operations/step-up.ts'
import { futureTime } from './create-token.ts'
import { tokenRotated } from './events.ts'
import { issueToken } from './issue-token.ts'
import { reachOf, requireGrantable } from './reach.ts'
import { getToken } from './read-tokens.ts'
import type { IssuedToken, Rotation } from './schema.ts'
import { replaceToken } from './store.ts'

const default_overlap_s = 86_400

/**
 * The new token keeps name, scopes, addresses and, unless another is given, the time it ends.
 * @throws Problem `not_found`, `token_inactive`, `already_rotated`, `exceeds_own_rights`,
 *   `step_up_required`
 */
export function rotateToken(tx: Write, wish: Rotation & { id: string }): IssuedToken {
  const old = getToken(tx, wish)
  if (old.replaced_by) {
    throw new Problem('already_rotated', `${old.replaced_by} has replaced this token.`, {
      replaced_by: old.replaced_by,
    })
  }
  if (old.status !== 'active') {
    throw new Problem('token_inactive', `This token is ${old.status}.`, {
      token_status: old.status,
    })
  }
  const { name, level, scopes, allowed_ips } = old
  const expires_at =
    wish.expires_at === undefined ? old.expires_at : futureTime(tx, wish.expires_at)
  requireGrantable(reachOf(tx), { scopes, expires_at, allowed_ips })
  if (scopes.includes('*')) requireStepUp(tx.scope, tx.now_ms)
  const { id, token } = issueToken(tx, {
    name,
    level,
    tenant_id: tx.scope.tenant_id,
    organization_id: old.organization_id ?? '',
    scopes,
    expires_at,
    allowed_ips,
  })
  const overlap_ms = (wish.overlap_s ?? default_overlap_s) * second_ms
  const overlap_ends = timestamp(tx.now_ms + overlap_ms)
  const old_ends = old.expires_at && old.expires_at < overlap_ends ? old.expires_at : overlap_ends
  assert(replaceToken(tx, old.id, id, old_ends) === 1, 'a token is replaced once')
  tx.afterCommit(accessChanged)
  const created = getToken(tx, { id })
  emit(tx, tokenRotated, old.id, { token: getToken(tx, old), replacement: created })
  return { ...created, token }
}
