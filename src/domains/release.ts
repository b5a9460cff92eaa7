/** Gives a domain up: what was proven waits for a time before others may have it. */
import { day_ms, timestamp } from '../kit/clock.ts'
import { Problem } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import type { Outward } from '../operations/outward.ts'
import { domainReleased } from './events.ts'
import { onPlatform, tell } from './on-platform.ts'
import { findDomainOf, getPlatformDomain } from './read.ts'
import type { Domain, PlatformDomain } from './schema.ts'
import { deleteDomain, findDomain, setReleased } from './store.ts'
import { preferSubdomain } from './verify.ts'

/** Against others, who could read what is still sent there. */
export const quarantine_days = 30

/** @throws Problem `not_found`, `conflict` for a name that is ours */
export const releaseDomain = (outward: Outward, { id }: { id: string }): Promise<Domain> =>
  onPlatform(outward, (tx) => {
    const { tenant_id } = outward
    const domain = findDomainOf(tx, tenant_id, id)
    return giveUp(tx, id) ? findDomainOf(tx, tenant_id, id) : domain
  })

/**
 * By the operator; a domain that is in quarantine already leaves it.
 * @throws Problem `not_found`, `conflict` for a name that is ours
 */
export function releasePlatformDomain(tx: Write, { id }: { id: string }): PlatformDomain {
  const domain = getPlatformDomain(tx, { id })
  if (domain.state !== 'released') return giveUp(tx, id) ? getPlatformDomain(tx, { id }) : domain
  deleteDomain(tx, id)
  return domain
}

/** @returns false when nothing was ever proven: then the row is gone */
function giveUp(tx: Write, id: string): boolean {
  const row = findDomain(tx, id)!
  if (row.kind === 'subdomain') {
    throw new Problem('conflict', 'A business keeps its name below that of the installation.')
  }
  if (row.state === 'released') return true
  if (row.is_primary) preferSubdomain(tx, row.tenant_id)
  tell(tx, domainReleased, id)
  if (row.verified_at === null) {
    deleteDomain(tx, id)
    return false
  }
  setReleased(tx, id, timestamp(tx.now_ms + quarantine_days * day_ms))
  return true
}
