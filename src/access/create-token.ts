/** Creates a token for a machine; it can never do more than the one who creates it. */
import { timestamp } from '../kit/clock.ts'
import { invalid, notFound } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { requireStepUp } from '../operations/step-up.ts'
import { requireRanges } from '../kit/ip-ranges.ts'
import { tokenCreated } from './events.ts'
import { issueToken } from './issue-token.ts'
import { reachOf, requireGrantable, type Reach } from './reach.ts'
import { getToken } from './read-tokens.ts'
import type { IssuedToken, TokenWish } from './schema.ts'
import { organizationExists } from './store.ts'

/** @throws Problem `not_found` (organization), `invalid`, `exceeds_own_rights`, `step_up_required` */
export function createToken(tx: Write, wish: TokenWish): IssuedToken {
  const reach = reachOf(tx)
  const organization_id = organizationFor(tx, reach, wish.organization_id)
  const expires_at = futureTime(tx, wish.expires_at ?? null)
  const allowed_ips = wish.allowed_ips ?? []
  requireRanges(allowed_ips)
  requireGrantable(reach, { scopes: wish.scopes, expires_at, allowed_ips })
  if (wish.scopes.includes('*')) requireStepUp(tx.scope, tx.now_ms)
  const { tenant_id } = tx.scope
  const { id, token } = issueToken(tx, {
    name: wish.name,
    level: tenant_id ? (organization_id ? 'organization' : 'tenant') : 'platform',
    tenant_id,
    organization_id,
    scopes: wish.scopes,
    expires_at,
    allowed_ips,
  })
  const created = getToken(tx, { id })
  emit(tx, tokenCreated, id, created)
  return { ...created, token }
}

/** Empty for a token of the whole business, which only those can make who lead it. */
function organizationFor(tx: Write, { wide }: Reach, wanted: string | undefined): string {
  if (!wanted) return wide ? '' : tx.scope.organization_id
  const visible = wide ? organizationExists(tx, wanted) : wanted === tx.scope.organization_id
  if (!visible) throw notFound('organization', wanted)
  return wanted
}

/** In UTC with milliseconds, so that times compare as text. @throws Problem `invalid` */
export function futureTime(tx: Write, time: string | null): string | null {
  if (time === null) return null
  const utc = timestamp(Date.parse(time))
  if (utc <= tx.now) throw invalid('/expires_at', 'This time has passed already.')
  return utc
}
