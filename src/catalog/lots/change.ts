/** Corrects a lot, holds it, recalls it, or lets it go again. */
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { checkDates } from './create.ts'
import { lotUpdated } from './events.ts'
import { getLot } from './read.ts'
import type { Lot, LotChange } from './schema.ts'
import { updateLot } from './store.ts'

/** A field that is absent stays as it is; `null` empties it. @throws Problem `not_found`, `invalid` */
export function changeLot(tx: Write, { id, ...change }: LotChange & { id: string }): Lot {
  const next = { ...getLot(tx, { id }), ...change }
  checkDates(next.manufactured_on, next.expires_on)
  updateLot(tx, id, next)
  const lot = getLot(tx, { id })
  emit(tx, lotUpdated, id, lot)
  return lot
}
