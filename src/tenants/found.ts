/** Founds a business: its own file, its default organization, its owner, and its first token. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import { freeSlug } from '../kit/slug.ts'
import type { DataFolder } from '../db/data-folder.ts'
import type { DatabaseFile } from '../db/file.ts'
import type { Scope } from '../db/scope.ts'
import type { Write } from '../db/session.ts'
import { enrolMember } from '../access/add-member.ts'
import { issueToken } from '../access/issue-token.ts'
import { offerSetupLink, setupPath } from '../access/setup-link.ts'
import {
  readOwnHost,
  readWishedDomain,
  registerHost,
  registerSubdomain,
} from '../domains/register.ts'
import { emit } from '../events/emit.ts'
import { queueMail } from '../mail/queue.ts'
import type { ObjectStore } from '../objects/object-store.ts'
import { accessChanged } from '../operations/access-changed.ts'
import { foundOrganization } from '../organizations/found.ts'
import { subscribe } from '../plans/subscribe.ts'
import { tenantCreated } from './events.ts'
import { openSibling } from './open-sibling.ts'
import { getTenant } from './read.ts'
import type { NewTenant, Onboarding } from './schema.ts'
import { requireTimeZone } from './time-zone.ts'
import {
  deleteFoundingsBefore,
  deletePending,
  findFounding,
  findOwner,
  insertFounding,
  insertTenant,
  insertWish,
  isSlugTaken,
  reopenSignUp,
  setStatus,
} from './store.ts'

/** What somebody wants founded, whichever door the wish came through. */
export interface Founding extends Omit<NewTenant, 'sample_data'> {
  /** When its label is not free, the next free one will do. */
  domain_is_preference?: boolean
  /** What its people said they need. */
  wishes?: Onboarding['setup_wizard']
  /** Of an owner who has chosen a password already; others get an invitation. */
  password_hash?: string
  /** The live business this one is a sandbox or a branch of. */
  sibling?: { kind: 'sandbox' | 'branch'; parent_id: string }
}

export interface FoundedTenant {
  id: string
  organization_id: string
  owner_id: string
  /** Shown this once. */
  token: string
  /** Where the owner sets a password: works once. */
  setup_path: string
  setup_expires_at: string
}

/** A retry under the same Idempotency-Key comes within this time. */
const retry_within_ms = day_ms

/**
 * Three acts: the name is taken in `platform.db`, the file is made aside and renamed into place,
 * the tenant opens its doors, in the same transaction in which its owner is invited. What a crash
 * leaves between them, `finishPending` takes away at the next start; what a failure leaves is taken
 * away here.
 * @param claim what has to hold, or be spent, for this founding: part of its first transaction
 * @throws Problem `duplicate_slug`, `domain_taken`, `domain_quarantined`, `invalid`
 */
export async function foundTenant(
  data: DataFolder,
  scope: Scope,
  wish: Founding,
  claim?: (tx: Write, tenant_id: string) => void,
): Promise<FoundedTenant> {
  const id = await data.platform.write(scope, (tx) => {
    const taken = reserveTenant(tx, wish)
    claim?.(tx, taken)
    return taken
  })
  try {
    let founded: FoundedTenant | undefined
    await data.tenants.create(id, async (file) => {
      founded = await furnish(file, scope, id, wish)
    })
    await data.platform.write(scope, (tx) => openDoors(tx, wish, founded!))
    return founded!
  } catch (error) {
    await removeUnfinished(data, scope, id)
    throw error
  }
}

/**
 * As `foundTenant`, and a retry of the same attempt does not found a second one: when the first was
 * cut off after the doors were open, its owner gets a new link, and the caller a new token.
 */
export async function foundTenantOnce(
  data: DataFolder,
  scope: Scope,
  wish: Founding,
  attempt_id: string | undefined,
): Promise<FoundedTenant> {
  const earlier = findEarlier(data, scope, attempt_id)
  if (earlier) return handOverAgain(data, scope, earlier)
  return foundTenant(data, scope, wish, (tx, id) => rememberAttempt(tx, attempt_id, id))
}

/** What an earlier try of the same attempt founded. @param attempt_id none, when no key was sent */
export const findEarlier = (
  data: DataFolder,
  scope: Scope,
  attempt_id: string | undefined,
): string | undefined =>
  attempt_id === undefined
    ? undefined
    : data.platform.read(scope, (read) =>
        findFounding(read, attempt_id, timestamp(read.now_ms - retry_within_ms)),
      )

/** For the transaction that takes the name: a retry finds what was founded. */
export function rememberAttempt(tx: Write, attempt_id: string | undefined, id: string): void {
  if (attempt_id === undefined) return
  deleteFoundingsBefore(tx, timestamp(tx.now_ms - retry_within_ms))
  insertFounding(tx, attempt_id, id)
}

/** Nobody saw the first token and the first link: they are made anew. */
function handOverAgain(data: DataFolder, scope: Scope, id: string): Promise<FoundedTenant> {
  const file = data.tenants.at(id)
  const { user_id, organization_id } = file.read(scope, findOwner)!
  return file.write({ ...scope, tenant_id: id, organization_id }, (tx) => handOver(tx, user_id))
}

/**
 * Takes a tenant away that never opened its doors, so that its name is free again.
 * @param objects what may lie of it elsewhere; its folder goes in any case
 */
export async function removeUnfinished(
  data: DataFolder,
  scope: Scope,
  id: string,
  objects?: Pick<ObjectStore, 'removeAll'>,
): Promise<void> {
  // A disk that fails after the commit must not cost a business that is open already.
  if (data.platform.read(scope, (read) => getTenant(read, { id })).status !== 'pending') return
  await objects?.removeAll()
  await data.tenants.discard(id)
  await data.platform.write(scope, (tx) => {
    reopenSignUp(tx, id)
    deletePending(tx, id)
  })
}

/** Host names of our own that no business may have. */
const reserved = new Set(
  'www api app ask console platform admin setup sign-up status mail docs static'.split(' '),
)

/**
 * Takes the names of a business that is about to be: it is `pending` until its file is in place.
 * @returns its id
 * @throws Problem `duplicate_slug`, `domain_taken`, `domain_quarantined`, `invalid`
 */
export function reserveTenant(tx: Write, wish: Founding): string {
  const { name, time_zone = 'UTC', app_domains = [], sibling } = wish
  requireTimeZone(time_zone)
  const isTaken = (slug: string) => reserved.has(slug) || isSlugTaken(tx, slug)
  const pointer = wish.domain_is_preference ? '/domain_preference' : '/domain'
  const wished = wish.domain ? readWishedDomain(tx, wish.domain, pointer) : undefined
  const label = wished && 'label' in wished ? wished.label : undefined
  if (label && !wish.domain_is_preference && isTaken(label)) {
    throw new Problem('duplicate_slug', `${label} is taken as a short name already.`)
  }
  const slug = label && !isTaken(label) ? label : freeSlug(label ?? name, isTaken)
  const hosts = [
    ...(wished && 'host' in wished ? [wished.host] : []),
    ...app_domains.map((text, index) => readOwnHost(tx, text, `/app_domains/${index}`)),
  ]
  const id = tx.id('ten')
  insertTenant(tx, {
    ...{ id, name, slug, time_zone, admin_email: wish.admin_email },
    environment: wish.environment ?? 'live',
    kind: sibling?.kind ?? 'primary',
    parent_id: sibling?.parent_id ?? null,
    metadata: JSON.stringify(wish.metadata ?? {}),
  })
  if (wish.plan !== undefined) subscribe(tx, id, wish.plan)
  registerSubdomain(tx, id, slug)
  for (const host of new Set(hosts)) registerHost(tx, id, host)
  return id
}

/** From here on it is there. Its owner's way in is in this transaction: a crash does not lose it. */
function openDoors(tx: Write, wish: Founding, founded: FoundedTenant): void {
  const { id, setup_path, setup_expires_at } = founded
  if (wish.sibling) return openSibling(tx, id)
  setStatus(tx, id, 'onboarding')
  const tenant = getTenant(tx, { id })
  emit(tx, tenantCreated, id, tenant)
  tx.afterCommit(accessChanged)
  if (wish.password_hash !== undefined) return
  queueMail(tx, {
    kind: 'owner_invitation',
    recipient: wish.admin_email,
    subject: `${wish.name} is ready for you`,
    lines: [
      `${wish.name} has been set up, and you own it.`,
      `Choose a password to come in. You will find it at ${tenant.api_domains[0]}.`,
    ],
    action: { label: 'Choose a password', path: setup_path },
    expires_at: setup_expires_at,
  })
}

/** One transaction: the organization's id is made before it, because all the rest belongs to it. */
function furnish(
  file: DatabaseFile,
  scope: Scope,
  id: string,
  wish: Founding,
): Promise<FoundedTenant> {
  const organization_id = file.ids('org')
  return file.write({ ...scope, tenant_id: id, organization_id }, (tx) => {
    const { name, admin_email: email, admin_name = email, password_hash = null } = wish
    foundOrganization(tx, { id: organization_id, name, slug: 'main', is_default: true })
    const owner_id = enrolMember(tx, { email, name: admin_name, role: 'owner', password_hash })
    const { carriers = [], features = [] } = wish.wishes ?? {}
    for (const carrier of carriers) insertWish(tx, organization_id, 'carrier', carrier)
    for (const feature of features) insertWish(tx, organization_id, 'feature', feature)
    return handOver(tx, owner_id)
  })
}

/** The first token, and the link by which the owner comes in. */
function handOver(tx: Write, owner_id: string): FoundedTenant {
  const { tenant_id, organization_id } = tx.scope
  const { secret, expires_at } = offerSetupLink(tx, owner_id)
  const { token } = issueToken(tx, {
    name: 'First token',
    level: 'tenant',
    tenant_id,
    organization_id: '',
    scopes: ['*'],
    expires_at: null,
    allowed_ips: [],
  })
  return {
    ...{ id: tenant_id, organization_id, owner_id, token },
    setup_path: setupPath(tenant_id, secret),
    setup_expires_at: expires_at,
  }
}
