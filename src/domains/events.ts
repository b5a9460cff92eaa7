/** What is told about domains, in the outbox of the platform. */
import type { EventType } from '../events/emit.ts'
import { PlatformDomain } from './schema.ts'

const told = (type: string, summary: string): EventType => ({
  type,
  summary,
  data: PlatformDomain,
})

export const domainAdded = told('domain.added', 'A business added a domain of its own.')
export const domainVerified = told('domain.verified', 'The proof of a domain was found.')
export const domainUnverified = told(
  'domain.unverified',
  'The proof of a domain was gone for three days in a row: it leads nowhere any more.',
)
export const domainPreferred = told('domain.preferred', 'A domain became the primary one.')
export const domainReleased = told('domain.released', 'A business gave a domain up.')

export const events = [
  domainAdded,
  domainVerified,
  domainUnverified,
  domainPreferred,
  domainReleased,
]
