/** Reads carrier connections, and opens their credentials for a call. */
import { notFound, Problem } from '../kit/problem.ts'
import { seal, unseal } from '../kit/secrets.ts'
import type { Carrier, Connection } from '../carriers/contract.ts'
import { carriers, getCarrier } from '../carriers/registry.ts'
import type { Read } from '../db/session.ts'
import { tenantKey, type Outward } from '../operations/outward.ts'
import { openOfSystem } from './system-connections.ts'
import type { CarrierConnection } from './schema.ts'
import {
  activeConnectionRows,
  findConnection,
  listConnectionRows,
  type ConnectionRow,
} from './store-connections.ts'

/** @throws Problem `not_found` */
export function getConnection(read: Read, { id }: { id: string }): CarrierConnection {
  const row = findConnection(read, id)
  if (!row) throw notFound('carrier connection', id)
  return toConnection(row)
}

export function listConnections(
  read: Read,
  filter: { limit?: number; cursor?: string; sort?: string; carrier_id?: string },
) {
  const { rows, ...rest } = listConnectionRows(read, filter)
  return { data: rows.map(toConnection), ...rest }
}

/** The connection with its credentials, for one call to its carrier. */
export function openConnection(outward: Outward, id: string): Connection {
  const row = outward.read((read) => findConnection(read, id))
  if (!row) throw notFound('carrier connection', id)
  if (!row.active) {
    throw new Problem('connection_paused', `The connection ${row.name} is paused.`, {
      connection_id: id,
    })
  }
  return open(outward, row)
}

/** All active connections, or those named. */
export function openConnections(outward: Outward, ids?: readonly string[]): Connection[] {
  if (ids?.length) return ids.map((id) => openConnection(outward, id))
  return outward.read(activeConnectionRows).map((row) => open(outward, row))
}

export const sealCredentials = (
  outward: Outward,
  id: string,
  values: Record<string, string>,
): Buffer => seal(tenantKey(outward), JSON.stringify(values), id)

export const unsealCredentials = (
  outward: Outward,
  row: Pick<ConnectionRow, 'id' | 'credentials'>,
): Record<string, string> =>
  JSON.parse(unseal(tenantKey(outward), row.credentials, row.id)) as Record<string, string>

/** The id is that of the connection in use, so that tokens and charges are kept apart by it. */
function open(outward: Outward, row: ConnectionRow): Connection {
  const { carrier_id, mode, base_url, credentials, config } = row.system_connection_id
    ? openOfSystem(outward, row, row.system_connection_id)
    : { ...row, credentials: unsealCredentials(outward, row) }
  return {
    id: row.id,
    carrier_id,
    mode,
    ...(base_url && { base_url }),
    credentials,
    config: configOf({ config }).values,
  }
}

/** The names of set credentials stand beside the configuration, where no key is needed to list them. */
export const configOf = (
  row: Pick<ConnectionRow, 'config'>,
): { values: Record<string, unknown>; credentials_set: string[] } =>
  JSON.parse(row.config) as { values: Record<string, unknown>; credentials_set: string[] }

export function toConnection(row: ConnectionRow): CarrierConnection {
  const { values, credentials_set } = configOf(row)
  return {
    id: row.id,
    carrier_id: row.carrier_id,
    carrier_name: getCarrier(row.carrier_id).name,
    name: row.name,
    kind: row.system_connection_id ? 'system' : 'own',
    system_connection_id: row.system_connection_id,
    mode: row.mode,
    base_url: row.base_url,
    credentials_set,
    config: values,
    active: row.active === 1,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

/** What each carrier can do, asks for, and how far it was proven. */
export const listCarriers = () => ({ data: carriers.map(describe) })

const describe = (carrier: Carrier) => ({
  id: carrier.id,
  name: carrier.name,
  website: carrier.website,
  countries: [...carrier.countries],
  operations: Object.keys(carrier.operations).sort(),
  credentials: carrier.credentials.map((field) => ({ ...field })),
  config: carrier.config.map((field) => ({ ...field })),
  services: carrier.services.map((service) => ({ ...service })),
  packaging: carrier.packaging.map((packaging) => ({ ...packaging })),
  options: carrier.options.map((option) => ({ ...option })),
  label_types: [...carrier.label_types],
  proven: carrier.proven.map((proof) => ({ ...proof })),
})
