/** Lists where goods are, how many of them, and how many can be promised. */
import { readItem } from './goods.ts'
import type { Read } from '../db/session.ts'
import { getLocation } from '../locations/read.ts'
import { notFound } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import type { LevelKey } from '../ledger/schema.ts'
import type { Level, LevelFilter, LevelQuery } from './schema.ts'
import { findLevelRow, findLevelRowAt, listLevelRows, type LevelRow } from './store.ts'

/** @throws Problem `invalid` (no such item), `not_found` (no such location) */
export function listLevels(read: Read, { sku, location_id, ...filter }: LevelFilter) {
  const item_id = sku === undefined ? filter.item_id : readItem(read, { sku }, '/query').id
  const account_id = location_id && (getLocation(read, { id: location_id }).account_id ?? '-')
  const { rows, ...rest } = listLevelRows(read, { ...filter, item_id, account_id })
  return { data: rows.map(toLevel), ...rest }
}

/** @throws Problem `not_found` where these goods have never been */
export function getLevel(read: Read, { id, location_id, lot_id, serial_id }: LevelQuery): Level {
  const goods = { item_id: id, lot_id: lot_id ?? '', serial_id: serial_id ?? '' }
  const row = findLevelRowAt(read, { ...goods, location_id })
  if (!row) throw notFound('level', `${id} in ${location_id}`)
  return toLevel(row)
}

/** What a posting touched, in places of our own, as it is now. */
export const describeLevels = (read: Read, touched: readonly LevelKey[]): Level[] =>
  touched.flatMap((level) => {
    const row = findLevelRow(read, level)
    return row ? [toLevel(row)] : []
  })

export function toLevel(row: LevelRow): Level {
  const quantity = (value: number) => formatQuantity(value, row.scale)
  return {
    item_id: row.item_id,
    sku: row.sku,
    name: row.name,
    lot_id: row.lot_id || null,
    lot_code: row.lot_code,
    expires_on: row.expires_on,
    serial_id: row.serial_id || null,
    serial_code: row.serial_code,
    location_id: row.location_id,
    location_code: row.location_code,
    site_id: row.site_id,
    on_hand: quantity(row.on_hand),
    reserved: quantity(row.reserved),
    available: quantity(row.usable ? row.on_hand - row.reserved : 0),
    version: row.version,
  }
}
