/** Books a count: each place becomes what was seen there, as of when it was seen. */
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { Problem } from '../../kit/problem.ts'
import { count as countLevel } from '../../ledger/count.ts'
import { getPlace } from '../../locations/read.ts'
import { countCancelled, stockCounted } from '../events.ts'
import { inUnits } from '../in-units.ts'
import { getCount, needsRecount } from './read.ts'
import { getOpenCount } from './record.ts'
import type { Count } from './schema.ts'
import { linesOfCount, setCountStatus, setLinePosting } from './store.ts'

/**
 * What moved after a line was counted still applies: the ledger compares with what it held then.
 * @throws Problem `not_found`, `count_closed`, `count_incomplete`, `stock_reserved`,
 *   `insufficient_stock`
 */
export function postCount(tx: Write, { id }: { id: string }): Count {
  getOpenCount(tx, id)
  const lines = linesOfCount(tx, id)
  const uncounted = lines.filter((line) => line.times_counted === 0).map(({ line }) => line)
  const to_recount = lines.filter(needsRecount).map(({ line }) => line)
  if (lines.length === 0 || uncounted.length > 0 || to_recount.length > 0) {
    const detail = `${uncounted.length} lines are not counted, ${to_recount.length} not recounted.`
    throw new Problem('count_incomplete', detail, { uncounted, to_recount })
  }
  for (const line of lines) {
    const { item_id, lot_id, serial_id, counted_quantity, counted_at } = line
    const { account_id } = getPlace(tx, line.location_id)
    const { posted } = inUnits(tx, () =>
      countLevel(tx, {
        item_id,
        lot_id,
        serial_id,
        account_id,
        counted: counted_quantity!,
        at: counted_at!,
        reference: { type: 'count', id },
      }),
    )
    if (posted) setLinePosting(tx, id, line.line, posted.posting.id)
  }
  setCountStatus(tx, id, 'posted')
  const count = getCount(tx, { id })
  emit(tx, stockCounted, id, count)
  return count
}

/** @throws Problem `not_found`, `count_closed` */
export function cancelCount(tx: Write, { id }: { id: string }): Count {
  getOpenCount(tx, id)
  setCountStatus(tx, id, 'cancelled')
  const count = getCount(tx, { id })
  emit(tx, countCancelled, id, count)
  return count
}
