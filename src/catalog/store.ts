/** The rows of items. */
import { listRows, searched, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import type { ItemFilter } from './schema.ts'

export interface ItemRow {
  id: string
  organization_id: string
  sku: string
  name: string
  description: string
  base_unit: string
  scale: number
  tracking: 'none' | 'lot' | 'serial'
  barcode: string | null
  hs_code: string | null
  country_of_origin: string | null
  value_amount: number | null
  value_currency: string | null
  weight_g: number | null
  length_mm: number | null
  width_mm: number | null
  height_mm: number | null
  reorder_point: number | null
  metadata: string
  archived_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export const findItem = (read: Read, id: string): ItemRow | undefined =>
  read.get<ItemRow>(
    'SELECT * FROM items WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const findItemBySku = (read: Read, sku: string): ItemRow | undefined =>
  read.get<ItemRow>(
    'SELECT * FROM items WHERE organization_id = ? AND sku = ?',
    read.scope.organization_id,
    sku,
  )

export const findItemByBarcode = (read: Read, barcode: string): ItemRow | undefined =>
  read.get<ItemRow>(
    'SELECT * FROM items WHERE organization_id = ? AND barcode = ?',
    read.scope.organization_id,
    barcode,
  )

/** `?search=` begins a sku or a name, or is a whole barcode. */
export const listItemRows = (read: Read, filter: ItemFilter): Page<ItemRow> => {
  const { search } = filter
  return listRows<ItemRow>(read, filter, {
    select: '* FROM items',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['tracking = ?', filter.tracking],
      ...(filter.archived === false ? [['archived_at IS NULL'] as [string]] : []),
      searched(read, 'items', search, { begins: ['sku', 'name'], is: ['barcode'] }),
    ],
    sortable: { created_at: 'created_at', sku: 'sku', name: 'name' },
    default_sort: '-created_at',
    id: 'id',
  })
}

const columns = [
  'sku',
  'name',
  'description',
  'base_unit',
  'scale',
  'tracking',
  'barcode',
  'hs_code',
  'country_of_origin',
  'value_amount',
  'value_currency',
  'weight_g',
  'length_mm',
  'width_mm',
  'height_mm',
  'reorder_point',
  'metadata',
  'archived_at',
] as const

export type ItemColumns = Pick<ItemRow, (typeof columns)[number]>

export const insertItem = (tx: Write, id: string, item: ItemColumns): number =>
  tx.run(
    `INSERT INTO items (id, organization_id, created_at, updated_at, ${columns.join(', ')})
     VALUES (?, ?, ?, ?, ${columns.map(() => '?').join(', ')})`,
    id,
    tx.scope.organization_id,
    tx.now,
    tx.now,
    ...columns.map((name) => item[name]),
  )

export const updateItem = (tx: Write, id: string, item: ItemColumns): number =>
  tx.run(
    `UPDATE items SET ${columns.map((name) => `${name} = ?`).join(', ')},
       version = version + 1, updated_at = ? WHERE id = ? AND organization_id = ?`,
    ...columns.map((name) => item[name]),
    tx.now,
    id,
    tx.scope.organization_id,
  )
