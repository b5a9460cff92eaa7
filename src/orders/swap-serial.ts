/** Lets a picker take another unit than the one that was reserved: its serial takes the place. */
import type { Write } from '../db/session.ts'
import { reserve } from '../ledger/reservations/reserve.ts'
import { release } from '../ledger/reservations/release.ts'
import { getPlace } from '../locations/read.ts'
import { readGoods } from '../stock/goods.ts'
import { inUnits } from '../stock/in-units.ts'
import { insertAllocation, type PickRow } from './store-fulfilment.ts'
import type { OrderRow } from './store.ts'

export interface ScannedUnit {
  line: number
  location_id?: string | undefined
  serial_id?: string | undefined
  serial_code?: string | undefined
}

const isUnit = (row: PickRow, { serial_id, serial_code }: ScannedUnit): boolean =>
  row.serial_id !== '' && (row.serial_id === serial_id || row.serial_code === serial_code)

/**
 * The scanned units of a line that were not reserved for it replace those that nobody scanned. A
 * unit that is held for somebody else stays with them.
 * @returns true when a reservation changed, so that the caller looks again
 * @throws Problem `invalid` (no such serial), `insufficient_stock` (it is not there, or not free)
 */
export function swapSerials(
  tx: Write,
  order: OrderRow,
  open: readonly PickRow[],
  scanned: readonly ScannedUnit[],
): boolean {
  const units = scanned.filter(({ serial_id, serial_code }) => serial_id ?? serial_code)
  const spare = open.filter((row) => row.serial_id && !units.some((unit) => isUnit(row, unit)))
  let changed = false
  units.forEach((unit, index) => {
    if (open.some((row) => row.line === unit.line && isUnit(row, unit))) return
    const at = spare.findIndex((row) => row.line === unit.line)
    const [row] = at < 0 ? [] : spare.splice(at, 1)
    if (!row) return
    const { item_id } = row
    const { serial_id, serial_code, location_id } = unit
    const goods = readGoods(tx, { item_id, serial_id, serial_code }, `/lines/${index}`)
    const account_id = location_id
      ? getPlace(tx, location_id, `/lines/${index}/location_id`).account_id
      : row.account_id
    release(tx, row.reservation_id)
    const wanted = { item_id, account_id, lot_id: goods.lot_id, serial_id: goods.serial_id }
    const reference = { type: 'sales_order', id: order.id }
    const { id } = inUnits(tx, () => reserve(tx, { ...wanted, quantity: 1, reference }))
    insertAllocation(tx, order.id, row.line, id)
    changed = true
  })
  return changed
}
