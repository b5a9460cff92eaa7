/** Adds an address that is told what happens, and gives it a secret to check that it was us. */
import { Problem } from '../../kit/problem.ts'
import { emit } from '../../events/emit.ts'
import { lastEventSeq } from '../../events/read.ts'
import { requireRoom } from '../../plans/require-room.ts'
import type { Outward } from '../../operations/outward.ts'
import { AddressRefused, checkTarget, resolveHost } from '../dispatch/guard.ts'
import { endpointCreated } from '../events.ts'
import type { CreatedEndpoint, NewEndpoint } from '../schema.ts'
import { getEndpoint } from './read.ts'
import { newSecret, sealHeaders, sealSecret } from './sealed.ts'
import { countEndpoints, insertEndpoint } from './store.ts'

export const default_concurrency = 5

/**
 * It gets what happens from now on; `recover` queues what happened before.
 * @throws Problem `webhook_url_refused` when the address is known not to be a public one,
 *   `limit_reached`
 */
export async function createEndpoint(
  outward: Outward,
  wanted: NewEndpoint,
): Promise<CreatedEndpoint> {
  const { master_key, private_hosts = [] } = outward.services
  await refusePrivate(wanted.url, private_hosts)
  const secret = newSecret()
  return outward.write((tx) => {
    requireRoom(tx, 'webhook_endpoints', countEndpoints(tx))
    const id = tx.id('whe')
    insertEndpoint(tx, {
      id,
      url: wanted.url,
      description: wanted.description ?? '',
      types: JSON.stringify(wanted.types ?? ['*']),
      headers_sealed: sealHeaders(master_key, id, wanted.headers ?? {}),
      max_concurrency: wanted.max_concurrency ?? default_concurrency,
      secret_sealed: sealSecret(master_key, id, secret),
      after_seq: lastEventSeq(tx),
    })
    const endpoint = getEndpoint(tx, { id })
    emit(tx, endpointCreated, id, endpoint)
    return { ...endpoint, secret }
  })
}

/** A help at the time of writing; what protects is the same check before every attempt. */
async function refusePrivate(url: string, private_hosts: readonly string[]): Promise<void> {
  try {
    await checkTarget(url, private_hosts, resolveHost)
  } catch (error) {
    if (!(error instanceof AddressRefused)) throw error
    // A name that does not exist yet may exist by the time of the first event.
    if (error.reason === 'name_not_found') return
    throw new Problem('webhook_url_refused', error.message, {
      errors: [{ pointer: '/url', detail: error.message }],
    })
  }
}
