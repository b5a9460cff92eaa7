/** The first act of an erasure: the business is a stone from here on, and the platform forgets it. */
import { Problem, invalid } from '../../kit/problem.ts'
import { seal, unseal } from '../../kit/secrets.ts'
import type { Read, Write } from '../../db/session.ts'
import { forgetSubject } from '../../audit/forget-subject.ts'
import { accessChanged } from '../../operations/access-changed.ts'
import { forgetAnswersAbout } from '../../operations/idempotency.ts'
import type { Beside } from '../../operations/outward.ts'
import { systemScope } from '../../db/scope.ts'
import { getTenant } from '../../tenants/read.ts'
import type { Tenant } from '../../tenants/schema.ts'
import type { ErasureWish, Removed } from './schema.ts'
import {
  erasedSiblings,
  findErasureOf,
  insertErasure,
  livingSiblings,
  makeStone,
  type ErasureRow,
} from './store.ts'
import {
  deleteMailsAbout,
  deleteMailsTo,
  deleteRowsOf,
  deleteSignUpsOf,
  domainsOf,
  emptyEventsAbout,
  emptySubscriptions,
  idsIn,
  isSharedAddress,
  kept_tables,
  peopleOf,
  referencesToTenants,
  type Reference,
} from './store-scrub.ts'

type Person = { id: string; email: string }

/**
 * All of it in one transaction, with what is still to be done outside on the row. One that was begun
 * before is gone on with: it was confirmed then.
 * @throws Problem `not_found`, `invalid` for another short name, `conflict` when it was erased, is
 *   being founded, or has sandboxes and branches that are not erased yet
 */
export function beginErasure(
  tx: Write,
  beside: Beside,
  tenant_id: string,
  { confirm_slug, reason }: ErasureWish,
): ErasureRow {
  const tenant = getTenant(tx, { id: tenant_id })
  const begun = findErasureOf(tx, tenant_id)
  if (begun?.state === 'done') {
    throw new Problem('conflict', 'This business was erased already.', { erasure_id: begun.id })
  }
  if (begun) return begun
  if (tenant.status === 'pending') {
    throw new Problem('conflict', 'This business is still being founded.')
  }
  if (confirm_slug !== tenant.slug) {
    throw invalid('/confirm_slug', 'Type the short name of the business exactly as it is written.')
  }
  if (livingSiblings(tx, tenant_id).length > 0) {
    throw new Problem('conflict', 'It has sandboxes or branches that are still there.')
  }
  const people = peopleIn(beside, tenant_id)
  const id = tx.id('era')
  const sought = wordsOf(tx, tenant, people)
  const removed = forget(tx, beside, tenant, people)
  makeStone(tx, tenant_id)
  const { kind, id: decided_by_id } = tx.scope.actor
  insertErasure(tx, {
    ...{ id, tenant_id, decided_by_kind: kind, decided_by_id, reason },
    removed: JSON.stringify(removed),
    sought: sealWords(beside, id, sought),
  })
  tx.afterCommit(accessChanged)
  return findErasureOf(tx, tenant_id)!
}

/** A file that is damaged or gone cannot say who was in it: then the platform's own word has to do. */
function peopleIn({ data }: Beside, tenant_id: string): Person[] {
  if (!data.tenants.exists(tenant_id) || data.tenants.maintenance.has(tenant_id)) return []
  return data.tenants.at(tenant_id).read(systemScope('lifecycle', '', tenant_id), peopleOf)
}

/** A name that is shorter is part of too many words. */
const shortest_sought = 3

/** What it is called, and where its people are written to: sought in what is said about others. */
function wordsOf(
  read: Read,
  { id, name, admin_email }: Tenant,
  people: readonly Person[],
): string[] {
  const emails = people.map(({ email }) => email)
  const family = [id, ...erasedSiblings(read, id)]
  const words = [...family, name, admin_email, ...emails, ...domainsOf(read, id)]
  return [...new Set(words)].filter((word) => word.length >= shortest_sought)
}

const boundTo = (id: string): string => `erasure ${id}`

const sealWords = ({ services }: Beside, id: string, words: readonly string[]): Buffer =>
  seal(services.master_key, JSON.stringify(words), boundTo(id))

/** What is still to be sought. */
export const soughtOf = ({ services }: Beside, { id, sought }: ErasureRow): string[] =>
  sought ? (JSON.parse(unseal(services.master_key, sought, boundTo(id))) as string[]) : []

function forget(
  tx: Write,
  { services }: Beside,
  { id: tenant_id, name, admin_email }: Tenant,
  people: readonly Person[],
): Removed {
  // Siblings that went before it left rows, and entries that name it.
  const family = [tenant_id, ...erasedSiblings(tx, tenant_id)]
  const references = referencesToTenants(tx)
  const about = subjectsOf(tx, references, family, people)
  const addresses = [admin_email, ...people.map(({ email }) => email)]
  const mails = forgetMails(tx, family, [name, ...domainsOf(tx, tenant_id)], addresses)
  const events = sum(about, (id) => emptyEventsAbout(tx, id))
  const answers = sum(family, (id) => forgetAnswersAbout(tx, id, services.master_key))
  const rows: Record<string, number> = {
    ...{ mails, idempotency_keys: answers },
    sign_ups: sum([...new Set(addresses)], (email) => deleteSignUpsOf(tx, email)),
  }
  for (const reference of references) {
    const { table } = reference
    if (table in kept_tables) continue
    rows[table] = (rows[table] ?? 0) + sum(family, (id) => deleteRowsOf(tx, reference, id))
  }
  const subscriptions = sum(family, (id) => emptySubscriptions(tx, id))
  const audit_entries = forgetSubject(tx, about)
  return {
    platform_rows: withoutZeros(rows),
    platform_texts: withoutZeros({ events, subscriptions, audit_entries }),
  }
}

const sum = <T>(all: readonly T[], count: (one: T) => number): number =>
  all.reduce((total, one) => total + count(one), 0)

/** What events and entries of the audit trail may be about: businesses, people, rows. */
function subjectsOf(
  read: Read,
  references: readonly Reference[],
  family: readonly string[],
  people: readonly Person[],
): string[] {
  const ids = references.flatMap((reference) => family.flatMap((id) => idsIn(read, reference, id)))
  return [...new Set([...family, ...ids, ...people.map(({ id }) => id)])]
}

function forgetMails(
  tx: Write,
  family: readonly string[],
  words: readonly string[],
  addresses: readonly string[],
): number {
  let went = 0
  for (const address of new Set(addresses)) {
    if (!isSharedAddress(tx, address, family[0]!)) went += deleteMailsTo(tx, address)
  }
  for (const said of [...family, ...words]) {
    // In a mail the words stand inside JSON.
    for (const form of new Set([said, JSON.stringify(said).slice(1, -1)])) {
      went += deleteMailsAbout(tx, form)
    }
  }
  return went
}

const withoutZeros = (counts: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
