/** What the entrances share: which business a host name means, and how somebody is let in or out. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Caller, Leave } from '../operations/page.ts'
import { findOpenSession, endSession, startSession } from './sessions.ts'
import { noteOf, type SignedIn } from './sign-in.ts'
import { findTenantBySlug, hasSeveralTenants } from './store.ts'

const scope = systemScope('entrance')

/** `harbour.stock.example.com` means the business harbour where we are `stock.example.com`. */
export function businessAtHost({
  request,
  data,
  services,
}: Caller): { slug: string; name: string } | undefined {
  const host = request.headers.get('host') ?? ''
  const suffix = `.${new URL(services.public_url).host}`
  if (!host.endsWith(suffix)) return undefined
  const slug = host.slice(0, -suffix.length)
  const found = data.platform.read(scope, (read) => findTenantBySlug(read, slug))
  return found && { slug, name: found.name }
}

/** True when a person has to say which business is meant. */
export const hasSeveralBusinesses = (data: DataFolder): boolean =>
  data.platform.read(scope, (read) => hasSeveralTenants(read))

/** Where the caller comes from, for sessions and the audit trail. */
export const originOf = ({ ip, request, request_id }: Caller) => ({
  ip,
  request_id,
  user_agent: (request.headers.get('user-agent') ?? '').slice(0, 300),
})

/** Starts a session and leads on: staff to the platform, others to their business. */
export async function letIn(
  caller: Caller,
  signed: SignedIn,
  method: string,
  to?: string,
): Promise<Leave> {
  const { ip, user_agent } = originOf(caller)
  const { organization_id } = signed
  const facts = { organization_id, method, ip, user_agent }
  const { data, services } = caller
  const cookie = await startSession(data, services.public_url, signed, facts)
  return { to: to ?? (signed.tenant_id ? '/' : '/platform/tenants'), cookies: [cookie] }
}

/** Ends the session of the caller, if there is one. */
export async function letOut(caller: Caller): Promise<Leave> {
  const { data, services, request, visitor } = caller
  const session = await findOpenSession(data, request)
  if (!session || !visitor) return { to: '/sign-in' }
  const cookie = await endSession(data, services.public_url, session)
  const file = session.tenant_id ? data.tenants.at(session.tenant_id) : data.platform
  const { tenant_id, organization_id, actor } = visitor.principal
  await file.write({ tenant_id, organization_id, actor, ...originOf(caller) }, (tx) =>
    caller.audit(tx, noteOf('sessions.end', visitor.user.id)),
  )
  return { to: '/sign-in', cookies: [cookie] }
}

/** A path on this installation; anything else is not followed. */
export function ownPath(text: string | null): string | undefined {
  if (!text || !/^\/(?![/\\])/.test(text)) return undefined
  const url = new URL(text, 'http://here')
  return url.host === 'here' ? url.pathname + url.search : undefined
}
