/** Hands reserved goods over: they leave to the customer, and that much of the hold is over. */
import { getItem } from '../../catalog/read.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { invalid } from '../../kit/problem.ts'
import { parsePositive } from '../../kit/quantity.ts'
import { counterpart } from '../../ledger/accounts/open.ts'
import { post, type MovementInput } from '../../ledger/post.ts'
import type { Reservation as LedgerReservation } from '../../ledger/schema.ts'
import { getPlace } from '../../locations/read.ts'
import { readGoods } from '../goods.ts'
import { inUnits } from '../in-units.ts'
import { toPosted } from '../posted.ts'
import { levelsToPick } from '../store.ts'
import { reservationConfirmed } from './events.ts'
import { getFreeReservation, getReservation } from './read.ts'
import type { Confirmation, Confirmed } from './schema.ts'

/**
 * All that is open, or `quantity` of it. A soft reservation takes from `location_id`, or, when none
 * is named, what expires first.
 * @throws Problem `not_found`, `reservation_closed`, `reservation_expired`, `document_posting`,
 *   `reservation_exceeded`, `invalid`, and those of a posting
 */
export function confirmReservation(
  tx: Write,
  { id, ...input }: Confirmation & { id: string },
): Confirmed {
  const reservation = getFreeReservation(tx, id)
  const { scale } = getItem(tx, { id: reservation.item_id })
  const quantity = input.quantity ? parsePositive(input.quantity, scale) : reservation.open_quantity
  const target = counterpart(tx, 'customer').id
  const movements = sourcesOf(tx, reservation, input, quantity).map((source) => ({
    ...source,
    target,
    reservation_id: id,
  }))
  const reference = { type: 'reservation', id }
  const reason = input.reason ?? 'sale'
  const posted = inUnits(tx, () => post(tx, { reason, reference, movements }))
  const confirmed = { ...getReservation(tx, { id }), posting: toPosted(tx, posted) }
  emit(tx, reservationConfirmed, id, confirmed)
  return confirmed
}

type Source = Omit<MovementInput, 'target'>

function sourcesOf(
  tx: Write,
  reservation: LedgerReservation,
  input: Confirmation,
  quantity: number,
): Source[] {
  const { item_id, site_id, account_id, lot_id, serial_id } = reservation
  const { quantity: _quantity, reason: _reason, ...named } = input
  const [first] = Object.keys(named)
  if (account_id) {
    if (first)
      throw invalid(`/${first}`, 'This reservation holds these goods in one place already.')
    return [{ item_id, lot_id, serial_id, source: account_id, quantity }]
  }
  if (input.location_id) {
    const goods = readGoods(tx, { ...input, item_id })
    const { account_id: source } = getPlace(tx, input.location_id)
    return [{ item_id, lot_id: goods.lot_id, serial_id: goods.serial_id, source, quantity }]
  }
  if (first) throw invalid('/location_id', 'Name where these goods are taken from.')
  const sources: Source[] = []
  let left = quantity
  for (const level of levelsToPick(tx, item_id, site_id)) {
    if (left === 0) break
    const taken = Math.min(left, level.on_hand - level.reserved)
    const { lot_id, serial_id, account_id: source } = level
    sources.push({ item_id, lot_id, serial_id, source, quantity: taken })
    left -= taken
  }
  if (left > 0) throw invalid('/location_id', 'Too little can be picked: name where it is.')
  return sources
}
