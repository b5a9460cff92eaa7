/**
 * Lets a person over from one of the family to another without a second password: once, within a
 * minute, in the same browser. Trust flows downwards only: whoever leads the live business may enter
 * its sandboxes and branches, and goes back as long as he is still signed in up there. Whoever signed
 * in down here stays down here, because tokens and passwords of a sandbox are handed around.
 */
import { minute_ms, timestamp } from '../kit/clock.ts'
import { notFound, Problem } from '../kit/problem.ts'
import { randomSecret, sha256 } from '../kit/secrets.ts'
import { systemScope, type Scope } from '../db/scope.ts'
import type { Read, Write } from '../db/session.ts'
import { enrolMember } from '../access/add-member.ts'
import { leadsBusiness } from '../access/reach.ts'
import { patternsOf } from '../access/roles/patterns-of.ts'
import { findSession, type SessionOfUser } from '../access/session-store.ts'
import {
  findMembership,
  findUser,
  findUserByEmail,
  insertMembership,
  type UserRow,
} from '../access/user-store.ts'
import type { Beside, Outward } from '../operations/outward.ts'
import { siblingOf } from './read.ts'
import type { Way } from './schema.ts'
import {
  findHandOver,
  homeOf,
  insertHandOver,
  setHandedTo,
  spendHandOver,
  waysHere,
  type HandOverRow,
} from './store.ts'

/** How a session begins that came over. */
export const hand_over = 'hand_over'
const way_lasts_ms = minute_ms
const system = systemScope('branches')

/** @throws Problem `forbidden` for tokens and for those who did not come from above, `not_found` */
export async function offerWay(outward: Outward, { id }: { id: string }): Promise<Way> {
  const { scope, data, tenant_id: here } = outward
  const { session, actor } = scope
  if (!session || actor.kind !== 'user' || actor.impersonator) {
    throw new Problem('forbidden', 'Only a person who signed in goes from one to the other.')
  }
  const target = data.platform.read(system, (read) => siblingOf(read, here, id))
  if (target.is_here) throw new Problem('conflict', 'You are there.')
  const root = rootOf(outward, session.id, session.method)
  const secret = randomSecret()
  const expires_at = timestamp(data.clock.now() + way_lasts_ms)
  const way = { ...root, session_id: session.id, tenant_id: id, expires_at }
  await data.platform.write(system, (tx) => {
    insertHandOver(tx, sha256(secret), way)
  })
  return { path: `/siblings/enter/${secret}`, expires_at }
}

type Root = Pick<HandOverRow, 'root_tenant_id' | 'root_session_id' | 'root_user_id'>

/** The session in the live business that all of this rests on. */
function rootOf(
  { data, scope, tenant_id: here }: Outward,
  session_id: string,
  method: string,
): Root {
  const { kind } = data.platform.read(system, (read) => siblingOf(read, here, here))
  if (kind === 'primary') {
    return { root_tenant_id: here, root_session_id: session_id, root_user_id: scope.actor.id }
  }
  const ways = data.platform.read(system, (read) => waysHere(read, here, scope.actor.id))
  const open = method === hand_over ? ways.find((way) => openSession({ data }, way)) : undefined
  if (open) return open
  throw new Problem('forbidden', 'Sign in to the live business, and come over from there.')
}

function openSession({ data }: Pick<Beside, 'data'>, root: Root): SessionOfUser | undefined {
  const { root_tenant_id, root_session_id, root_user_id } = root
  if (!data.tenants.exists(root_tenant_id)) return undefined
  const file = data.tenants.at(root_tenant_id)
  return file.read(system, (read) => {
    const session = findSession(read, root_session_id)
    const good = session && session.user_id === root_user_id && session.expires_at > read.now
    return good ? session : undefined
  })
}

export interface Arrival {
  tenant_id: string
  user_id: string
  organization_id: string
  method: string
  /** In the session it rests on: coming over proves nothing anew. */
  proven_at: string | null
  name: string
}

const ended = () => new Problem('forbidden', 'This way has ended. Go there from the list again.')

/**
 * Spends a way. @param session_id of the browser that came with it
 * @throws Problem `forbidden` for one that was used, is over, or belongs to another browser
 */
export async function arrive(
  beside: Beside,
  from: Pick<Scope, 'ip' | 'user_agent' | 'request_id'>,
  secret: string,
  session_id: string,
  note: (tx: Write, user_id: string) => void,
): Promise<Arrival> {
  const { data } = beside
  const secret_hash = sha256(secret)
  const way = await data.platform.write(system, (tx) => {
    const found = findHandOver(tx, secret_hash)
    const good = found && found.session_id === session_id && found.expires_at > tx.now
    if (!good || spendHandOver(tx, secret_hash) === 0) throw ended()
    return found
  })
  const root = openSession(beside, way)
  if (!root) throw ended()
  const { tenant_id } = way
  const { stepped_up_at: proven_at } = root
  const name = data.platform.read(system, (read) => siblingOf(read, tenant_id, tenant_id).name)
  if (tenant_id === way.root_tenant_id) {
    const { user_id, organization_id, method } = root
    return { tenant_id, user_id, organization_id, method, proven_at, name }
  }
  const leader = leaderOf(beside, way)
  const file = data.tenants.at(tenant_id)
  const organization_id = file.read(system, homeOf)
  const actor = { kind: 'user' as const, id: leader.id, name: leader.name }
  const scope: Scope = { ...system, ...from, tenant_id, organization_id, actor }
  const user_id = await file.write(scope, (tx) => {
    const person = personOf(tx, leader)
    note(tx, person)
    return person
  })
  await data.platform.write(system, (tx) => {
    setHandedTo(tx, secret_hash, user_id)
  })
  return { tenant_id, user_id, organization_id, method: hand_over, proven_at, name }
}

type Leader = UserRow & { role: string }

/** @throws Problem `forbidden` for those who do not lead the live business (any more) */
function leaderOf({ data }: Beside, { root_tenant_id, root_user_id }: HandOverRow): Leader {
  const found = data.tenants.at(root_tenant_id).read(system, (read) => {
    const user = findUser(read, root_user_id)
    const home = homeOf(read)
    const role = findMembership(read, root_user_id, home)?.role ?? ''
    // A role of one's own is one of the live business: down there its bearer is an admin.
    const role_there = role === 'owner' ? 'owner' : 'admin'
    return user && { ...user, role: role_there, leads: leadsBusiness(patternsOf(read, home, role)) }
  })
  if (!found) throw notFound('member', root_user_id)
  if (found.leads) return found
  throw new Problem('forbidden', 'Only those who lead the live business go over.')
}

/** Who the leader is down there: known by e-mail, or by id where e-mails were replaced, or new. */
function personOf(tx: Write, leader: Leader): string {
  const known = findUserByEmail(tx, leader.email) ?? findUser(tx, leader.id)
  const { email, name, role } = leader
  if (!known) return enrolMember(tx, { email, name, role, password_hash: null })
  if (!isMember(tx, known.id)) insertMembership(tx, known.id, tx.scope.organization_id, role)
  return known.id
}

const isMember = (read: Read, user_id: string): boolean =>
  findMembership(read, user_id, read.scope.organization_id) !== undefined
