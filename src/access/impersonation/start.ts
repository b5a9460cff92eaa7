/** Offers a person of the operator's staff a link through a member's eyes, with a reason. */
import { minute_ms, timestamp } from '../../kit/clock.ts'
import { invalid, notFound, Problem } from '../../kit/problem.ts'
import { randomSecret, sha256 } from '../../kit/secrets.ts'
import type { Read } from '../../db/session.ts'
import type { Outward } from '../../operations/outward.ts'
import { getSecurity } from '../security/read.ts'
import { homeOf } from '../sign-in.ts'
import { defaultOrganization, findOpenTenant } from '../store.ts'
import { findUser, findUserByEmail } from '../user-store.ts'
import { findOwnRecord, insertOffer } from './platform-store.ts'
import { toImpersonation } from './read.ts'
import { longest_minutes, type NewImpersonation, type OfferedImpersonation } from './schema.ts'
import { peopleInRole, type Person } from './store.ts'

const link_lasts_ms = 5 * minute_ms

/**
 * Nothing is opened yet: the link is for five minutes, once, and a person of the staff has to be
 * signed in who may do this; the one who asked for it, unless a token did.
 * @throws Problem `not_found` (business or person), `support_refused`, `invalid`
 */
export async function startImpersonation(
  outward: Outward,
  wish: NewImpersonation,
): Promise<OfferedImpersonation> {
  const { tenant_id, reason, read_only = true, minutes = longest_minutes } = wish
  const tenant = outward.read((read) => findOpenTenant(read, tenant_id))
  if (!tenant) throw notFound('tenant', tenant_id)
  const person = outward.data.tenants
    .at(tenant_id)
    .read({ ...outward.scope, tenant_id }, (read) => findEyes(read, wish))
  const secret = randomSecret(32)
  return outward.write((tx) => {
    const id = tx.id('imp')
    insertOffer(tx, {
      id,
      tenant_id,
      tenant_name: tenant.name,
      user_id: person.id,
      user_name: person.name,
      reason,
      read_only: read_only ? 1 : 0,
      minutes,
      secret_hash: sha256(secret),
      link_expires_at: timestamp(tx.now_ms + link_lasts_ms),
    })
    return {
      ...toImpersonation(findOwnRecord(tx, id)!, tx.now),
      support_path: `/support-access/${secret}`,
    }
  })
}

/** Through whose eyes: the person that is named, or the first one in a role. */
function findEyes(read: Read, { user_id, email, role }: NewImpersonation): Person {
  refuseForbidden(read)
  if ([user_id, email, role].filter(Boolean).length !== 1) {
    throw invalid('/user_id', 'Name one of `user_id`, `email` and `role`.')
  }
  if (role) {
    const [first] = peopleInRole(read, defaultOrganization(read), role)
    if (!first) throw notFound('member', role)
    return first
  }
  const found = user_id ? findUser(read, user_id) : findUserByEmail(read, email!)
  if (!found || !homeOf(read, found.id)) throw notFound('member', (user_id ?? email)!)
  return found
}

/** @throws Problem `support_refused` when the business does not let the operator look in */
export function refuseForbidden(read: Read): void {
  if (getSecurity(read).allow_support_access) return
  throw new Problem('support_refused', 'This business does not let the operator look in.')
}
