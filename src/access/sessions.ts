/** Sessions of people, on lucia: the only file that knows it. Ids are stored hashed. */
import { Lucia, TimeSpan, type Adapter } from 'lucia'
import { minute_ms, systemClock, timestamp } from '../kit/clock.ts'
import { isId } from '../kit/id.ts'
import { hmacSha256, sha256Hex } from '../kit/secrets.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import { findSecuritySettings } from './security/store.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOfUser,
  findSession,
  insertSession,
  setSessionExpiry,
  setSessionOrganization,
  setSessionSeen,
} from './session-store.ts'

/** What is said when a session begins. */
export interface Beginning {
  organization_id: string
  method: string
  ip: string
  user_agent: string
  /** Set when a person of the operator's staff looks through this user's eyes. */
  impersonation_id?: string
  /** When the person last proved who he is; now unless told. Before what is dangerous it counts. */
  proven_at?: string | null | undefined
}

interface SessionAttributes extends Omit<Beginning, 'impersonation_id' | 'proven_at'> {
  impersonation_id: string | null
  created_at: string
  last_seen_at: string | null
  stepped_up_at: string | null
}

interface UserFacts {
  email: string
  name: string
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, UserFacts>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: UserFacts
  }
}

/** A session that was found good, in the file that it is bound to. */
export interface OpenSession extends SessionAttributes {
  /** Empty for the operator's staff. */
  tenant_id: string
  id: string
  user: { id: string; name: string; email: string }
}

/** When somebody was last seen is written at most this often, so that reading stays reading. */
const seen_every_ms = 5 * minute_ms
const scope = systemScope('sessions')
const place_of_staff = 'platform'
export const session_cookie = 'stw_session'
const session_pattern = new RegExp(`(?:^|;\\s*)${session_cookie}=([\\w.]+)(?:;|$)`)

/** The file of a tenant, or of the platform when the id is empty. */
const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform

function luciaFor(
  data: DataFolder,
  tenant_id: string,
  { public_url = '', hours = 1 } = {},
): Lucia<SessionAttributes, UserFacts> {
  return new Lucia<SessionAttributes, UserFacts>(adapterFor(data, tenant_id), {
    sessionExpiresIn: new TimeSpan(hours, 'h'),
    sessionCookie: {
      name: session_cookie,
      // The browser keeps it; the row decides how long it is good for.
      expires: false,
      attributes: { secure: public_url.startsWith('https:'), sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (facts) => facts,
    getUserAttributes: (facts) => facts,
  })
}

/** Sessions slide: a visit in the second half of this is enough to stay signed in. */
const hoursIn = (data: DataFolder, tenant_id: string): number =>
  fileOf(data, tenant_id).read(scope, (read) => findSecuritySettings(read).session_hours)

/** Signs a person in and returns the cookie that says so. */
export async function startSession(
  data: DataFolder,
  public_url: string,
  at: { tenant_id: string; user_id: string },
  beginning: Beginning,
): Promise<string> {
  const hours = hoursIn(data, at.tenant_id)
  const lucia = luciaFor(data, at.tenant_id, { public_url, hours })
  const created_at = timestamp(data.clock.now())
  const { impersonation_id = null, proven_at = created_at, ...facts } = beginning
  const { id } = await lucia.createSession(at.user_id, {
    ...facts,
    impersonation_id,
    created_at,
    last_seen_at: created_at,
    stepped_up_at: proven_at,
  })
  return lucia.createSessionCookie(`${at.tenant_id || place_of_staff}.${id}`).serialize()
}

/** The session a request carries, extended when half of its time has passed. */
export async function findOpenSession(
  data: DataFolder,
  request: Request,
): Promise<OpenSession | undefined> {
  const claim = readClaim(data, request)
  if (!claim) return undefined
  const { tenant_id } = claim
  const lucia = luciaFor(data, tenant_id, { hours: hoursIn(data, tenant_id) })
  const { session, user } = await lucia.validateSession(claim.id)
  if (!session) return undefined
  await noteSeen(data, tenant_id, claim.id, session.last_seen_at)
  const { organization_id, method, ip, user_agent, impersonation_id } = session
  const { created_at, last_seen_at, stepped_up_at } = session
  const { id, name, email } = user
  return {
    ...claim,
    ...{ organization_id, method, ip, user_agent, impersonation_id },
    ...{ created_at, last_seen_at, stepped_up_at },
    user: { id, name, email },
  }
}

async function noteSeen(
  data: DataFolder,
  tenant_id: string,
  id: string,
  seen_at: string | null,
): Promise<void> {
  if (seen_at && data.clock.now() - Date.parse(seen_at) < seen_every_ms) return
  await fileOf(data, tenant_id).write(scope, (tx) => setSessionSeen(tx, hashId(id)))
}

/** Signs out and returns the cookie that forgets the session. */
export async function endSession(
  data: DataFolder,
  public_url: string,
  session: Pick<OpenSession, 'tenant_id' | 'id'>,
): Promise<string> {
  const lucia = luciaFor(data, session.tenant_id, { public_url })
  await lucia.invalidateSession(session.id)
  return lucia.createBlankSessionCookie().serialize()
}

/** The session goes on in another organization; whether it may is decided before. */
export const moveSession = (
  data: DataFolder,
  session: Pick<OpenSession, 'tenant_id' | 'id'>,
  organization_id: string,
): Promise<number> =>
  fileOf(data, session.tenant_id).write(scope, (tx) =>
    setSessionOrganization(tx, hashId(session.id), organization_id),
  )

/** Every form carries this; it proves that the page was drawn for this very session. */
export const csrfTokenOf = (session_id: string): string =>
  hmacSha256(session_id, 'form').toString('base64url')

function readClaim(
  data: DataFolder,
  request: Request,
): { tenant_id: string; id: string } | undefined {
  // A cookie of somebody else on this host may be no text at all: only ours is read.
  const text = session_pattern.exec(request.headers.get('cookie') ?? '')?.[1]
  if (!text) return undefined
  const dot = text.indexOf('.')
  const place = text.slice(0, dot)
  const tenant_id = place === place_of_staff ? '' : place
  if (tenant_id && !(isId('ten', tenant_id) && data.tenants.exists(tenant_id))) return undefined
  return { tenant_id, id: text.slice(dot + 1) }
}

/** The name under which a session is stored. */
export const hashId = (id: string): string => sha256Hex(id)

function adapterFor(data: DataFolder, tenant_id: string): Adapter {
  const file = fileOf(data, tenant_id)
  // Lucia reads the wall clock; ours may stand still in a test. Times are shifted on the way.
  const ahead_ms = () => systemClock.now() - data.clock.now()
  const ours = (date: Date) => timestamp(date.getTime() - ahead_ms())
  const lucias = (time: string) => new Date(Date.parse(time) + ahead_ms())
  const change = async (work: Parameters<typeof file.write<number>>[1]) => {
    await file.write(scope, work)
  }
  return {
    getSessionAndUser: (id) => {
      const row = file.read(scope, (read) => findSession(read, hashId(id)))
      if (!row) return Promise.resolve([null, null])
      const { user_id: userId, email, name, expires_at, ...attributes } = row
      return Promise.resolve([
        { id, userId, expiresAt: lucias(expires_at), attributes },
        { id: userId, attributes: { email, name } },
      ])
    },
    setSession: ({ id, userId, expiresAt, attributes }) =>
      change((tx) => {
        deleteExpiredSessions(tx)
        const row = { ...attributes, user_id: userId, expires_at: ours(expiresAt) }
        return insertSession(tx, hashId(id), row)
      }),
    updateSessionExpiration: (id, expiresAt) =>
      change((tx) => setSessionExpiry(tx, hashId(id), ours(expiresAt))),
    deleteSession: (id) => change((tx) => deleteSession(tx, hashId(id))),
    deleteUserSessions: (user_id) => change((tx) => deleteSessionsOfUser(tx, user_id)),
    deleteExpiredSessions: () => change(deleteExpiredSessions),
    // Ids are hashed: nobody can list them, not even we.
    getUserSessions: () => Promise.resolve([]),
  }
}
