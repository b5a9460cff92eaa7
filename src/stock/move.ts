/** Moves goods from one place to another: put away, set aside, brought back. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { parsePositive } from '../kit/quantity.ts'
import { post, type MovementInput } from '../ledger/post.ts'
import { getPlace } from '../locations/read.ts'
import { stockMoved } from './events.ts'
import { readGoods } from './goods.ts'
import { inUnits } from './in-units.ts'
import { toPosted } from './posted.ts'
import type { Move, Posted } from './schema.ts'

/**
 * One posting for all lines; between sites, goods that travel are a transfer instead.
 * @throws Problem `invalid`, `invalid_quantity`, `lot_required`, `serial_required`,
 *   `unknown_reason`, `reason_mismatch`, `insufficient_stock`, `stock_reserved`
 */
export function moveStock(tx: Write, input: Move): Posted {
  const movements = input.lines.map((line, index): MovementInput => {
    const pointer = `/lines/${index}`
    const { item, lot_id, serial_id } = readGoods(tx, line, pointer)
    return {
      item_id: item.id,
      lot_id,
      serial_id,
      source: getPlace(tx, line.from_location_id, `${pointer}/from_location_id`).account_id,
      target: getPlace(tx, line.to_location_id, `${pointer}/to_location_id`).account_id,
      quantity: parsePositive(line.quantity, item.scale, `${pointer}/quantity`),
    }
  })
  const { note, reference, occurred_at } = input
  const reason = input.reason ?? 'transfer'
  const posted = inUnits(tx, () => post(tx, { reason, note, reference, occurred_at, movements }))
  const reply = toPosted(tx, posted)
  emit(tx, stockMoved, reply.id, reply)
  return reply
}
