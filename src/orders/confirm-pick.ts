/** Confirms a pick by its barcode: the first goods on the walk that carry it go to the bench. */
import { findItemByCode } from '../catalog/read.ts'
import type { Write } from '../db/session.ts'
import { Problem } from '../kit/problem.ts'
import { pickList } from './fulfilment.ts'
import type { ConfirmPick, Fulfilment, PickLine } from './fulfilment-schema.ts'
import { pickSalesOrder } from './pick.ts'

/** As far along the walk as a scan is looked for. */
const most_lines = 1_000

/**
 * Whoever scans says with the code what is in his hand, and with `location_id` or `sales_order_id`
 * where or for whom; without a quantity all of that line is taken.
 * @throws Problem `not_allocated` when nothing on the list carries the code, and those of a pick
 */
export function confirmPick(tx: Write, { code, quantity, ...place }: ConfirmPick): Fulfilment {
  const { site_id, location_id, sales_order_id } = place
  const list = pickList(tx, { ...(site_id && { site_id }), limit: most_lines }).data
  const item_id = findItemByCode(tx, code)?.id
  const meant = list.find(
    (line) =>
      (line.item_id === item_id || line.serial_code === code) &&
      (!location_id || line.location_id === location_id) &&
      (!sales_order_id || line.sales_order_id === sales_order_id),
  )
  if (!meant) throw notOnList(code, item_id !== undefined)
  return pickSalesOrder(tx, {
    id: meant.sales_order_id,
    lines: [{ ...goodsOf(meant), quantity: quantity ?? meant.quantity }],
  })
}

const goodsOf = ({ line, location_id, lot_id, serial_id }: PickLine) => ({
  line,
  location_id,
  ...(lot_id && { lot_id }),
  ...(serial_id && { serial_id }),
})

function notOnList(code: string, is_item: boolean): Problem {
  const detail = is_item
    ? `No ${code} waits to be picked here.`
    : `No item has the barcode, sku or serial number ${code}.`
  return new Problem('not_allocated', detail, { errors: [{ pointer: '/code', detail }] })
}
