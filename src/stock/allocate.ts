/** Chooses the goods an order gets: what expires first, then what came first, never what is held. */
import type { Write } from '../db/session.ts'
import type { LevelKey, Reference, Reservation } from '../ledger/schema.ts'
import { sweepReservations } from '../ledger/reservations/expire.ts'
import { reserve } from '../ledger/reservations/reserve.ts'
import { levelsToPick, sumPromises, type LevelRow } from './store.ts'

const sweep_limit = 500

/**
 * Reserves up to `quantity` of an item at a site, hard, over as many bins and lots as it takes.
 * Soft promises of the site stay kept. The caller sees from the sum what could not be had.
 */
export function allocate(
  tx: Write,
  wanted: {
    item_id: string
    site_id: string
    quantity: number
    reference: Reference
    /** Goods and places where somebody has just looked and found too little. */
    except?: readonly Pick<LevelKey, 'account_id' | 'lot_id' | 'serial_id'>[]
  },
): Reservation[] {
  freeOverdue(tx)
  const { item_id, site_id, reference } = wanted
  const isExcepted = (level: LevelRow) =>
    wanted.except?.some(
      ({ account_id, lot_id, serial_id }) =>
        level.account_id === account_id && level.lot_id === lot_id && level.serial_id === serial_id,
    )
  const levels = levelsToPick(tx, item_id, site_id).filter((level) => !isExcepted(level))
  const promised = sumPromises(tx, [item_id], site_id).reduce((sum, row) => sum + row.quantity, 0)
  const free = levels.reduce((sum, level) => sum + level.on_hand - level.reserved, 0) - promised
  let left = Math.min(wanted.quantity, free)
  const reservations: Reservation[] = []
  for (const level of levels) {
    if (left <= 0) break
    const quantity = Math.min(left, level.on_hand - level.reserved)
    const { account_id, lot_id, serial_id } = level
    reservations.push(reserve(tx, { item_id, account_id, lot_id, serial_id, quantity, reference }))
    left -= quantity
  }
  return reservations
}

/** Reservations whose time is over hold nothing, whether or not the sweep has come by. */
function freeOverdue(tx: Write): void {
  while (sweepReservations(tx, sweep_limit).length === sweep_limit);
}
