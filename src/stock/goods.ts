/** Which goods somebody means: an item by id or sku, and its lot and serial where it has them. */
import type { Read } from '../db/session.ts'
import { findItemByCode, getItem } from '../catalog/read.ts'
import { findLot, findSerial } from '../catalog/lots/read.ts'
import type { Item } from '../catalog/schema.ts'
import { invalid, Problem } from '../kit/problem.ts'

export interface GoodsInput {
  item_id?: string | undefined
  sku?: string | undefined
  lot_id?: string | undefined
  lot_code?: string | undefined
  serial_id?: string | undefined
  serial_code?: string | undefined
}

/** As the ledger names them: '' where the item is not tracked. */
export interface Goods {
  item: Item
  lot_id: string
  serial_id: string
}

/** @throws Problem `invalid` when neither or both are named, or there is no such item */
export function readItem(
  read: Read,
  { item_id, sku }: Pick<GoodsInput, 'item_id' | 'sku'>,
  pointer = '',
): Item {
  const named = item_id ?? sku
  if (named === undefined || (item_id !== undefined && sku !== undefined)) {
    throw invalid(`${pointer}/item_id`, 'Name the item by item_id or by sku.')
  }
  const item = findItemByCode(read, named)
  if (item && (item_id === undefined || item.id === item_id)) return item
  throw invalid(`${pointer}/${item_id === undefined ? 'sku' : 'item_id'}`, `There is no ${named}.`)
}

/**
 * Goods with all that their tracking asks for.
 * @throws Problem `invalid`, `lot_required`, `serial_required`
 */
export function readGoods(read: Read, input: GoodsInput, pointer = ''): Goods {
  const item = readItem(read, input, pointer)
  const lot = input.lot_id ?? input.lot_code
  const serial = input.serial_id ?? input.serial_code
  if (item.tracking === 'serial') {
    if (!serial) throw required('serial', item, pointer)
    const found = findSerial(read, item.id, serial)
    if (!found) throw invalid(`${pointer}/serial_id`, `${item.sku} has no serial ${serial}.`)
    return { item, lot_id: found.lot_id ?? '', serial_id: found.id }
  }
  if (serial) throw invalid(`${pointer}/serial_id`, `${item.sku} is not tracked by serial.`)
  if (item.tracking === 'none') {
    if (lot) throw invalid(`${pointer}/lot_id`, `${item.sku} is not tracked by lot.`)
    return { item, lot_id: '', serial_id: '' }
  }
  if (!lot) throw required('lot', item, pointer)
  const found = findLot(read, item.id, lot)
  if (!found) throw invalid(`${pointer}/lot_id`, `${item.sku} has no lot ${lot}.`)
  return { item, lot_id: found.id, serial_id: '' }
}

export function required(what: 'lot' | 'serial', item: Item, pointer: string): Problem {
  const detail = `${item.sku} is tracked by ${what}: say which.`
  const code = what === 'lot' ? 'lot_required' : 'serial_required'
  return new Problem(code, detail, { errors: [{ pointer: `${pointer}/${what}_id`, detail }] })
}

/** The codes people read on the goods, for a reply. */
export function describeGoods(
  read: Read,
  goods: { item_id: string; lot_id: string; serial_id: string },
) {
  const { item_id, lot_id, serial_id } = goods
  const { sku } = getItem(read, { id: item_id })
  const lot_code = lot_id ? (findLot(read, item_id, lot_id)?.code ?? null) : null
  const serial_code = serial_id ? (findSerial(read, item_id, serial_id)?.code ?? null) : null
  return {
    item_id,
    sku,
    lot_id: lot_id || null,
    lot_code,
    serial_id: serial_id || null,
    serial_code,
  }
}
