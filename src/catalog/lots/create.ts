/** Enters lots and serials: on their own, or as goods with new ones come in. */
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { invalid, Problem } from '../../kit/problem.ts'
import { findItem } from '../store.ts'
import { lotCreated } from './events.ts'
import { getLot, getSerial } from './read.ts'
import type { Lot, NewLot, Serial } from './schema.ts'
import { findLotRowByCode, findSerialRowByCode, insertLot, insertSerial } from './store.ts'

/** @throws Problem `invalid` (no such item, an item without lots, dates), `duplicate_lot` */
export function createLot(tx: Write, wanted: NewLot): Lot {
  const item = findItem(tx, wanted.item_id)
  if (!item) throw invalid('/item_id', `There is no item ${wanted.item_id}.`)
  if (item.tracking === 'none') throw invalid('/item_id', `${item.sku} is not tracked by lot.`)
  const taken = findLotRowByCode(tx, wanted.item_id, wanted.code)
  if (taken) {
    throw new Problem('duplicate_lot', `${item.sku} has a lot ${wanted.code} already.`, {
      lot_id: taken.id,
    })
  }
  const { manufactured_on = null, expires_on = null } = wanted
  checkDates(manufactured_on, expires_on)
  const id = tx.id('lot')
  insertLot(tx, id, {
    item_id: wanted.item_id,
    code: wanted.code,
    manufactured_on,
    expires_on,
    supplier_lot: wanted.supplier_lot ?? null,
    status: 'ok',
    note: '',
  })
  const lot = getLot(tx, { id })
  emit(tx, lotCreated, id, lot)
  return lot
}

/**
 * The lot with this code, entered when it is new.
 * @throws Problem `lot_mismatch` when it is known with another expiry
 */
export function ensureLot(tx: Write, wanted: NewLot): Lot {
  const known = findLotRowByCode(tx, wanted.item_id, wanted.code)
  if (!known) return createLot(tx, wanted)
  if (wanted.expires_on && known.expires_on && wanted.expires_on !== known.expires_on) {
    const detail = `The lot ${known.code} expires on ${known.expires_on}, not ${wanted.expires_on}.`
    throw new Problem('lot_mismatch', detail, { lot_id: known.id, expires_on: known.expires_on })
  }
  return known
}

/** The unit with this code, entered when it is new. */
export function ensureSerial(
  tx: Write,
  item_id: string,
  code: string,
  lot_id: string | null,
): Serial {
  const known = findSerialRowByCode(tx, item_id, code)
  if (known) return known
  const id = tx.id('ser')
  insertSerial(tx, id, { item_id, code, lot_id })
  return getSerial(tx, { id })
}

export function checkDates(manufactured_on: string | null, expires_on: string | null): void {
  if (manufactured_on && expires_on && expires_on < manufactured_on) {
    throw invalid('/expires_on', 'A lot expires after it was made.')
  }
}
