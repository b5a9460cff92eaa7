/** The rows of locations. */
import { listRows, searched, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { LocationFilter, LocationType } from './schema.ts'

export interface LocationRow {
  id: string
  organization_id: string
  parent_id: string | null
  site_id: string
  type: LocationType
  code: string
  name: string
  address: string | null
  pickable: 0 | 1
  receivable: 0 | 1
  on_hold: 0 | 1
  account_id: string
  receiving_id: string | null
  packing_id: string | null
  quarantine_id: string | null
  returns_id: string | null
  is_default: 0 | 1
  archived_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export const findLocation = (read: Read, id: string): LocationRow | undefined =>
  read.get(
    'SELECT * FROM locations WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const findLocationByCode = (read: Read, code: string): LocationRow | undefined =>
  read.get(
    'SELECT * FROM locations WHERE organization_id = ? AND code = ?',
    read.scope.organization_id,
    code,
  )

export const findLocationOfAccount = (read: Read, account_id: string): LocationRow | undefined =>
  read.get(
    `SELECT * FROM locations WHERE account_id = ? AND account_id <> '' AND organization_id = ?`,
    account_id,
    read.scope.organization_id,
  )

export const findDefaultSite = (read: Read): LocationRow | undefined =>
  read.get(
    'SELECT * FROM locations WHERE organization_id = ? AND is_default = 1',
    read.scope.organization_id,
  )

export const findOpenChild = (read: Read, id: string): LocationRow | undefined =>
  read.get('SELECT * FROM locations WHERE parent_id = ? AND archived_at IS NULL LIMIT 1', id)

export const listLocationRows = (read: Read, filter: LocationFilter): Page<LocationRow> => {
  const { search } = filter
  return listRows<LocationRow>(read, filter, {
    select: '* FROM locations',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['type = ?', filter.type],
      ['site_id = ?', filter.site_id],
      ['parent_id = ?', filter.parent_id],
      ...(filter.archived === false ? [['archived_at IS NULL'] as [string]] : []),
      searched(read, 'locations', search, { begins: ['code', 'name'] }),
    ],
    sortable: { created_at: 'created_at', code: 'code' },
    default_sort: 'code',
    id: 'id',
  })
}

export interface TreeRow extends LocationRow {
  depth: number
}

/** A location and all under it, parents before children, by code. */
export const treeRows = (read: Read, id: string, limit: number): TreeRow[] =>
  read.all(
    `WITH RECURSIVE below (id, depth, path) AS (
        SELECT id, 0, code FROM locations WHERE id = ? AND organization_id = ?
        UNION ALL
        SELECT l.id, b.depth + 1, b.path || char(1) || l.code
          FROM below b JOIN locations l ON l.parent_id = b.id WHERE l.archived_at IS NULL)
      SELECT l.*, b.depth FROM below b JOIN locations l ON l.id = b.id ORDER BY b.path LIMIT ?`,
    id,
    read.scope.organization_id,
    limit,
  )

const columns = [
  'parent_id',
  'site_id',
  'type',
  'code',
  'name',
  'address',
  'pickable',
  'receivable',
  'on_hold',
  'account_id',
  'receiving_id',
  'packing_id',
  'quarantine_id',
  'returns_id',
  'is_default',
  'archived_at',
] as const

export type LocationColumns = Pick<LocationRow, (typeof columns)[number]>

export const insertLocation = (tx: Write, id: string, row: LocationColumns): number =>
  tx.run(
    `INSERT INTO locations (id, organization_id, created_at, updated_at, ${columns.join(', ')})
     VALUES (?, ?, ?, ?, ${columns.map(() => '?').join(', ')})`,
    id,
    tx.scope.organization_id,
    tx.now,
    tx.now,
    ...columns.map((name) => row[name]),
  )

export const updateLocation = (tx: Write, id: string, row: LocationColumns): number =>
  tx.run(
    `UPDATE locations SET ${columns.map((name) => `${name} = ?`).join(', ')},
       version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    ...columns.map((name) => row[name]),
    tx.now,
    id,
    tx.scope.organization_id,
  )

export const clearDefaultSite = (tx: Write): number =>
  tx.run(
    `UPDATE locations SET is_default = 0, version = version + 1, updated_at = ?
      WHERE organization_id = ? AND is_default = 1`,
    tx.now,
    tx.scope.organization_id,
  )
