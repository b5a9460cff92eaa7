/** Corrects stock for a reason: damage, theft, a sample, something found. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { Problem } from '../kit/problem.ts'
import { parseQuantity } from '../kit/quantity.ts'
import { counterpart } from '../ledger/accounts/open.ts'
import { post, type ExpectedLevel, type MovementInput } from '../ledger/post.ts'
import { findReason } from '../ledger/reasons.ts'
import type { VirtualKind } from '../ledger/schema.ts'
import { getPlace } from '../locations/read.ts'
import { stockAdjusted } from './events.ts'
import { readGoods } from './goods.ts'
import { inUnits } from './in-units.ts'
import { toPosted } from './posted.ts'
import type { Adjustment, Posted } from './schema.ts'

/**
 * Each line adds (+) or takes (−) in one place; the other side is the counterpart of the reason.
 * All lines are one posting: what they take from one level is summed before it is checked.
 * @throws Problem `unknown_reason`, `reason_mismatch`, `invalid`, `invalid_quantity`,
 *   `lot_required`, `serial_required`, `stale_quantity`, `insufficient_stock`, `stock_reserved`
 */
export function adjustStock(tx: Write, input: Adjustment): Posted {
  const other = counterpart(tx, counterpartKind(tx, input.reason)).id
  const expect: ExpectedLevel[] = []
  const movements = input.lines.map((line, index): MovementInput => {
    const pointer = `/lines/${index}`
    const { item, lot_id, serial_id } = readGoods(tx, line, pointer)
    const { account_id } = getPlace(tx, line.location_id, `${pointer}/location_id`)
    const change = parseQuantity(line.quantity, item.scale, `${pointer}/quantity`)
    if (change === 0) throw nothing(`${pointer}/quantity`)
    const goods = { item_id: item.id, lot_id, serial_id }
    if (line.expect !== undefined) {
      const on_hand = parseQuantity(line.expect, item.scale, `${pointer}/expect`)
      expect.push({ ...goods, account_id, on_hand })
    }
    const [source, target] = change > 0 ? [other, account_id] : [account_id, other]
    return { ...goods, source, target, quantity: Math.abs(change) }
  })
  const { reason, note, reference, occurred_at } = input
  const posted = inUnits(tx, () =>
    post(tx, { reason, note, reference, occurred_at, expect, movements }),
  )
  const reply = toPosted(tx, posted)
  emit(tx, stockAdjusted, reply.id, reply)
  return reply
}

function counterpartKind(tx: Write, code: string): VirtualKind {
  const reason = findReason(tx, code)
  if (!reason) {
    const detail = `There is no reason "${code}".`
    throw new Problem('unknown_reason', detail, { errors: [{ pointer: '/reason', detail }] })
  }
  if (reason.counterpart_kind) return reason.counterpart_kind
  const detail = `"${code}" moves goods between places of our own: move them instead.`
  throw new Problem('reason_mismatch', detail, { errors: [{ pointer: '/reason', detail }] })
}

function nothing(pointer: string): Problem {
  const detail = 'An adjustment by zero changes nothing.'
  return new Problem('invalid_quantity', detail, { errors: [{ pointer, detail }] })
}
