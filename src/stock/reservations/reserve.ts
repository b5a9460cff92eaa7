/** Holds goods for someone: as a promise of a site, or in one bin. */
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { invalid } from '../../kit/problem.ts'
import { parsePositive } from '../../kit/quantity.ts'
import { reserve, type ReserveInput } from '../../ledger/reservations/reserve.ts'
import { siteOrDefault } from '../../locations/furnish.ts'
import { getPlace } from '../../locations/read.ts'
import { readGoods, readItem } from '../goods.ts'
import { inUnits } from '../in-units.ts'
import { reservationCreated } from './events.ts'
import { toReservation } from './read.ts'
import type { NewReservation, Reservation } from './schema.ts'

/** @throws Problem `invalid`, `invalid_quantity`, `lot_required`, `serial_required`, `insufficient_stock` */
export function reserveStock(tx: Write, input: NewReservation): Reservation {
  const reservation = toReservation(
    tx,
    inUnits(tx, () => reserve(tx, readWanted(tx, input))),
  )
  emit(tx, reservationCreated, reservation.id, reservation)
  return reservation
}

function readWanted(tx: Write, input: NewReservation): ReserveInput {
  const { site_id, location_id, expires_at, reference } = input
  if (site_id && location_id) throw invalid('/location_id', 'Name a site or a location, not both.')
  const hard = location_id ? readGoods(tx, input) : undefined
  const item = hard?.item ?? readItem(tx, input)
  const quantity = parsePositive(input.quantity, item.scale)
  const common = { item_id: item.id, quantity, expires_at, reference }
  if (hard && location_id) {
    const { account_id } = getPlace(tx, location_id)
    return { ...common, account_id, lot_id: hard.lot_id, serial_id: hard.serial_id }
  }
  if (input.lot_id || input.lot_code || input.serial_id || input.serial_code) {
    throw invalid('/location_id', 'A lot or serial is held in its place: name the location.')
  }
  return { ...common, site_id: siteOrDefault(tx, site_id).id }
}
