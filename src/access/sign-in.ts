/** Lets a person in who knows e-mail and password, and keeps guessers out. */
import { Problem } from '../kit/problem.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import type { AuditNote } from '../operations/door.ts'
import { AddressLimiter } from '../operations/rate-limit.ts'
import { countGuess, forgetGuesses, type Origin } from './known-browsers.ts'
import { verifyPassword } from './passwords.ts'
import { hasSecondFactor } from './second-factor/store.ts'
import { defaultOrganization, findOnlyTenant, findTenantBySlug } from './store.ts'
import { findUserByEmail, membershipsOf, setLastSeen, type UserRow } from './user-store.ts'

/** From one address: enough for a warehouse behind one router, too little for a list of guesses. */
const attempts_of_address = { per_second: 0.5, burst: 30 }

export interface Credentials {
  email: string
  password: string
  /** The short name of the business; empty when the host says it, or when there is only one. */
  business: string
}

/** Where a person came in. */
export interface SignedIn {
  tenant_id: string
  user_id: string
  organization_id: string
  /** When this person last proved who he is, for one who came over from elsewhere; else now. */
  proven_at?: string | null
}

interface Account {
  tenant_id: string
  user: UserRow | undefined
  organization_id: string
}

type Audit = (tx: Write, note: AuditNote) => void

const reading = systemScope('sign-in')

const refused = () => new Problem('sign_in_refused', 'E-mail, password or business is not right.')

/**
 * The answer and its duration are the same whether the account exists or not: failures are counted
 * by what was typed as e-mail, before the password is looked at, and one hash is always computed.
 * Strangers who guess do not lock out the person in a browser that is known: see known-browsers.ts.
 * @throws Problem `sign_in_refused`, `locked_out`, `rate_limited`
 */
export async function signIn(
  data: DataFolder,
  typed: Credentials,
  { browser = '', ...from }: Origin & { user_agent: string; request_id: string },
  audit: Audit,
): Promise<SignedIn> {
  limitAddress(data, from.ip)
  const email = typed.email.trim()
  const { tenant_id, user, organization_id } = findAccount(data, email, typed.business)
  const file = tenant_id ? data.tenants.at(tenant_id) : data.platform
  const scope: Scope = { ...reading, tenant_id, organization_id, ...from }
  const guessed = await file.write(scope, (tx) =>
    countGuess(tx, email, user?.id, { ip: from.ip, browser }),
  )
  const right = await verifyPassword(typed.password, user?.password_hash ?? undefined)
  if (!right || !user) throw refused()
  const { id, name } = user
  const kind = tenant_id ? 'user' : 'staff'
  await file.write({ ...scope, actor: { kind, id, name } }, (tx) => {
    forgetGuesses(tx, guessed)
    setLastSeen(tx, id)
    // Who has a second factor has only come half of the way.
    audit(tx, noteOf(hasSecondFactor(tx, id) ? 'sessions.challenge' : 'sessions.create', id))
  })
  return { tenant_id, user_id: id, organization_id }
}

export const noteOf = (action: string, subject_id: string, input: object = {}): AuditNote => ({
  action,
  subject_id,
  before: undefined,
  after: undefined,
  input,
})

/** The business that was named; else the staff, when the e-mail is theirs; else the only business. */
export function findAccount(data: DataFolder, email: string, business: string): Account {
  const slug = business.trim().toLowerCase()
  const found = data.platform.read(reading, (read) => {
    if (slug) return { tenant_id: findTenantBySlug(read, slug)?.id }
    const user = findUserByEmail(read, email)
    const is_staff = user && membershipsOf(read, user.id).length > 0
    return is_staff ? { user, tenant_id: '' } : { tenant_id: findOnlyTenant(read) }
  })
  if (found.user || !found.tenant_id) {
    return { tenant_id: '', user: found.user, organization_id: '' }
  }
  const { tenant_id } = found
  return data.tenants.at(tenant_id).read(reading, (read) => {
    const user = findUserByEmail(read, email)
    const organization_id = user && homeOf(read, user.id)
    return {
      tenant_id,
      user: organization_id ? user : undefined,
      organization_id: organization_id ?? '',
    }
  })
}

/** Where a person begins: the default organization when he belongs to it, else the first he joined. */
export function homeOf(read: Read, user_id: string): string | undefined {
  const all = membershipsOf(read, user_id).map(({ organization_id }) => organization_id)
  const home = defaultOrganization(read)
  return all.includes(home) ? home : all[0]
}

/** Whoever tries one door after another from one address is told to wait. @throws Problem `rate_limited` */
export const limitAddress = (data: DataFolder, ip: string): void => limiterOf(data).take(ip)

const limiters = new WeakMap<DataFolder, AddressLimiter>()

function limiterOf(data: DataFolder): AddressLimiter {
  let limiter = limiters.get(data)
  if (!limiter) limiters.set(data, (limiter = new AddressLimiter(data.clock, attempts_of_address)))
  return limiter
}
