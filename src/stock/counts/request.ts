/** Asks for a count: a list of everything that lies in some places, for somebody to go and count. */
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { invalid } from '../../kit/problem.ts'
import { getPlace } from '../../locations/read.ts'
import { countRequested } from '../events.ts'
import { getCount } from './read.ts'
import type { Count, NewCount } from './schema.ts'
import { goodsInPlaces, insertCount, insertCountLine, most_lines } from './store.ts'

/** Work goes on meanwhile. @throws Problem `invalid` */
export function requestCount(tx: Write, input: NewCount): Count {
  const { location_ids, item_ids, blind = true, note = '' } = input
  const places = location_ids.map((id, index) => getPlace(tx, id, `/location_ids/${index}`))
  const { site_id } = places[0]!
  if (places.some((place) => place.site_id !== site_id)) {
    throw invalid('/location_ids', 'A count is of one site.')
  }
  const goods = goodsInPlaces(tx, location_ids, item_ids)
  if (goods.length > most_lines) {
    throw invalid('/location_ids', `More than ${most_lines} lines: count fewer places at once.`)
  }
  const id = tx.id('cnt')
  insertCount(tx, id, { site_id, blind, note })
  goods.forEach((each, index) => insertCountLine(tx, id, index + 1, each))
  const count = getCount(tx, { id })
  emit(tx, countRequested, id, count)
  return count
}
