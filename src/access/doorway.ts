/** What the entrances share: which business a host name means, and how somebody is let in or out. */
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Caller, Leave } from '../operations/page.ts'
import { businessOfHost, type BusinessAtHost } from './host-map.ts'
import { leaveEyes } from './impersonation/end.ts'
import { unpark } from './impersonation/park.ts'
import { rememberBrowser } from './known-browsers.ts'
import { originOf } from './origin.ts'
import { startChallenge } from './second-factor/challenge.ts'
import { hasSecondFactor } from './second-factor/store.ts'
import { addressRefusal } from './security/duty.ts'
import { fenceOf } from './security/read.ts'
import { findSecuritySettings } from './security/store.ts'
import { findOpenSession, endSession, startSession } from './sessions.ts'
import { noteOf, type SignedIn } from './sign-in.ts'
import { hasSeveralTenants } from './store.ts'

const scope = systemScope('entrance')

const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform

/** `harbour.stock.example.com`, or a domain of its own, means the business harbour. */
export const businessAtHost = ({ request, data, services }: Caller): BusinessAtHost | undefined =>
  businessOfHost(data, services.public_url, request.headers.get('host') ?? '')

/** True when a person has to say which business is meant. */
export const hasSeveralBusinesses = (data: DataFolder): boolean =>
  data.platform.read(scope, (read) => hasSeveralTenants(read))

/**
 * Starts a session and leads on: staff to the platform, others to their business. Who has a second
 * factor is asked for it first, however the first proof was given.
 * @param method how it was given: `password`, `setup_link` …; with `+totp` both were
 * @throws Problem `address_refused`
 */
export async function letIn(
  caller: Caller,
  signed: SignedIn,
  method: string,
  to?: string,
): Promise<Leave> {
  const { ip, user_agent } = originOf(caller)
  const { organization_id, proven_at } = signed
  const facts = { organization_id, method, ip, user_agent, proven_at }
  const { data, services } = caller
  const { refusal, owes_code } = fileOf(data, signed.tenant_id).read(scope, (read) => ({
    refusal: addressRefusal(fenceOf(findSecuritySettings(read)), ip),
    owes_code: !method.endsWith('+totp') && hasSecondFactor(read, signed.user_id),
  }))
  if (refusal) throw refusal
  if (owes_code) {
    const cookie = await startChallenge(data, services.public_url, signed, method)
    return { to: `/sign-in/code${to ? `?to=${encodeURIComponent(to)}` : ''}`, cookies: [cookie] }
  }
  const session = await startSession(data, services.public_url, signed, facts)
  const cookies = [session, await rememberBrowser(caller, signed)]
  return { to: to ?? (signed.tenant_id ? '/' : '/platform/tenants'), cookies }
}

/** Ends the session of the caller, if there is one. */
export async function letOut(caller: Caller): Promise<Leave> {
  const { data, services, request, visitor } = caller
  const session = await findOpenSession(data, request)
  if (!session || !visitor) return { to: '/sign-in' }
  const cookie = await endSession(data, services.public_url, session)
  if (session.impersonation_id) {
    await leaveEyes(caller, session.impersonation_id)
    const own = unpark(caller)
    return own.length > 0
      ? { to: '/platform/support', cookies: own }
      : { to: '/sign-in', cookies: [cookie] }
  }
  const file = fileOf(data, session.tenant_id)
  const { tenant_id, organization_id, actor } = visitor.principal
  await file.write({ tenant_id, organization_id, actor, ...originOf(caller) }, (tx) =>
    caller.audit(tx, noteOf('sessions.end', visitor.user.id)),
  )
  return { to: '/sign-in', cookies: [cookie] }
}

/** A path on this installation; anything else is not followed. */
export function ownPath(text: string | null): string | undefined {
  if (!text || !/^\/(?![/\\])/.test(text)) return undefined
  const { host, pathname, search } = new URL(text, 'http://here')
  // `/.//elsewhere` is a path of ours until its dots are resolved.
  return host === 'here' && !pathname.startsWith('//') ? pathname + search : undefined
}
