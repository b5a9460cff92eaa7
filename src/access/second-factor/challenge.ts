/** The half-way house of sign-in: the password was right, the second proof is still owed. */
import { minute_ms, timestamp } from '../../kit/clock.ts'
import { isId } from '../../kit/id.ts'
import { Problem } from '../../kit/problem.ts'
import { randomSecret, sha256 } from '../../kit/secrets.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope, type Scope } from '../../db/scope.ts'
import type { Write } from '../../db/session.ts'
import { queueMail } from '../../mail/queue.ts'
import type { AuditNote } from '../../operations/door.ts'
import { tenantKey } from '../../operations/outward.ts'
import type { Services } from '../../operations/services.ts'
import { countAttempt } from '../attempts.ts'
import { noteOf, type SignedIn } from '../sign-in.ts'
import { deleteAttempts, findUser, setLastSeen } from '../user-store.ts'
import {
  countRecoveryCodes,
  deleteChallenge,
  deleteExpiredChallenges,
  findChallenge,
  insertChallenge,
} from './store.ts'
import { spendCode } from './verify.ts'

const lasts_ms = 5 * minute_ms
const cookie_name = 'stw_challenge'
const place_of_staff = 'platform'
const scope = systemScope('sign-in')

interface Claim {
  tenant_id: string
  secret_hash: Uint8Array
}

const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform

/** @returns the cookie that binds the challenge to this browser; it is good for nothing else */
export async function startChallenge(
  data: DataFolder,
  public_url: string,
  { tenant_id, user_id, organization_id }: SignedIn,
  method: string,
): Promise<string> {
  const secret = randomSecret(32)
  await fileOf(data, tenant_id).write(scope, (tx) => {
    deleteExpiredChallenges(tx)
    const expires_at = timestamp(tx.now_ms + lasts_ms)
    insertChallenge(tx, sha256(secret), { user_id, organization_id, method, expires_at })
  })
  return cookie(public_url, `${tenant_id || place_of_staff}.${secret}`, lasts_ms / 1_000)
}

export const spentChallenge = (public_url: string): string => cookie(public_url, '', 0)

const cookie = (public_url: string, value: string, max_age_s: number): string =>
  [
    `${cookie_name}=${value}; Path=/sign-in; Max-Age=${max_age_s}; HttpOnly; SameSite=Lax`,
    ...(public_url.startsWith('https:') ? ['Secure'] : []),
  ].join('; ')

/** True while the browser holds a challenge that can be answered. */
export function isChallenged(data: DataFolder, request: Request): boolean {
  const claim = readClaim(data, request)
  return Boolean(
    claim &&
    fileOf(data, claim.tenant_id).read(scope, (read) => findChallenge(read, claim.secret_hash)),
  )
}

/**
 * Takes the second proof. A challenge is answered once; wrong codes are counted and lock, as wrong
 * passwords do.
 * @throws Problem `link_spent` when the challenge is over, `code_refused`, `locked_out`
 */
export async function answerChallenge(
  { data, services }: { data: DataFolder; services: Services },
  request: Request,
  typed: string,
  from: { ip: string; user_agent: string; request_id: string },
  audit: (tx: Write, note: AuditNote) => void,
): Promise<SignedIn & { method: string }> {
  const claim = readClaim(data, request)
  if (!claim) throw over()
  const { tenant_id, secret_hash } = claim
  const file = fileOf(data, tenant_id)
  const asking: Scope = { ...scope, tenant_id, ...from }
  const challenge = await file.write(asking, (tx) => {
    const found = findChallenge(tx, secret_hash)
    if (!found) throw over()
    countAttempt(tx, attemptsAt(found.user_id), 'codes')
    return found
  })
  const { user_id, organization_id } = challenge
  const person = file.read(asking, (read) => findUser(read, user_id))
  const actor = {
    kind: tenant_id ? 'user' : 'staff',
    id: user_id,
    name: person?.name ?? '',
  } as const
  return file.write({ ...asking, organization_id, actor }, (tx) => {
    if (deleteChallenge(tx, secret_hash) !== 1) throw over()
    const proof = spendCode(tx, tenantKey({ services, tenant_id }), user_id, typed, 'code')
    deleteAttempts(tx, attemptsAt(user_id))
    setLastSeen(tx, user_id)
    if (proof === 'recovery_code') tellOfRecovery(tx, user_id)
    audit(tx, noteOf('sessions.create', user_id, { proof }))
    return { tenant_id, user_id, organization_id, method: `${challenge.method}+totp` }
  })
}

/** Wrong codes are counted by person: only who knows the password comes this far. */
export const attemptsAt = (user_id: string): Uint8Array => sha256(`second factor ${user_id}`)

export function tellOfRecovery(tx: Write, user_id: string): void {
  const left = countRecoveryCodes(tx, user_id)
  queueMail(tx, {
    kind: 'recovery_code_used',
    recipient: findUser(tx, user_id)!.email,
    subject: 'A recovery code of yours was used',
    lines: [
      `Somebody came in with one of your recovery codes; ${left} are left.`,
      'If it was not you, change your password and make new recovery codes now.',
    ],
  })
}

function readClaim(data: DataFolder, request: Request): Claim | undefined {
  const cookies = request.headers.get('cookie') ?? ''
  const found = new RegExp(`(?:^|;\\s*)${cookie_name}=([^;]+)`).exec(cookies)?.[1]
  const [place = '', secret = ''] = found?.split('.') ?? []
  const tenant_id = place === place_of_staff ? '' : place
  if (!secret || (tenant_id && !(isId('ten', tenant_id) && data.tenants.exists(tenant_id)))) {
    return undefined
  }
  return { tenant_id, secret_hash: sha256(secret) }
}

const over = () => new Problem('link_spent', 'This took too long: begin again with your password.')
