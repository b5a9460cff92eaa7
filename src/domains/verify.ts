/** Looks for the proof that a domain is one's own, and takes what follows from it. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { notFound, Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import type { Outward } from '../operations/outward.ts'
import type { Services } from '../operations/services.ts'
import { queueMail } from '../mail/queue.ts'
import { domainUnverified, domainVerified } from './events.ts'
import { systemTexts } from './find-texts.ts'
import { onPlatform, tell } from './on-platform.ts'
import { getPlatformDomain, proofRecord } from './read.ts'
import { refuseHeld } from './register.ts'
import type { PlatformDomain } from './schema.ts'
import {
  adminEmailOf,
  clearPrimary,
  findDomain,
  findPrimary,
  findSubdomain,
  setPrimary,
  setProven,
  setUnanswered,
  setUnproven,
  type DomainRow,
} from './store.ts'

/** So many days in a row without the proof end it. */
export const most_failures = 3
/**
 * So long the DNS may give no answer. A zone that stays broken longer is a zone nobody looks after,
 * and who breaks it on purpose must not hold a name for ever.
 */
const longest_silence_ms = 14 * day_ms

export interface Look {
  found: boolean
  /** What was found instead, in a sentence; empty when the proof was there. */
  error: string
  texts: readonly string[]
  /** The DNS gave no answer, which says nothing about the domain. */
  unanswered: boolean
}

/** Asks the DNS; no transaction is open meanwhile. */
export async function lookForProof(
  { findTexts = systemTexts }: Pick<Services, 'findTexts'>,
  { name, proof }: Pick<DomainRow, 'name' | 'proof'>,
): Promise<Look> {
  const record = proofRecord(name)
  try {
    const texts = await findTexts(record)
    const found = texts.includes(proof)
    const error =
      texts.length > 0
        ? `${record} has ${texts.length} other texts, not this one.`
        : `There is no TXT record ${record}.`
    return { found, error: found ? '' : error, texts, unanswered: false }
  } catch (error) {
    const { code = 'no answer' } = error as { code?: string }
    const said = `The DNS gave no answer for ${record}: ${code}.`
    return { found: false, error: said, texts: [], unanswered: true }
  }
}

/**
 * The first domain of its own that a business proves becomes its primary one.
 * @throws Problem `not_found`, `domain_taken`, `domain_quarantined`, `domain_not_proven`
 */
export async function verifyDomain(outward: Outward, id: string): Promise<PlatformDomain> {
  const row = outward.data.platform.read(outward.scope, (read) => findDomain(read, id))
  const foreign = outward.tenant_id !== '' && row?.tenant_id !== outward.tenant_id
  if (!row || foreign || row.kind !== 'custom' || row.state === 'released') {
    throw notFound('domain of its own', id)
  }
  const look = await lookForProof(outward.services, row)
  const done = await onPlatform(outward, (tx) => {
    // It may have been released, or proven by somebody else, while the DNS was asked.
    const now = findDomain(tx, id)
    if (!now || now.state === 'released') throw notFound('domain of its own', id)
    if (look.found) return prove(tx, now)
    const { state, failure_count } = now
    // Silence is no answer: the day of the last one stays, and with it the end of the patience.
    if (look.unanswered) setUnanswered(tx, id, look.error)
    else setUnproven(tx, { id, state, failure_count, last_error: look.error })
    return undefined
  })
  if (done) return done
  throw new Problem('domain_not_proven', look.error, {
    record: proofRecord(row.name),
    expected: row.proof,
    found: look.texts.slice(0, 20),
  })
}

/** @throws Problem `domain_taken`, `domain_quarantined` */
export function prove(tx: Write, row: DomainRow): PlatformDomain {
  const { id, tenant_id, name, state } = row
  refuseHeld(tx, tenant_id, name)
  setProven(tx, id)
  if (state !== 'verified') {
    if (findPrimary(tx, tenant_id).kind === 'subdomain') {
      clearPrimary(tx, tenant_id)
      setPrimary(tx, id)
    }
    tell(tx, domainVerified, id)
  }
  return getPlatformDomain(tx, { id })
}

/** A day without the proof; the third in a row ends it. */
export function miss(tx: Write, row: DomainRow, error: string): void {
  const { id, state } = row
  const failure_count = row.failure_count + 1
  if (failure_count >= most_failures) {
    const why = `The proof that ${row.name} is yours was not found for ${most_failures} days in a row`
    return end(tx, { ...row, failure_count }, error, why)
  }
  setUnproven(tx, { id, state, failure_count, last_error: error })
}

/** A day on which the DNS said nothing; a fortnight since its last answer ends it. */
export function hearNothing(tx: Write, row: DomainRow, error: string): void {
  const answered_at = row.checked_at ?? row.created_at
  if (answered_at > timestamp(tx.now_ms - longest_silence_ms)) {
    setUnanswered(tx, row.id, error)
    return
  }
  end(tx, row, error, `For a fortnight the DNS did not say whether ${row.name} is yours`)
}

/** It leads nowhere any more, and who looks after the business is told. */
function end(tx: Write, row: DomainRow, error: string, why: string): void {
  const { id, failure_count } = row
  if (row.is_primary) preferSubdomain(tx, row.tenant_id)
  setUnproven(tx, { id, state: 'unverified', failure_count, last_error: error })
  tell(tx, domainUnverified, row.id)
  queueMail(tx, {
    kind: 'domain_unverified',
    recipient: adminEmailOf(tx, row.tenant_id),
    subject: `${row.name} leads nowhere any more`,
    lines: [
      `${why}: ${error}`,
      `Put the TXT record ${proofRecord(row.name)} back, with the text ${row.proof}, and verify it again.`,
      'Until then your business is reached under its other addresses.',
    ],
    action: { label: 'Open the domains', path: '/settings/domains' },
  })
}

/** What it falls back to when its own domain is gone. */
export function preferSubdomain(tx: Write, tenant_id: string): void {
  clearPrimary(tx, tenant_id)
  const own = findSubdomain(tx, tenant_id)
  if (own) setPrimary(tx, own.id)
}
