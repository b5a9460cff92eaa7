/** Tells how much of an item lay in our places at the end of each of the last days. */
import { getItem } from '../catalog/read.ts'
import type { Read } from '../db/session.ts'
import { formatQuantity } from '../kit/quantity.ts'
import type { History, HistoryQuery } from './schema.ts'
import { changesOfItem, sumLevels } from './store.ts'

/** More movements than this are not walked for a picture: it begins later, and says so. */
const most_movements = 2_000
const day_ms = 86_400_000

/**
 * Walks back from what is on hand now, by the day things happened in the warehouse (UTC). What is
 * under way between sites is not on hand, as in availability.
 * @throws Problem `not_found`
 */
export function itemHistory(read: Read, { id, days = 90 }: HistoryQuery & { id: string }): History {
  const { scale } = getItem(read, { id })
  const today = read.now.slice(0, 10)
  const changes = changesOfItem(read, id, most_movements + 1)
  const complete = changes.length <= most_movements
  const change_on = new Map<string, number>()
  for (const { occurred_at, change } of changes) {
    const day = occurred_at.slice(0, 10)
    change_on.set(day, (change_on.get(day) ?? 0) + change)
  }
  // What was not walked happened on this day or before: ends of earlier days are not known.
  const horizon = complete ? '' : changes.at(-1)!.recorded_at.slice(0, 10)
  let on_hand = sumLevels(read, [id]).reduce((sum, row) => sum + row.on_hand, 0)
  const told: History['data'] = []
  for (let back = 0; back < days; back += 1) {
    const date = new Date(Date.parse(today) - back * day_ms).toISOString().slice(0, 10)
    if (date < horizon) break
    told.push({ date, on_hand: formatQuantity(on_hand, scale) })
    on_hand -= change_on.get(date) ?? 0
  }
  return { data: told.reverse() }
}
