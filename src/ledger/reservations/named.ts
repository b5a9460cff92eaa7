/** The reservations that a posting's movements name: open, in time, theirs, and large enough. */
import type { Read } from '../../db/session.ts'
import { Problem } from '../../kit/problem.ts'
import type { Movement, Reservation } from '../schema.ts'
import type { TouchedLevels } from '../touched.ts'
import { findReservation } from './store.ts'
import { checkOpen } from './open.ts'

export class NamedReservations {
  readonly #by_id = new Map<string, { reservation: Reservation; confirmed: number }>()

  /** Checks in the order of movements; what they confirm is summed per reservation. */
  constructor(read: Read, movements: readonly Movement[], levels: TouchedLevels) {
    for (const movement of movements) {
      if (movement.reservation_id) this.#add(read, movement, levels)
    }
  }

  /** True when the movement confirms goods that are held on its source. */
  isHard(movement: Movement): boolean {
    if (!movement.reservation_id) return false
    return this.#by_id.get(movement.reservation_id)?.reservation.account_id !== ''
  }

  #add(read: Read, movement: Movement, levels: TouchedLevels): void {
    const id = movement.reservation_id
    const errors = (detail: string) => [
      { pointer: `/movements/${movement.line - 1}/reservation_id`, detail },
    ]
    let named = this.#by_id.get(id)
    if (!named) {
      const reservation = findReservation(read, id)
      if (!reservation) {
        const detail = `There is no reservation ${id}.`
        throw new Problem('not_found', detail, { errors: errors(detail) })
      }
      checkOpen(read, reservation)
      this.#by_id.set(id, (named = { reservation, confirmed: 0 }))
    }
    const { reservation } = named
    if (!isFor(reservation, movement, levels)) {
      const detail = `The reservation ${id} is not for these goods at this source.`
      throw new Problem('reservation_mismatch', detail, { errors: errors(detail) })
    }
    named.confirmed += movement.quantity
    if (named.confirmed > reservation.open_quantity) {
      const detail = `${reservation.open_quantity} are still reserved by ${id}.`
      throw new Problem('reservation_exceeded', detail, {
        reservation_id: id,
        open_quantity: reservation.open_quantity,
        requested: named.confirmed,
        errors: errors(detail),
      })
    }
  }
}

function isFor(reservation: Reservation, movement: Movement, levels: TouchedLevels): boolean {
  if (reservation.item_id !== movement.item_id) return false
  if (reservation.account_id !== '') {
    return (
      reservation.account_id === movement.source &&
      reservation.lot_id === movement.lot_id &&
      reservation.serial_id === movement.serial_id
    )
  }
  const { account } = levels.get(movement, 'source')
  return account.promisable === 1 && account.site_id === reservation.site_id
}
