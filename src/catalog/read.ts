/** Looks items up: by id, sku or barcode, one or a page of them. */
import { formatQuantity } from '../kit/quantity.ts'
import { notFound } from '../kit/problem.ts'
import type { Read } from '../db/session.ts'
import type { Item, ItemFilter } from './schema.ts'
import { findItem, findItemByBarcode, findItemBySku, listItemRows, type ItemRow } from './store.ts'

/** @throws Problem `not_found` */
export function getItem(read: Read, { id }: { id: string }): Item {
  const row = findItem(read, id)
  if (!row) throw notFound('item', id)
  return toItem(row)
}

/** The item a scanner or a person means: by id, else by sku, else by barcode. */
export function findItemByCode(read: Read, code: string): Item | undefined {
  const row = findItem(read, code) ?? findItemBySku(read, code) ?? findItemByBarcode(read, code)
  return row && toItem(row)
}

export function listItems(read: Read, filter: ItemFilter) {
  const { rows, ...rest } = listItemRows(read, filter)
  return { data: rows.map(toItem), ...rest }
}

export const toItem = (row: ItemRow): Item => ({
  id: row.id,
  sku: row.sku,
  name: row.name,
  description: row.description,
  base_unit: row.base_unit,
  scale: row.scale,
  tracking: row.tracking,
  barcode: row.barcode,
  hs_code: row.hs_code,
  country_of_origin: row.country_of_origin,
  value:
    row.value_amount === null
      ? null
      : { amount: row.value_amount, currency: row.value_currency ?? '' },
  weight_g: row.weight_g,
  length_mm: row.length_mm,
  width_mm: row.width_mm,
  height_mm: row.height_mm,
  reorder_point: row.reorder_point === null ? null : formatQuantity(row.reorder_point, row.scale),
  metadata: JSON.parse(row.metadata) as Record<string, string>,
  archived_at: row.archived_at,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
