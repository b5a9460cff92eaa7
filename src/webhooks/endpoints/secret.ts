/** Shows an endpoint's secret, or replaces it while the old one keeps signing for a while. */
import { hour_ms, timestamp } from '../../kit/clock.ts'
import { emit } from '../../events/emit.ts'
import type { Read } from '../../db/session.ts'
import type { Outward } from '../../operations/outward.ts'
import { endpointUpdated } from '../events.ts'
import type { EndpointSecret } from '../schema.ts'
import { getEndpoint, requireEndpoint } from './read.ts'
import { newSecret, openSecret, sealSecret } from './sealed.ts'
import { updateEndpoint } from './store.ts'

export const default_grace_hours = 24

/** An act of its own, so that the audit trail says who looked. */
export const revealSecret = async (
  { services, read }: Outward,
  { id }: { id: string },
): Promise<EndpointSecret> => read((query) => secretsOf(query, services.master_key, id))

/** Both secrets sign until the grace is over, so that the subscriber can change his at leisure. */
export const rotateSecret = (
  { services, write }: Outward,
  { id, grace_hours = default_grace_hours }: { id: string; grace_hours?: number },
): Promise<EndpointSecret> =>
  write((tx) => {
    const row = requireEndpoint(tx, id)
    updateEndpoint(tx, id, {
      secret_sealed: sealSecret(services.master_key, id, newSecret()),
      previous_secret_sealed: grace_hours > 0 ? row.secret_sealed : null,
      previous_secret_until: grace_hours > 0 ? timestamp(tx.now_ms + grace_hours * hour_ms) : null,
    })
    emit(tx, endpointUpdated, id, getEndpoint(tx, { id }))
    return secretsOf(tx, services.master_key, id)
  })

function secretsOf(read: Read, key: Uint8Array, id: string): EndpointSecret {
  const row = requireEndpoint(read, id)
  const { previous_secret_sealed, previous_secret_until } = row
  const in_grace = previous_secret_until !== null && previous_secret_until > read.now
  return {
    id,
    secret: openSecret(key, id, row.secret_sealed),
    previous_secret:
      previous_secret_sealed && in_grace ? openSecret(key, id, previous_secret_sealed) : null,
    previous_secret_until: in_grace ? previous_secret_until : null,
  }
}
