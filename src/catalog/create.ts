/** Adds an item to the catalogue. */
import { Problem } from '../kit/problem.ts'
import { parseQuantity } from '../kit/quantity.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { itemCreated } from './events.ts'
import { getItem } from './read.ts'
import type { Item, NewItem } from './schema.ts'
import { findItemByBarcode, findItemBySku, insertItem } from './store.ts'

/** @throws Problem `duplicate_sku`, `duplicate_barcode` */
export function createItem(tx: Write, wanted: NewItem): Item {
  const taken = findItemBySku(tx, wanted.sku)
  if (taken) {
    throw new Problem('duplicate_sku', `${wanted.sku} is the sku of ${taken.id} already.`, {
      item_id: taken.id,
    })
  }
  if (wanted.barcode) refuseTakenBarcode(tx, wanted.barcode)
  const scale = wanted.scale ?? 0
  const { reorder_point } = wanted
  const id = tx.id('itm')
  insertItem(tx, id, {
    sku: wanted.sku,
    name: wanted.name,
    description: wanted.description ?? '',
    base_unit: wanted.base_unit ?? 'each',
    scale,
    tracking: wanted.tracking ?? 'none',
    barcode: wanted.barcode ?? null,
    hs_code: wanted.hs_code ?? null,
    country_of_origin: wanted.country_of_origin ?? null,
    value_amount: wanted.value?.amount ?? null,
    value_currency: wanted.value?.currency ?? null,
    weight_g: wanted.weight_g ?? null,
    length_mm: wanted.length_mm ?? null,
    width_mm: wanted.width_mm ?? null,
    height_mm: wanted.height_mm ?? null,
    reorder_point:
      reorder_point === undefined || reorder_point === null
        ? null
        : parseQuantity(reorder_point, scale, '/reorder_point'),
    metadata: JSON.stringify(wanted.metadata ?? {}),
    archived_at: null,
  })
  const item = getItem(tx, { id })
  emit(tx, itemCreated, id, item)
  return item
}

export function refuseTakenBarcode(tx: Write, barcode: string, but_for_id = ''): void {
  const taken = findItemByBarcode(tx, barcode)
  if (!taken || taken.id === but_for_id) return
  throw new Problem('duplicate_barcode', `${barcode} is on ${taken.sku} already.`, {
    item_id: taken.id,
  })
}
