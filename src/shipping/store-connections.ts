/** The rows of carrier connections. */
import { listRows, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'

export interface ConnectionRow {
  id: string
  organization_id: string
  carrier_id: string
  name: string
  mode: 'sandbox' | 'live' | 'simulator'
  base_url: string | null
  /** Sealed. */
  credentials: Uint8Array
  config: string
  /** The operator's account it stands for. */
  system_connection_id: string | null
  active: 0 | 1
  version: number
  created_at: string
  updated_at: string
}

export const findConnection = (read: Read, id: string): ConnectionRow | undefined =>
  read.get<ConnectionRow>(
    'SELECT * FROM carrier_connections WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const hasConnectionTo = (read: Read, carrier_id: string): boolean =>
  read.get(
    'SELECT 1 FROM carrier_connections WHERE organization_id = ? AND carrier_id = ? LIMIT 1',
    read.scope.organization_id,
    carrier_id,
  ) !== undefined

export const listConnectionRows = (
  read: Read,
  filter: { limit?: number; cursor?: string; sort?: string; carrier_id?: string },
): Page<ConnectionRow> =>
  listRows<ConnectionRow>(read, filter, {
    select: '* FROM carrier_connections',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['carrier_id = ?', filter.carrier_id],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: 'created_at',
    id: 'id',
  })

/** Those that can be asked for rates; a business has a handful. */
export const activeConnectionRows = (read: Read): ConnectionRow[] =>
  read.all<ConnectionRow>(
    `SELECT * FROM carrier_connections WHERE organization_id = ? AND active = 1
     ORDER BY created_at, id LIMIT 100`,
    read.scope.organization_id,
  )

export const insertConnection = (
  tx: Write,
  row: Pick<
    ConnectionRow,
    | 'id'
    | 'carrier_id'
    | 'name'
    | 'mode'
    | 'base_url'
    | 'credentials'
    | 'config'
    | 'system_connection_id'
  >,
): number =>
  tx.run(
    `INSERT INTO carrier_connections (id, organization_id, carrier_id, name, mode, base_url,
       credentials, config, system_connection_id, created_at, updated_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    tx.scope.organization_id,
    row.carrier_id,
    row.name,
    row.mode,
    row.base_url,
    row.credentials,
    row.config,
    row.system_connection_id,
    tx.now,
    tx.now,
  )

export const updateConnection = (
  tx: Write,
  row: Pick<ConnectionRow, 'id' | 'name' | 'credentials' | 'config' | 'active'>,
): number =>
  tx.run(
    `UPDATE carrier_connections SET name = ?, credentials = ?, config = ?, active = ?,
       version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    row.name,
    row.credentials,
    row.config,
    row.active,
    tx.now,
    row.id,
    tx.scope.organization_id,
  )

export const findUseOf = (read: Read, system_connection_id: string): ConnectionRow | undefined =>
  read.get<ConnectionRow>(
    `SELECT * FROM carrier_connections WHERE organization_id = ? AND system_connection_id = ?`,
    read.scope.organization_id,
    system_connection_id,
  )
