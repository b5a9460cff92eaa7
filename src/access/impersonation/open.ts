/** Opens a member's eyes to a person of the operator's staff; the business is told at once. */
import { minute_ms, timestamp } from '../../kit/clock.ts'
import { Problem } from '../../kit/problem.ts'
import { sha256 } from '../../kit/secrets.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { queueMail } from '../../mail/queue.ts'
import type { Caller } from '../../operations/page.ts'
import { originOf } from '../origin.ts'
import { startSession } from '../sessions.ts'
import { homeOf, noteOf } from '../sign-in.ts'
import { defaultOrganization } from '../store.ts'
import { findUser } from '../user-store.ts'
import { supportStarted } from './events.ts'
import { findOffer, openOffer, type ImpersonationRow } from './platform-store.ts'
import { toSupportVisit } from './read.ts'
import { refuseForbidden } from './start.ts'
import { findVisit, insertVisit, peopleInRole } from './store.ts'

export const support_permission = 'tenants.impersonate'

/** What a link offers to the person who is signed in. @throws Problem `link_spent`, `forbidden` */
export function readOffer({ data, params, visitor }: Caller): ImpersonationRow {
  const offer = data.platform.read({ ...asStaff(visitor), ...nowhere }, (read) =>
    findOffer(read, sha256(params.secret ?? '')),
  )
  if (!offer) throw new Problem('link_spent', 'This link was used, has expired, or never was.')
  const { actor } = asStaff(visitor)
  if (offer.created_by_kind === 'staff' && offer.created_by !== actor.id) {
    throw new Problem('forbidden', 'Somebody else asked for this.')
  }
  return offer
}
const nowhere = { request_id: '', ip: '', user_agent: '' }

/** @throws Problem `forbidden` for everybody but staff that may look through the eyes of others */
function asStaff(visitor: Caller['visitor']) {
  const { principal } = visitor ?? {}
  if (principal?.level !== 'platform' || !principal.may(support_permission)) {
    throw new Problem('forbidden', 'This is for the operator’s staff: sign in as yourself first.')
  }
  const { actor } = principal
  return { tenant_id: '', organization_id: '', actor }
}

/**
 * Two acts, one in each file: the link is spent and written down by the platform; then the business
 * writes its own record, tells its owners, and the session begins.
 * @returns the cookie of the session
 * @throws Problem `link_spent`, `forbidden`, `support_refused`, `not_found`
 */
export async function openEyes(caller: Caller): Promise<string> {
  const { data, services, audit, visitor } = caller
  const offer = readOffer(caller)
  const { actor } = asStaff(visitor)
  const origin = originOf(caller)
  const { tenant_id, user_id } = offer
  const file = data.tenants.at(tenant_id)
  const inside = { tenant_id, organization_id: '', actor, ...origin }
  const organization_id = file.read(inside, (read) => {
    refuseForbidden(read)
    return homeOf(read, user_id)
  })
  if (!organization_id) throw new Problem('not_found', `${offer.user_name} is no member any more.`)
  const expires_at = await data.platform.write({ ...asStaff(visitor), ...origin }, (tx) => {
    const expires_at = timestamp(tx.now_ms + offer.minutes * minute_ms)
    if (openOffer(tx, offer.id, actor, expires_at) !== 1) {
      throw new Problem('link_spent', 'This link was used or has expired.')
    }
    audit(tx, noteOf('impersonations.open', offer.id, { tenant_id, user_id, reason: offer.reason }))
    return expires_at
  })
  await file.write({ ...inside, organization_id }, (tx) => {
    recordVisit(tx, offer, expires_at)
    audit(tx, noteOf('impersonations.open', offer.id, { user_id, reason: offer.reason }))
  })
  return startSession(
    data,
    services.public_url,
    { tenant_id, user_id },
    {
      organization_id,
      method: 'impersonation',
      impersonation_id: offer.id,
      proven_at: null,
      ip: origin.ip,
      user_agent: origin.user_agent,
    },
  )
}

function recordVisit(tx: Write, offer: ImpersonationRow, expires_at: string): void {
  const { id, user_id, reason, read_only } = offer
  const { actor } = tx.scope
  const user_name = findUser(tx, user_id)?.name ?? offer.user_name
  const staff = { staff_id: actor.id, staff_name: actor.name }
  insertVisit(tx, { id, user_id, user_name, ...staff, reason, read_only, expires_at })
  emit(tx, supportStarted, id, toSupportVisit(findVisit(tx, id)!, tx.now))
  for (const { email } of peopleInRole(tx, defaultOrganization(tx), 'owner')) {
    queueMail(tx, {
      kind: 'support_access',
      recipient: email,
      subject: 'The operator looks into your business',
      lines: [
        `${actor.name} of the operator’s staff looks through the eyes of ${user_name} now, ` +
          `${read_only ? 'and can only read' : 'and can make changes'}, until ${expires_at} at most.`,
        `The reason that was given: ${reason}`,
        'Every step is in your audit trail. You can end it, and forbid it, under People, Security.',
      ],
      action: { label: 'See support access', path: '/settings/security/support' },
    })
  }
}
