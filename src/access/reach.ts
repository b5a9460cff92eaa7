/** How far the one who asks reaches, looked up in the very transaction that depends on it. */
import { Problem, invalid } from '../kit/problem.ts'
import { rescopedRead, type Read, type Write } from '../db/session.ts'
import { requireStepUp } from '../operations/step-up.ts'
import { isNarrower } from '../kit/ip-ranges.ts'
import { covers } from './permissions.ts'
import { spellOut } from './permission-sets.ts'
import { isRole, patternsOf } from './roles/patterns-of.ts'
import { defaultOrganization, findToken } from './store.ts'
import { findMembership, membershipsOf } from './user-store.ts'

export interface Reach {
  /** The whole business, or the whole platform; otherwise one organization. */
  wide: boolean
  patterns: readonly string[]
  /** May make owners and unmake them. */
  leads: boolean
  expires_at: string | null
  allowed_ips: readonly string[]
}

const everything: Reach = {
  wide: true,
  patterns: ['*'],
  leads: true,
  expires_at: null,
  allowed_ips: [],
}
const nothing: Reach = { ...everything, wide: false, patterns: [], leads: false }

/** The default organization is the business itself: whoever may found others in it, leads it. */
export const leadsBusiness = (patterns: readonly string[]): boolean =>
  covers(patterns, 'organizations.write')

const leadsOwners = (patterns: readonly string[]): boolean => covers(patterns, 'owners.write')

/**
 * A tenant's token that has chosen another organization sees that one alone. The operator's staff in
 * somebody's place see as far, and give nothing to anybody: what they gave would outlast their look.
 */
export function reachOf(read: Read): Reach {
  const reach = ownReachOf(read)
  return read.scope.actor.impersonator ? { ...reach, patterns: [], leads: false } : reach
}

function ownReachOf(read: Read): Reach {
  const { actor, organization_id, tenant_id } = read.scope
  if (actor.kind === 'system') return everything
  // The operator looks into a business: what he may do there was decided on the platform.
  if (actor.kind === 'staff' && tenant_id) return everything
  const at_home = !tenant_id || organization_id === defaultOrganization(read)
  if (actor.kind === 'token') {
    const token = findToken(read, actor.id)
    if (!token) return nothing
    const patterns = JSON.parse(token.scopes) as string[]
    return {
      wide: at_home && token.level !== 'organization',
      patterns,
      leads: leadsOwners(patterns),
      expires_at: token.expires_at,
      allowed_ips: JSON.parse(token.allowed_ips) as string[],
    }
  }
  const role = findMembership(read, actor.id, organization_id)?.role ?? ''
  const patterns = patternsOf(read, organization_id, role)
  return {
    ...everything,
    wide: at_home && (!tenant_id || leadsBusiness(patterns)),
    patterns,
    leads: leadsOwners(patterns),
  }
}

export interface Grant {
  scopes: readonly string[]
  expires_at: string | null
  allowed_ips: readonly string[]
}

/**
 * Nobody grants more than he has: not more permissions, not a longer life, not more addresses.
 * @throws Problem `exceeds_own_rights`
 */
export function requireGrantable(reach: Reach, grant: Grant): void {
  const missing = grant.scopes.filter((scope) =>
    spellOut([scope]).some((pattern) => !covers(reach.patterns, pattern)),
  )
  if (missing.length > 0) {
    throw new Problem('exceeds_own_rights', `You do not have ${missing.join(', ')} yourself.`, {
      missing,
    })
  }
  if (reach.expires_at && (!grant.expires_at || grant.expires_at > reach.expires_at)) {
    const detail = `Your own token ends at ${reach.expires_at}: choose an earlier \`expires_at\`.`
    throw new Problem('exceeds_own_rights', detail, { expires_at: reach.expires_at })
  }
  if (reach.allowed_ips.length > 0 && !isNarrower(grant.allowed_ips, reach.allowed_ips)) {
    const detail = 'Your own token is confined to addresses: choose `allowed_ips` within them.'
    throw new Problem('exceeds_own_rights', detail, { allowed_ips: reach.allowed_ips })
  }
}

/**
 * Nobody makes another more than he is; only owners make owners.
 * @param reach of the one who decides; found out unless the organization is another than the scope's
 * @throws Problem `exceeds_own_rights`, `invalid` for a role that is not there
 */
export function requireAssignable(read: Read, role: string, reach = reachOf(read)): void {
  const { organization_id } = read.scope
  if (!isRole(read, organization_id, role)) throw invalid('/role', 'There is no such role here.')
  requireGrantable(
    { ...reach, expires_at: null, allowed_ips: [] },
    {
      scopes: patternsOf(read, organization_id, role),
      expires_at: null,
      allowed_ips: [],
    },
  )
  if (reach.leads || role !== leadingRole(read)) return
  throw new Problem('exceeds_own_rights', `Only an ${role} decides who is ${role}.`, { role })
}

/**
 * Whoever opens an account, or makes it easier to open, does so in every organization it belongs to. Where
 * there are several, only those who lead the business do; nobody opens that of a stronger one, and who
 * opens that of an owner proves first to be who signed in.
 * @throws Problem `exceeds_own_rights`, `forbidden`, `step_up_required`
 */
export function requireAccount(tx: Write, user_id: string): void {
  const reach = reachOf(tx)
  const memberships = membershipsOf(tx, user_id)
  if (!reach.wide && memberships.length > 1) {
    const detail = 'This person belongs to other organizations too: ask who leads the business.'
    throw new Problem('forbidden', detail)
  }
  for (const { organization_id, role } of memberships) {
    requireAssignable(rescopedRead(tx, { ...tx.scope, organization_id }), role, reach)
    confirmLeadingPatterns(tx, patternsOf(tx, organization_id, role))
  }
}

/** The role that somebody must always have. */
export const leadingRole = ({ scope }: Pick<Read, 'scope'>): string =>
  scope.tenant_id ? 'owner' : 'operator'

/** Whoever makes another one an owner proves first to be who signed in. @throws Problem `step_up_required` */
export const confirmLeading = (tx: Write, role: string): void =>
  confirmLeadingPatterns(tx, patternsOf(tx, tx.scope.organization_id, role))

/** A role of one's own can make an owner of somebody, too. @throws Problem `step_up_required` */
export function confirmLeadingPatterns(tx: Write, patterns: readonly string[]): void {
  if (leadsOwners(patterns)) requireStepUp(tx.scope, tx.now_ms)
}
