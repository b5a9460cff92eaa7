/** Takes down what somebody counted; where it differs from what was expected, it is counted again. */
import { getItem } from '../../catalog/read.ts'
import type { Write } from '../../db/session.ts'
import { invalid, notFound, Problem } from '../../kit/problem.ts'
import { parseQuantity } from '../../kit/quantity.ts'
import { levelOf } from '../../ledger/read.ts'
import { getPlace } from '../../locations/read.ts'
import { readGoods } from '../goods.ts'
import { getCount, needsRecount } from './read.ts'
import type { Count, CountEntries } from './schema.ts'
import {
  findCount,
  insertCountLine,
  linesOfCount,
  most_lines,
  recordCounted,
  setCountStatus,
  type CountedGoods,
  type CountRow,
} from './store.ts'

type Entry = CountEntries['entries'][number]

/** @throws Problem `not_found`, `count_closed`, `invalid`, `invalid_quantity` */
export function recordCount(tx: Write, { id, entries }: CountEntries & { id: string }): Count {
  const count = getOpenCount(tx, id)
  entries.forEach((entry, index) => recordEntry(tx, count, entry, `/entries/${index}`))
  const lines = linesOfCount(tx, id)
  const done = lines.every((line) => line.times_counted > 0 && !needsRecount(line))
  setCountStatus(tx, id, done ? 'counted' : 'counting')
  return getCount(tx, { id })
}

function recordEntry(tx: Write, count: CountRow, entry: Entry, pointer: string): void {
  const { line, goods } = findLine(tx, count, entry, pointer)
  const { scale } = getItem(tx, { id: goods.item_id })
  const counted = parseQuantity(entry.quantity, scale, `${pointer}/quantity`)
  if (counted < 0) throw invalid(`${pointer}/quantity`, 'Nobody counts less than nothing.')
  if (goods.serial_id && counted > 1) throw invalid(`${pointer}/quantity`, 'A serial is one unit.')
  const { account_id } = getPlace(tx, goods.location_id, `${pointer}/location_id`)
  const { on_hand } = levelOf(tx, { ...goods, account_id })
  recordCounted(tx, count.id, line, on_hand, counted)
}

/** The line that is meant; goods that were not on the list are added to it. */
function findLine(
  tx: Write,
  count: CountRow,
  entry: Entry,
  pointer: string,
): { line: number; goods: CountedGoods } {
  const lines = linesOfCount(tx, count.id)
  if (entry.line !== undefined) {
    const { line: _line, quantity: _quantity, ...named } = entry
    if (Object.keys(named).length > 0) {
      throw invalid(pointer, 'Name the line, or the goods and the place, not both.')
    }
    const found = lines.find(({ line }) => line === entry.line)
    if (!found) throw invalid(`${pointer}/line`, `This count has no line ${entry.line}.`)
    return { line: found.line, goods: found }
  }
  if (!entry.location_id) throw invalid(`${pointer}/location_id`, 'Name the line, or the place.')
  const { item, ...tracked } = readGoods(tx, entry, pointer)
  const place = getPlace(tx, entry.location_id, `${pointer}/location_id`)
  if (place.site_id !== count.site_id) {
    throw invalid(`${pointer}/location_id`, 'This place is at another site than the count.')
  }
  const goods = { item_id: item.id, ...tracked, location_id: place.id }
  const same = lines.find(
    (line) =>
      line.item_id === goods.item_id &&
      line.lot_id === goods.lot_id &&
      line.serial_id === goods.serial_id &&
      line.location_id === goods.location_id,
  )
  if (same) return { line: same.line, goods }
  if (lines.length >= most_lines) throw invalid(pointer, `A count has ${most_lines} lines at most.`)
  const line = (lines.at(-1)?.line ?? 0) + 1
  insertCountLine(tx, count.id, line, goods)
  return { line, goods }
}

/** @throws Problem `not_found`, `count_closed` */
export function getOpenCount(tx: Write, id: string): CountRow {
  const row = findCount(tx, id)
  if (!row) throw notFound('count', id)
  if (row.status !== 'posted' && row.status !== 'cancelled') return row
  throw new Problem('count_closed', `This count is ${row.status}.`, { count_status: row.status })
}
