/** Finds out who looks at a page: the person of a session, where, and in which role. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope, type SessionFacts } from '../db/scope.ts'
import type { Principal, Visitor } from '../operations/principal.ts'
import { permissionCheck } from './permissions.ts'
import { standingOf, type Standing } from './roles/patterns-of.ts'
import { bannerOf, findOpenVisit, inPlaceOf, mayStillLook } from './impersonation/look.ts'
import { leadsBusiness } from './reach.ts'
import { dutyOf } from './security/duty.ts'
import { csrfTokenOf, findOpenSession, hashId, type OpenSession } from './sessions.ts'
import { archivedReason, defaultOrganization, namesOfOrganizations } from './store.ts'
import type { TenantAtGate, TenantState } from './token-guard.ts'

const scope = systemScope('gate')

/** Undefined for strangers, and for those who no longer belong to where their session is. */
export async function findVisitor(
  data: DataFolder,
  tenantState: TenantState,
  request: Request,
  ip: string,
): Promise<Visitor | undefined> {
  const session = await findOpenSession(data, request)
  if (!session) return undefined
  if (!session.tenant_id) return findStaff(data, session, ip)
  const tenant = tenantState(session.tenant_id)
  if (!tenant) return undefined
  return session.impersonation_id
    ? findSupport(data, session, tenant, session.impersonation_id)
    : findMember(data, session, tenant, ip)
}

function findStaff(data: DataFolder, session: OpenSession, ip: string): Visitor | undefined {
  const found = data.platform.read(scope, (read) => ({
    standing: standingOf(read, session.user.id, ''),
    duty: dutyOf(read, session.user.id, ip),
  }))
  const { standing, duty } = found
  if (!standing) return undefined
  const principal = principalOf(session, standing, 'platform')
  return { ...visitorOf(session, principal, standing, undefined, []), ...duty }
}

function findMember(
  data: DataFolder,
  session: OpenSession,
  tenant: TenantAtGate,
  ip: string,
): Visitor | undefined {
  const { user, organization_id } = session
  const read_here = { ...scope, tenant_id: tenant.id }
  const found = data.tenants.at(tenant.id).read(read_here, (read) => ({
    standing: standingOf(read, user.id, organization_id),
    home: defaultOrganization(read),
    archived: archivedReason(read, organization_id),
    organizations: namesOfOrganizations(read, user.id),
    duty: dutyOf(read, user.id, ip),
  }))
  const { standing } = found
  if (!standing) return undefined
  const leads = organization_id === found.home && leadsBusiness(standing.patterns)
  const level = leads ? 'tenant' : 'organization'
  const read_only = tenant.read_only ?? found.archived
  const principal = principalOf(session, standing, level, { ...tenant, read_only })
  return { ...visitorOf(session, principal, standing, tenant, found.organizations), ...found.duty }
}

/**
 * A person of the operator's staff in a member's place: sees what the member sees, is held to no
 * address of the business, and touches nothing by which people come in.
 */
function findSupport(
  data: DataFolder,
  session: OpenSession,
  tenant: TenantAtGate,
  impersonation_id: string,
): Visitor | undefined {
  const visit = data.tenants
    .at(tenant.id)
    .read(scope, (read) => findOpenVisit(read, impersonation_id))
  const visitor = visit && findMember(data, session, tenant, '')
  if (!visitor || !mayStillLook(data, visit.staff_id)) return undefined
  const { principal } = visitor
  return {
    ...visitor,
    principal: inPlaceOf(principal, visit),
    banners: [bannerOf(visit, visitor.user.name)],
    barred: undefined,
    led_to: undefined,
  }
}

const factsOf = ({ id, method, created_at, stepped_up_at }: OpenSession): SessionFacts => ({
  id: hashId(id),
  method,
  created_at,
  stepped_up_at,
})

/** What everybody may do with what is his own: his password, his second factor, his sessions. */
const own_account = 'account.*'

const principalOf = (
  session: OpenSession,
  { patterns }: Standing,
  level: Principal['level'],
  tenant?: TenantAtGate,
): Principal => ({
  id: session.user.id,
  level,
  tenant_id: session.tenant_id,
  organization_id: session.organization_id,
  actor: {
    kind: session.tenant_id ? 'user' : 'staff',
    id: session.user.id,
    name: session.user.name,
  },
  session: factsOf(session),
  read_only: tenant?.read_only,
  terms: tenant?.terms,
  may: permissionCheck([...patterns, own_account]),
})

const visitorOf = (
  session: OpenSession,
  principal: Principal,
  { role }: Standing,
  tenant: TenantAtGate | undefined,
  organizations: { id: string; name: string }[],
): Visitor => ({
  principal,
  role,
  organizations,
  user: session.user,
  tenant: tenant && {
    id: tenant.id,
    name: tenant.name,
    environment: tenant.environment,
    beside: tenant.beside,
  },
  csrf_token: csrfTokenOf(session.id),
  banners: [],
})
