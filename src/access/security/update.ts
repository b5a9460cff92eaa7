/** Changes what everybody here has to keep to: second factors, addresses, length of sessions, support. */
import { day_ms, hour_ms, timestamp } from '../../kit/clock.ts'
import { invalid } from '../../kit/problem.ts'
import { isWithin, requireRanges } from '../../kit/ip-ranges.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { accessChanged } from '../../operations/access-changed.ts'
import { requireFeature } from '../../operations/require-feature.ts'
import { endAllImpersonations } from '../impersonation/end.ts'
import { shortenSessions } from '../session-store.ts'
import { securityUpdated } from './events.ts'
import { fenceOf, getSecurity } from './read.ts'
import type { Security, SecurityChange } from './schema.ts'
import { setSecuritySettings } from './store.ts'

const usual_notice_ms = 14 * day_ms

/**
 * A deadline that is not named is a fortnight away. Nobody shuts himself out by a list of addresses.
 * @throws Problem `feature_unavailable`, `invalid`
 */
export function updateSecurity(tx: Write, wish: SecurityChange): Security {
  const before = getSecurity(tx)
  const next = { ...before, ...wish }
  if (next.require_two_factor && !before.require_two_factor) {
    requireFeature(tx.scope, 'two_factor_enforcement')
  }
  setSecuritySettings(tx, {
    require_two_factor: next.require_two_factor ? 1 : 0,
    two_factor_deadline: deadlineOf(tx, before, wish, next.require_two_factor),
    allowed_ips: JSON.stringify(
      wish.allowed_ips ? fenceFrom(tx, wish.allowed_ips) : before.allowed_ips,
    ),
    session_hours: next.session_hours,
    allow_support_access: next.allow_support_access ? 1 : 0,
  })
  if (next.session_hours < before.session_hours) {
    shortenSessions(tx, timestamp(tx.now_ms + next.session_hours * hour_ms))
  }
  if (before.allow_support_access && !next.allow_support_access) endAllImpersonations(tx)
  return told(tx)
}

/** The operator's way out for a business that shut itself out: everybody may come from anywhere. */
export function openAddresses(tx: Write): Security {
  const { require_two_factor, allow_support_access, ...rest } = getSecurity(tx)
  setSecuritySettings(tx, {
    ...rest,
    allowed_ips: '[]',
    require_two_factor: require_two_factor ? 1 : 0,
    allow_support_access: allow_support_access ? 1 : 0,
  })
  return told(tx)
}

function told(tx: Write): Security {
  tx.afterCommit(accessChanged)
  const after = getSecurity(tx)
  if (tx.scope.tenant_id) emit(tx, securityUpdated, tx.scope.tenant_id, after)
  return after
}

function deadlineOf(
  tx: Write,
  before: Security,
  wish: SecurityChange,
  is_required: boolean,
): string | null {
  if (!is_required) return null
  if (wish.two_factor_deadline === null) return null
  if (wish.two_factor_deadline !== undefined) {
    return timestamp(Date.parse(wish.two_factor_deadline))
  }
  return before.require_two_factor
    ? before.two_factor_deadline
    : timestamp(tx.now_ms + usual_notice_ms)
}

function fenceFrom(tx: Write, wanted: readonly string[]): readonly string[] {
  const { scope } = tx
  if (wanted.length === 0) return wanted
  requireFeature(scope, 'ip_allow_lists')
  requireRanges(wanted)
  if (!isWithin(scope.ip, fenceOf({ allowed_ips: JSON.stringify(wanted) }))) {
    const from = scope.ip || 'an address we cannot see'
    throw invalid('/allowed_ips', `This would shut you out: you come from ${from}.`)
  }
  return wanted
}
