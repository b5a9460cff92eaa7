/** Invites somebody by mail to join the organization, or the operator's staff. */
import { day_ms, timestamp } from '../../kit/clock.ts'
import { Problem } from '../../kit/problem.ts'
import { randomSecret, sha256 } from '../../kit/secrets.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { queueMail } from '../../mail/queue.ts'
import { invitationSent } from '../events.ts'
import { confirmLeading, reachOf, requireAssignable, type Reach } from '../reach.ts'
import { nameOfRole } from '../roles/patterns-of.ts'
import { requireSeat } from '../seats.ts'
import { organizationName } from '../store.ts'
import { findMembership, findUserByEmail } from '../user-store.ts'
import { getInvitation } from './read.ts'
import type { Invitation, InvitationWish } from './schema.ts'
import { countOpen, findPending, insertInvitation, renewInvitation } from './store.ts'

const good_for_ms = 7 * day_ms
/** Nobody sends mail to half the world in our name. */
const most_open = 200
const most_sent = 10

/**
 * An invitation that has expired is sent anew, with the role that is wished for now.
 * @param reach of the one who invites; found out unless the organization is another than his own
 * @throws Problem `exceeds_own_rights`, `step_up_required`, `invalid`, `member_exists`,
 *   `invitation_open`, `invitation_limit`, `limit_reached`
 */
export function sendInvitation(
  tx: Write,
  { email, role }: InvitationWish,
  reach: Reach = reachOf(tx),
): Invitation {
  requireAssignable(tx, role, reach)
  confirmLeading(tx, role)
  const known = findUserByEmail(tx, email)
  if (known && findMembership(tx, known.id, tx.scope.organization_id)) {
    const detail = `${email} is a member already.`
    throw new Problem('member_exists', detail, { member_id: known.id })
  }
  requireSeat(tx, email)
  const pending = findPending(tx, email)
  if (pending && pending.expires_at > tx.now) {
    const detail = `${email} is invited already, until ${pending.expires_at}.`
    throw new Problem('invitation_open', detail, { invitation_id: pending.id })
  }
  if (pending) return deliver(tx, { id: pending.id, email, role }, renewInvitation)
  if (countOpen(tx) >= most_open) {
    const detail = `${most_open} invitations are open already.`
    throw new Problem('invitation_limit', detail, { allowed: most_open })
  }
  const id = tx.id('inv')
  return deliver(tx, { id, email, role }, (_, __, row) =>
    insertInvitation(tx, { id, email, ...row }),
  )
}

/**
 * Sends an open or expired invitation again: its new link ends the old one, and its days begin anew.
 * @throws Problem `not_found`, `invitation_closed`, `exceeds_own_rights`, `invitation_limit`
 */
export function resendInvitation(tx: Write, { id }: { id: string }): Invitation {
  const { state, role, email, send_count } = getInvitation(tx, { id })
  if (state === 'accepted' || state === 'revoked') {
    throw new Problem('invitation_closed', `This invitation was ${state}.`, {
      invitation_state: state,
    })
  }
  requireAssignable(tx, role)
  if (send_count >= most_sent) {
    const detail = `It was sent ${send_count} times already.`
    throw new Problem('invitation_limit', detail, { allowed: most_sent })
  }
  return deliver(tx, { id, email, role }, renewInvitation)
}

/** Keeps the hash of a new secret and puts the secret into a mail, both in this transaction. */
function deliver(
  tx: Write,
  { id, email, role }: InvitationWish & { id: string },
  keep: typeof renewInvitation,
): Invitation {
  const secret = randomSecret(32)
  const expires_at = timestamp(tx.now_ms + good_for_ms)
  keep(tx, id, { role, expires_at, secret_hash: sha256(secret) })
  const { tenant_id, organization_id, actor } = tx.scope
  const to = organization_id ? organizationName(tx, organization_id) : 'the staff of Stowage'
  queueMail(tx, {
    kind: 'invitation',
    recipient: email,
    subject: `${actor.name} invites you to ${to}`,
    lines: [
      `${actor.name} invites you to join ${to} as ${nameOfRole(tx, organization_id, role)}.`,
      'The link works once, for seven days. If you do not know what this is about, leave it alone.',
    ],
    action: { label: 'Accept the invitation', path: joinPath(tenant_id, secret) },
    expires_at,
  })
  const invitation = getInvitation(tx, { id })
  emit(tx, invitationSent, id, invitation)
  return invitation
}

/** The link names the file it belongs to. */
const joinPath = (tenant_id: string, secret: string): string =>
  `/join/${tenant_id ? `${tenant_id}.` : ''}${secret}`
