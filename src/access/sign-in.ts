/** Lets a person in who knows e-mail and password, and keeps guessers out. */
import { day_ms, minute_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { sha256 } from '../kit/secrets.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import type { AuditNote } from '../operations/door.ts'
import { RateLimiter } from '../operations/rate-limit.ts'
import { verifyPassword } from './passwords.ts'
import { defaultOrganization, findOnlyTenant, findTenantBySlug } from './store.ts'
import {
  deleteAttempts,
  deleteAttemptsBefore,
  findAttempts,
  findUserByEmail,
  membershipsOf,
  setLastSeen,
  upsertAttempts,
  type UserRow,
} from './user-store.ts'

const most_failures = 10
const lock_ms = 15 * minute_ms
const forget_failures_ms = day_ms
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
 * @throws Problem `sign_in_refused`, `locked_out`, `rate_limited`
 */
export async function signIn(
  data: DataFolder,
  typed: Credentials,
  from: { ip: string; user_agent: string; request_id: string },
  audit: Audit,
): Promise<SignedIn> {
  limiterOf(data).take({ id: from.ip, rate: attempts_of_address }, {})
  const email = typed.email.trim()
  const { tenant_id, user, organization_id } = findAccount(data, email, typed.business)
  const file = tenant_id ? data.tenants.at(tenant_id) : data.platform
  const email_hash = sha256(email.normalize('NFKC').toLowerCase())
  const scope: Scope = { ...reading, tenant_id, organization_id, ...from }
  await file.write(scope, (tx) => countAttempt(tx, email_hash))
  const right = await verifyPassword(typed.password, user?.password_hash ?? undefined)
  if (!right || !user) throw refused()
  const { id, name } = user
  const kind = tenant_id ? 'user' : 'staff'
  await file.write({ ...scope, actor: { kind, id, name } }, (tx) => {
    deleteAttempts(tx, email_hash)
    setLastSeen(tx, id)
    audit(tx, noteOf('sessions.create', id))
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

/** Counted before it is tried, so that many guesses at once are no way around. */
function countAttempt(tx: Write, email_hash: Uint8Array): void {
  deleteAttemptsBefore(tx, timestamp(tx.now_ms - forget_failures_ms))
  const known = findAttempts(tx, email_hash)
  if (known?.locked_until && known.locked_until > tx.now) {
    const wait_s = Math.ceil((Date.parse(known.locked_until) - tx.now_ms) / 1_000)
    throw new Problem(
      'locked_out',
      `Too many wrong passwords: try again in ${Math.ceil(wait_s / 60)} minutes.`,
      { locked_until: known.locked_until },
      { 'retry-after': String(wait_s) },
    )
  }
  const failures = (known?.locked_until ? 0 : (known?.failures ?? 0)) + 1
  const locked_until = failures >= most_failures ? timestamp(tx.now_ms + lock_ms) : null
  upsertAttempts(tx, email_hash, { failures, locked_until })
}

/** The business that was named; else the staff, when the e-mail is theirs; else the only business. */
function findAccount(data: DataFolder, email: string, business: string): Account {
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

const limiters = new WeakMap<DataFolder, RateLimiter>()

function limiterOf(data: DataFolder): RateLimiter {
  let limiter = limiters.get(data)
  if (!limiter) limiters.set(data, (limiter = new RateLimiter(data.clock, attempts_of_address)))
  return limiter
}
