/** Adds a domain of one's own: the reply says what has to stand in the DNS. */
import { requireRoom } from '../plans/require-room.ts'
import type { Outward } from '../operations/outward.ts'
import { domainAdded } from './events.ts'
import { onPlatform, tell } from './on-platform.ts'
import { findDomainOf } from './read.ts'
import { readOwnHost, registerHost } from './register.ts'
import type { Domain, NewDomain } from './schema.ts'
import { countCustomDomains } from './store.ts'

/** @throws Problem `invalid`, `limit_reached`, `domain_taken`, `domain_quarantined` */
export const addDomain = (outward: Outward, { domain }: NewDomain): Promise<Domain> =>
  onPlatform(outward, (tx) => {
    const { tenant_id } = outward
    const host = readOwnHost(tx, domain, '/domain')
    requireRoom(tx, 'custom_domains', countCustomDomains(tx, tenant_id))
    const id = registerHost(tx, tenant_id, host)
    tell(tx, domainAdded, id)
    return findDomainOf(tx, tenant_id, id)
  })
