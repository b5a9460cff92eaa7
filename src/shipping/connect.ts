/** Connects a carrier account, changes it, or pauses it. Credentials are sealed before they are kept. */
import { invalid, notFound, Problem } from '../kit/problem.ts'
import { checkCredentials } from '../carriers/readiness.ts'
import { getCarrier } from '../carriers/registry.ts'
import type { Connection } from '../carriers/contract.ts'
import { emit } from '../events/emit.ts'
import type { Write } from '../db/session.ts'
import type { Outward } from '../operations/outward.ts'
import { refuseRealInSandbox, requireSimulator } from './places.ts'
import { configOf, getConnection, sealCredentials, unsealCredentials } from './connections.ts'
import { connectionCreated, connectionUpdated } from './events.ts'
import type { CarrierConnection, ConnectionChange, NewConnection } from './schema.ts'
import {
  findConnection,
  insertConnection,
  updateConnection,
  type ConnectionRow,
} from './store-connections.ts'

/**
 * @throws Problem `unknown_carrier`, `invalid` for missing or unknown credential fields, a real account
 *   in a sandbox, or a simulator that the operator has not named
 */
export async function connectCarrier(
  outward: Outward,
  wanted: NewConnection,
): Promise<CarrierConnection> {
  const { carrier_id, name, mode, base_url, credentials = {}, config = {} } = wanted
  if ((mode === 'simulator') !== (base_url !== undefined)) {
    throw invalid('/base_url', 'A simulator needs its base_url, and nothing else has one.')
  }
  if (base_url !== undefined) requireSimulator(outward, base_url)
  refuseRealInSandbox(outward, getCarrier(carrier_id), mode)
  return outward.write((tx) => {
    const id = tx.id('con')
    refuseUnready({ id, carrier_id, mode, credentials, config })
    insertConnection(tx, {
      id,
      carrier_id,
      name,
      mode,
      base_url: base_url ?? null,
      credentials: sealCredentials(outward, id, credentials),
      config: packConfig(config, credentials),
      system_connection_id: null,
    })
    const connection = getConnection(tx, { id })
    emit(tx, connectionCreated, id, connection)
    return connection
  })
}

/** Credentials are replaced whole; absent ones stay. */
export async function changeConnection(
  outward: Outward,
  { id, ...change }: ConnectionChange & { id: string },
): Promise<CarrierConnection> {
  return outward.write((tx) => {
    const row = findConnection(tx, id)
    if (!row) throw notFound('carrier connection', id)
    if (row.system_connection_id) return changeUse(tx, row, change)
    const credentials = change.credentials ?? unsealCredentials(outward, row)
    const config = change.config ?? configOf(row).values
    refuseUnready({ id, carrier_id: row.carrier_id, mode: row.mode, credentials, config })
    updateConnection(tx, {
      id,
      name: change.name ?? row.name,
      credentials: sealCredentials(outward, id, credentials),
      config: packConfig(config, credentials),
      active: change.active === undefined ? row.active : change.active ? 1 : 0,
    })
    const connection = getConnection(tx, { id })
    emit(tx, connectionUpdated, id, connection)
    return connection
  })
}

/** What is the operator's stays the operator's: only the name and the pause are one's own. */
function changeUse(tx: Write, row: ConnectionRow, change: ConnectionChange): CarrierConnection {
  const foreign = (['credentials', 'config'] as const).find((name) => change[name] !== undefined)
  if (foreign) throw invalid(`/${foreign}`, 'This account is the operator’s: he alone changes it.')
  const { name = row.name, active = row.active === 1 } = change
  updateConnection(tx, { ...row, name, active: active ? 1 : 0 })
  const connection = getConnection(tx, { id: row.id })
  emit(tx, connectionUpdated, row.id, connection)
  return connection
}

function refuseUnready(connection: Connection): void {
  const carrier = getCarrier(connection.carrier_id)
  const known = new Set(carrier.credentials.map((field) => field.name))
  const foreign = Object.keys(connection.credentials).find((name) => !known.has(name))
  if (foreign) {
    throw invalid(`/credentials/${foreign}`, `${carrier.name} asks for no ${foreign}.`)
  }
  const messages = checkCredentials(carrier, connection)
  const [first] = messages
  if (!first) return
  throw new Problem('invalid', first.detail, {
    errors: messages.map(({ field, detail }) => ({ pointer: field ?? '/credentials', detail })),
  })
}

const packConfig = (values: Record<string, unknown>, credentials: Record<string, string>): string =>
  JSON.stringify({ values, credentials_set: Object.keys(credentials).sort() })
