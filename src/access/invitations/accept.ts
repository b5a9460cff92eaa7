/** Lets a person in who was invited: a new one chooses name and password, another confirms it. */
import { Problem, invalid } from '../../kit/problem.ts'
import { sha256 } from '../../kit/secrets.ts'
import type { Terms } from '../../kit/terms.ts'
import type { DataFolder } from '../../db/data-folder.ts'
import { systemScope, type Scope } from '../../db/scope.ts'
import type { Read, Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import type { AuditNote } from '../../operations/door.ts'
import { wrongPassword } from '../account/change-password.ts'
import { joinOrganization } from '../add-member.ts'
import { countAttempt } from '../attempts.ts'
import { invitationAccepted } from '../events.ts'
import { hashPassword, verifyPassword } from '../passwords.ts'
import { nameOfRole } from '../roles/patterns-of.ts'
import { requireSeat } from '../seats.ts'
import { linkSpent, readSetupPath } from '../setup-link.ts'
import { noteOf, type SignedIn } from '../sign-in.ts'
import { findPaused, organizationName } from '../store.ts'
import {
  deleteAttempts,
  findUserByEmail,
  setLastSeen,
  setPassword,
  type UserRow,
} from '../user-store.ts'
import { getInvitation } from './read.ts'
import { acceptPending, findInvitationBySecret, type InvitationRow } from './store.ts'

const asking = systemScope('invitation')

/** What the page says to the one who opens the link. */
export interface Greeting {
  email: string
  /** Empty for the operator's staff. */
  organization_name: string
  role_name: string
  invited_by_name: string
  /** Set for those who have an account in this business already. */
  known_name: string | undefined
}

/** @throws Problem `link_spent` for one that is over, revoked, or was sent again since */
export function greetInvited(data: DataFolder, text: string): Greeting {
  const { tenant_id, secret } = readSetupPath(text)
  return fileOf(data, tenant_id).read({ ...asking, tenant_id }, (read) => {
    const { row, user } = openInvitation(read, secret)
    const { organization_id } = row
    return {
      email: row.email,
      organization_name: organization_id && organizationName(read, organization_id),
      role_name: nameOfRole(read, organization_id, row.role),
      invited_by_name: row.invited_by_name,
      known_name: user?.password_hash ? user.name : undefined,
    }
  })
}

export interface Accepted extends SignedIn {
  /** False for a person who had an account before. */
  is_new: boolean
}

/**
 * Of two who accept at once, one gets through.
 * @throws Problem `link_spent`, `wrong_password`, `weak_password`, `locked_out`, `member_exists`,
 *   `limit_reached`, `conflict` when the account changed meanwhile, `forbidden` while it can only be read
 */
export async function acceptInvitation(
  data: DataFolder,
  text: string,
  typed: { name: string; password: string },
  from: { ip: string; user_agent: string; request_id: string },
  { audit, terms }: { audit: (tx: Write, note: AuditNote) => void; terms: Terms | undefined },
): Promise<Accepted> {
  const { tenant_id, secret } = readSetupPath(text)
  refuseWhilePaused(data, tenant_id)
  const file = fileOf(data, tenant_id)
  const { row, user } = file.read({ ...asking, tenant_id }, (read) => openInvitation(read, secret))
  const { organization_id, email } = row
  const scope: Scope = { ...asking, tenant_id, organization_id, terms, ...from }
  if (user?.password_hash) await confirm(file, scope, user, typed.password)
  const name = user?.name ?? typed.name.trim()
  if (!name) throw invalid('/name', 'Say who you are.')
  const new_hash = user?.password_hash ? undefined : await hashPassword(typed.password, email)
  return file.write(scope, (tx) => {
    const { user: now } = openInvitation(tx, secret)
    if (now?.password_hash !== user?.password_hash) {
      throw new Problem('conflict', 'Your account changed meanwhile: open the link again.')
    }
    requireSeat(tx, email)
    const joining = { email, name, role: row.role, password_hash: new_hash ?? null }
    const { id } = joinOrganization(tx, joining)
    if (now && new_hash) setPassword(tx, id, new_hash)
    if (acceptPending(tx, sha256(secret), id) !== 1) throw linkSpent()
    setLastSeen(tx, id)
    emit(tx, invitationAccepted, row.id, getInvitation(tx, row))
    audit(tx, noteOf('invitations.accept', row.id, { email, role: row.role }))
    return { tenant_id, organization_id, user_id: id, is_new: !user?.password_hash }
  })
}

/**
 * Who belongs to a business already may always come in, also with a new password: to read, to export, to
 * pay. Nobody new comes to one that can only be read; the link waits as long as it lasts.
 */
function refuseWhilePaused(data: DataFolder, tenant_id: string): void {
  const paused = data.platform.read(asking, (read) => findPaused(read, tenant_id))
  if (!paused) return
  throw new Problem('forbidden', `This business is ${paused.status}: nobody joins it now.`)
}

/** The link alone is not enough to act as somebody who has an account. */
async function confirm(
  file: ReturnType<typeof fileOf>,
  scope: Scope,
  user: UserRow,
  password: string,
): Promise<void> {
  const key = sha256(`password of ${user.id}`)
  await file.write(scope, (tx) => countAttempt(tx, key))
  const right = await verifyPassword(password, user.password_hash ?? undefined)
  if (!right) throw wrongPassword('/password')
  await file.write(scope, (tx) => deleteAttempts(tx, key))
}

function openInvitation(
  read: Read,
  secret: string,
): { row: InvitationRow; user: UserRow | undefined } {
  const row = findInvitationBySecret(read, sha256(secret))
  if (!row || row.state !== 'pending' || row.expires_at <= read.now) throw linkSpent()
  return { row, user: findUserByEmail(read, row.email) }
}

const fileOf = (data: DataFolder, tenant_id: string) =>
  tenant_id ? data.tenants.at(tenant_id) : data.platform
