/** Sessions of people, on lucia: the only file that knows it. Ids are stored hashed. */
import { Lucia, TimeSpan, type Adapter } from 'lucia'
import { systemClock, timestamp } from '../kit/clock.ts'
import { isId } from '../kit/id.ts'
import { hmacSha256, sha256Hex } from '../kit/secrets.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import {
  deleteExpiredSessions,
  deleteSession,
  deleteSessionsOfUser,
  findSession,
  insertSession,
  setSessionExpiry,
  setSessionOrganization,
} from './session-store.ts'

/** What is said when a session begins; how sure it is follows from the method. */
export interface Beginning {
  organization_id: string
  method: string
  ip: string
  user_agent: string
}

interface SessionAttributes extends Beginning {
  created_at: string
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

/** These prove who somebody is; with the others it is asked again before what is dangerous. */
const proving = ['password', 'password+totp', 'setup_link', 'setup_link+totp']

/** Both slide: half of this without a visit is enough to stay signed in. */
const tenant_lifetime = new TimeSpan(14, 'd')
const staff_lifetime = new TimeSpan(12, 'h')
const scope = systemScope('sessions')
const place_of_staff = 'platform'

/** The file of a tenant, or of the platform when the id is empty. */
const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform

function luciaFor(
  data: DataFolder,
  tenant_id: string,
  public_url = '',
): Lucia<SessionAttributes, UserFacts> {
  return new Lucia<SessionAttributes, UserFacts>(adapterFor(data, tenant_id), {
    sessionExpiresIn: tenant_id ? tenant_lifetime : staff_lifetime,
    sessionCookie: {
      name: 'stw_session',
      // The browser keeps it; the row decides how long it is good for.
      expires: false,
      attributes: { secure: public_url.startsWith('https:'), sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (facts) => facts,
    getUserAttributes: (facts) => facts,
  })
}

/** Signs a person in and returns the cookie that says so. */
export async function startSession(
  data: DataFolder,
  public_url: string,
  at: { tenant_id: string; user_id: string },
  beginning: Beginning,
): Promise<string> {
  const lucia = luciaFor(data, at.tenant_id, public_url)
  const created_at = timestamp(data.clock.now())
  const stepped_up_at = proving.includes(beginning.method) ? created_at : null
  const { id } = await lucia.createSession(at.user_id, { ...beginning, created_at, stepped_up_at })
  return lucia.createSessionCookie(`${at.tenant_id || place_of_staff}.${id}`).serialize()
}

/** The session a request carries, extended when half of its time has passed. */
export async function findOpenSession(
  data: DataFolder,
  request: Request,
): Promise<OpenSession | undefined> {
  const claim = readClaim(data, request)
  if (!claim) return undefined
  const lucia = luciaFor(data, claim.tenant_id)
  const { session, user } = await lucia.validateSession(claim.id)
  if (!session) return undefined
  const { organization_id, method, ip, user_agent, created_at, stepped_up_at } = session
  const { id, name, email } = user
  const facts = { organization_id, method, ip, user_agent, created_at, stepped_up_at }
  return { ...claim, ...facts, user: { id, name, email } }
}

/** Signs out and returns the cookie that forgets the session. */
export async function endSession(
  data: DataFolder,
  public_url: string,
  session: Pick<OpenSession, 'tenant_id' | 'id'>,
): Promise<string> {
  const lucia = luciaFor(data, session.tenant_id, public_url)
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
  const cookies = request.headers.get('cookie')
  const text = cookies && luciaFor(data, '').readSessionCookie(cookies)
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
  const ahead_ms = systemClock.now() - data.clock.now()
  const ours = (date: Date) => timestamp(date.getTime() - ahead_ms)
  const lucias = (time: string) => new Date(Date.parse(time) + ahead_ms)
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
