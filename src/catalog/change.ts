/** Changes what is known about an item, archives it, or brings it back. */
import { parseQuantity } from '../kit/quantity.ts'
import { notFound } from '../kit/problem.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { refuseTakenBarcode } from './create.ts'
import { itemUpdated } from './events.ts'
import { getItem } from './read.ts'
import type { Item, ItemChange } from './schema.ts'
import { findItem, updateItem, type ItemColumns } from './store.ts'

/** A field that is absent stays as it is; `null` empties it. */
export function changeItem(tx: Write, { id, ...change }: ItemChange & { id: string }): Item {
  const row = findItem(tx, id)
  if (!row) throw notFound('item', id)
  if (change.barcode) refuseTakenBarcode(tx, change.barcode, id)
  const { value, reorder_point, metadata, ...plain } = change
  return save(tx, id, {
    ...row,
    ...plain,
    ...(value !== undefined && {
      value_amount: value?.amount ?? null,
      value_currency: value?.currency ?? null,
    }),
    ...(reorder_point !== undefined && {
      reorder_point:
        reorder_point === null ? null : parseQuantity(reorder_point, row.scale, '/reorder_point'),
    }),
    ...(metadata && { metadata: JSON.stringify(metadata) }),
  })
}

/** An archived item keeps its history and its stock; it is only no longer offered. */
export const archiveItem = (tx: Write, { id }: { id: string }): Item => setArchived(tx, id, tx.now)

export const restoreItem = (tx: Write, { id }: { id: string }): Item => setArchived(tx, id, null)

function setArchived(tx: Write, id: string, archived_at: string | null): Item {
  const row = findItem(tx, id)
  if (!row) throw notFound('item', id)
  return save(tx, id, { ...row, archived_at })
}

function save(tx: Write, id: string, columns: ItemColumns): Item {
  updateItem(tx, id, columns)
  const item = getItem(tx, { id })
  emit(tx, itemUpdated, id, item)
  return item
}
