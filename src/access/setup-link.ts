/** A link that lets a person in to set a password: for a limited time, once. */
import { day_ms, minute_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { isId } from '../kit/id.ts'
import { randomSecret, sha256 } from '../kit/secrets.ts'
import type { DataFolder } from '../db/data-folder.ts'
import { systemScope } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import { requireAccount } from './reach.ts'
import { getMember } from './read-members.ts'
import type { SetupLink } from './schema.ts'
import {
  deleteOpenLinks,
  findSetupLink,
  findUser,
  hasUsers,
  insertSetupLink,
  spendSetupLink,
} from './user-store.ts'

/** The first operator reads it on the terminal; others are sent theirs. */
const operator_link_ms = 30 * minute_ms
const member_link_ms = 7 * day_ms

const scope = systemScope('setup')

/** True until the first operator has come in. */
export const needsSetup = (data: DataFolder): boolean =>
  !data.platform.read(scope, (read) => hasUsers(read))

/**
 * A link for an operator: the first one, or one who cannot come in any more. It takes the place of
 * earlier ones. Whoever can run this can read the data folder anyway.
 * @returns its path on this installation: `/setup/<secret>`
 */
export async function createSetupLink(data: DataFolder): Promise<SetupLink> {
  return data.platform.write(scope, (tx) => {
    const { secret, expires_at } = offerSetupLink(tx, null)
    return { setup_path: setupPath('', secret), expires_at }
  })
}

/** @param user_id null for the first operator, who says on the page who that is */
export function offerSetupLink(
  tx: Write,
  user_id: string | null,
): { secret: string; expires_at: string } {
  const secret = randomSecret(32)
  const expires_at = timestamp(tx.now_ms + (user_id ? member_link_ms : operator_link_ms))
  deleteOpenLinks(tx, user_id)
  insertSetupLink(tx, sha256(secret), user_id, expires_at)
  return { secret, expires_at }
}

/**
 * A new link for a member who lost the first one or the password. Somebody who belongs to other
 * organizations too gets it only from those who lead the business: it opens all of them.
 * @throws Problem `not_found`, `forbidden`, `exceeds_own_rights`, `step_up_required` for that of an owner
 */
export function renewSetupLink(tx: Write, { id }: { id: string }): SetupLink {
  requireAccount(tx, getMember(tx, { id }).id)
  const { secret, expires_at } = offerSetupLink(tx, id)
  return { setup_path: setupPath(tx.scope.tenant_id, secret), expires_at }
}

export const setupPath = (tenant_id: string, secret: string): string =>
  `/setup/${tenant_id ? `${tenant_id}.` : ''}${secret}`

/** The file a link belongs to, and its secret. @throws Problem `link_spent` */
export function readSetupPath(text: string): { tenant_id: string; secret: string } {
  const [first = '', second] = text.split('.')
  if (second === undefined) return { tenant_id: '', secret: first }
  if (!isId('ten', first)) throw linkSpent()
  return { tenant_id: first, secret: second }
}

/** For whom a link is that can still be used. @throws Problem `link_spent` */
export function openSetupLink(
  read: Read,
  secret: string,
): { user: { id: string; email: string; name: string } | undefined } {
  const link = findSetupLink(read, sha256(secret))
  if (!link || link.used_at || link.expires_at <= read.now) throw linkSpent()
  return { user: link.user_id ? findUser(read, link.user_id) : undefined }
}

/** Uses a link up: of two who try at once, one gets through. @throws Problem `link_spent` */
export function spendLink(tx: Write, secret: string): void {
  if (spendSetupLink(tx, sha256(secret)) !== 1) throw linkSpent()
}

export const linkSpent = () =>
  new Problem('link_spent', 'This link was used, has expired, or never was.')
