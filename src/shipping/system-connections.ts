/** The operator's carrier accounts, which businesses use without ever seeing what opens them. */
import { notFound, Problem } from '../kit/problem.ts'
import { unseal } from '../kit/secrets.ts'
import { getCarrier } from '../carriers/registry.ts'
import { systemScope } from '../db/scope.ts'
import type { Read } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { openOutward, tenantKey, type Beside, type Outward } from '../operations/outward.ts'
import { getConnection } from './connections.ts'
import { connectionCreated } from './events.ts'
import { refuseRealInSandbox } from './places.ts'
import type { Adoption, CarrierConnection, OfferedConnection } from './schema.ts'
import {
  activeConnectionRows,
  findConnection,
  findUseOf,
  insertConnection,
  type ConnectionRow,
} from './store-connections.ts'

const scope = systemScope('system connections')

/** What the operator offers, and what of it this organization uses. */
export function listOffered(
  read: Read,
  _input: object,
  { data }: Beside,
): { data: OfferedConnection[] } {
  return {
    data: data.platform.read(scope, activeConnectionRows).map((row) => ({
      id: row.id,
      carrier_id: row.carrier_id,
      carrier_name: getCarrier(row.carrier_id).name,
      name: row.name,
      mode: row.mode,
      used_as: findUseOf(read, row.id)?.id ?? null,
    })),
  }
}

/**
 * Lets this organization use an account of the operator, once.
 * @throws Problem `not_found`, `conflict` when it does already, `invalid` for a real one in a sandbox
 */
export async function adoptConnection(
  outward: Outward,
  { system_connection_id, name }: Adoption,
): Promise<CarrierConnection> {
  const offered = outward.data.platform.read(scope, (read) =>
    findConnection(read, system_connection_id),
  )
  if (!offered?.active) throw notFound('system carrier connection', system_connection_id)
  refuseRealInSandbox(outward, getCarrier(offered.carrier_id), offered.mode)
  return outward.write((tx) => {
    const used = findUseOf(tx, system_connection_id)
    if (used) {
      const detail = `${used.name} stands for this account already.`
      throw new Problem('conflict', detail, { connection_id: used.id })
    }
    const { carrier_id, mode, base_url } = offered
    const id = tx.id('con')
    insertConnection(tx, {
      ...{ id, carrier_id, mode, base_url, system_connection_id },
      name: name ?? offered.name,
      credentials: new Uint8Array(),
      config: JSON.stringify({ values: {}, credentials_set: [] }),
    })
    const connection = getConnection(tx, { id })
    emit(tx, connectionCreated, id, connection)
    return connection
  })
}

/**
 * The operator's account as it is now, opened with the platform's key.
 * @throws Problem `connection_paused` when the operator paused it
 */
export function openOfSystem(
  outward: Outward,
  { id, name }: ConnectionRow,
  system_connection_id: string,
): Pick<ConnectionRow, 'carrier_id' | 'mode' | 'base_url' | 'config'> & {
  credentials: Record<string, string>
} {
  const platform = openOutward(outward, '', scope)
  const row = platform.read((read) => findConnection(read, system_connection_id))
  if (!row?.active) {
    const detail = `The account behind ${name} is paused by the operator.`
    throw new Problem('connection_paused', detail, { connection_id: id })
  }
  const text = unseal(tenantKey(platform), row.credentials, row.id)
  return { ...row, credentials: JSON.parse(text) as Record<string, string> }
}
