/** Makes a domain the primary one: the one that stands first, in links and in lists. */
import { Problem } from '../kit/problem.ts'
import type { Outward } from '../operations/outward.ts'
import { domainPreferred } from './events.ts'
import { onPlatform, tell } from './on-platform.ts'
import { findDomainOf } from './read.ts'
import type { Domain } from './schema.ts'
import { clearPrimary, setPrimary } from './store.ts'

/** @throws Problem `not_found`, `conflict` for one that is not verified */
export const preferDomain = (outward: Outward, { id }: { id: string }): Promise<Domain> =>
  onPlatform(outward, (tx) => {
    const { tenant_id } = outward
    const before = findDomainOf(tx, tenant_id, id)
    if (before.state !== 'verified') {
      throw new Problem('conflict', `${before.domain} has to be verified first.`)
    }
    if (before.is_primary) return before
    clearPrimary(tx, tenant_id)
    setPrimary(tx, id)
    tell(tx, domainPreferred, id)
    return findDomainOf(tx, tenant_id, id)
  })
