/** Changes where and what an endpoint is told, or stops and resumes it. */
import type { Write } from '../../db/session.ts'
import { emit, type EventType } from '../../events/emit.ts'
import { lastEventSeq } from '../../events/read.ts'
import type { Outward } from '../../operations/outward.ts'
import { failPending } from '../deliveries/store.ts'
import { endpointDisabled, endpointRemoved, endpointUpdated } from '../events.ts'
import type { Endpoint, EndpointChange } from '../schema.ts'
import { getEndpoint, requireEndpoint, toEndpoint } from './read.ts'
import { sealHeaders } from './sealed.ts'
import { updateEndpoint, updateHealth, type EndpointColumns, type EndpointRow } from './store.ts'

/** A field that is absent stays as it is. */
export function changeEndpoint(
  tx: Write,
  { id, types, ...plain }: EndpointChange & { id: string },
): Endpoint {
  return save(tx, id, endpointUpdated, {
    ...plain,
    ...(types && { types: JSON.stringify(types) }),
  })
}

/** Replaces all headers of the subscriber's own: they are sealed, so nobody can read them back. */
export const changeHeaders = (
  { services, write }: Outward,
  { id, headers }: { id: string; headers: Record<string, string> },
): Promise<Endpoint> =>
  write((tx) => {
    requireEndpoint(tx, id)
    const headers_sealed = sealHeaders(services.master_key, id, headers)
    return save(tx, id, endpointUpdated, { headers_sealed })
  })

export const disableEndpoint = (tx: Write, { id }: { id: string }): Endpoint =>
  disable(tx, requireEndpoint(tx, id), 'by_request')

/** What waits for it is given up, and can be replayed when it is enabled again. */
export function disable(
  tx: Write,
  row: EndpointRow,
  reason: Exclude<EndpointRow['disabled_reason'], ''>,
): Endpoint {
  if (row.disabled_at) return toEndpoint(row)
  failPending(tx, row.id, 'endpoint_disabled')
  return save(tx, row.id, endpointDisabled, { disabled_at: tx.now, disabled_reason: reason })
}

/** From now on it is told again, with a clean record. */
export function enableEndpoint(tx: Write, { id }: { id: string }): Endpoint {
  const row = requireEndpoint(tx, id)
  if (!row.disabled_at) return toEndpoint(row)
  updateHealth(tx, id, { ...row, consecutive_failures: 0, failing_since: null, paused_until: null })
  return save(tx, id, endpointUpdated, {
    disabled_at: null,
    disabled_reason: '',
    after_seq: lastEventSeq(tx),
  })
}

/** Its deliveries stay readable until they are forgotten; nothing is sent any more. */
export function removeEndpoint(tx: Write, { id }: { id: string }): Endpoint {
  const endpoint = getEndpoint(tx, { id })
  failPending(tx, id, 'endpoint_removed')
  updateEndpoint(tx, id, { removed_at: tx.now })
  emit(tx, endpointRemoved, id, endpoint)
  return endpoint
}

function save(tx: Write, id: string, told: EventType, columns: EndpointColumns): Endpoint {
  requireEndpoint(tx, id)
  updateEndpoint(tx, id, columns)
  const endpoint = getEndpoint(tx, { id })
  emit(tx, told, id, endpoint)
  return endpoint
}
