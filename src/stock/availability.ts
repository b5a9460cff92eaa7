/** Says how much of an item there is, how much of it can be promised, and what is still to come. */
import { findItemByCode, getItem } from '../catalog/read.ts'
import type { Item } from '../catalog/schema.ts'
import type { Read } from '../db/session.ts'
import { notFound, Problem } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import { headOf } from '../ledger/read.ts'
import { getLocation } from '../locations/read.ts'
import type {
  Availability,
  AvailabilityQuery,
  BulkAnswer,
  BulkLookup,
  LookupQuery,
} from './schema.ts'
import { itemsOfSkus, sumIncoming, sumLevels, sumPromises } from './store.ts'

interface Sums {
  on_hand: number
  reserved: number
  available: number
  incoming: number
}

/** `item_id\nsite_id` → sums. */
type SumsByPlace = Map<string, Sums>

/** @throws Problem `not_found`, `not_there_yet` */
export function itemAvailability(
  read: Read,
  { id, ...query }: AvailabilityQuery & { id: string },
): Availability {
  return availabilityOf(read, getItem(read, { id }), query)
}

/** For a till: what is behind a barcode, sku or id. @throws Problem `not_found`, `not_there_yet` */
export function lookUpCode(read: Read, { code, ...query }: LookupQuery): Availability {
  const item = findItemByCode(read, code)
  if (!item) throw notFound('item', code)
  return availabilityOf(read, item, query)
}

function availabilityOf(read: Read, item: Item, query: AvailabilityQuery): Availability {
  const seq = requireSeq(read, query.min_seq)
  const by_place = sumsOf(read, [item.id], query.site_id, query.at)
  const write = (sums: Sums) => formatSums(sums, item.scale)
  const sites = [...by_place].map(([key, sums]) => {
    const site_id = key.slice(key.indexOf('\n') + 1)
    const { code } = getLocation(read, { id: site_id })
    return { site_id, site_code: code, ...write(sums) }
  })
  const by_date = new Map<string | null, number>()
  for (const row of sumIncoming(read, [item.id], query.site_id, query.at)) {
    by_date.set(row.expected_on, (by_date.get(row.expected_on) ?? 0) + row.quantity)
  }
  return {
    item_id: item.id,
    sku: item.sku,
    name: item.name,
    barcode: item.barcode,
    base_unit: item.base_unit,
    ...write(total([...by_place.values()])),
    sites,
    incoming_by_date: [...by_date].map(([expected_on, quantity]) => ({
      expected_on,
      quantity: formatQuantity(quantity, item.scale),
    })),
    seq,
  }
}

/** Many skus at once; those nobody knows are named, not dropped. */
export function lookUpSkus(read: Read, { skus, site_id, min_seq }: BulkLookup): BulkAnswer {
  const seq = requireSeq(read, min_seq)
  const items = itemsOfSkus(read, skus)
  const sums_of = new Map<string, Sums[]>()
  const ids = items.map((item) => item.id)
  for (const [key, sums] of sumsOf(read, ids, site_id)) {
    const item_id = key.slice(0, key.indexOf('\n'))
    sums_of.set(item_id, [...(sums_of.get(item_id) ?? []), sums])
  }
  const known = new Set(items.map(({ sku }) => sku))
  return {
    data: items.map(({ id, sku, scale }) => ({
      item_id: id,
      sku,
      ...formatSums(total(sums_of.get(id) ?? []), scale),
    })),
    unknown_skus: skus.filter((sku) => !known.has(sku)),
    seq,
  }
}

/** Soft promises of a site are reserved, and no longer available, wherever in it the goods lie. */
function sumsOf(
  read: Read,
  item_ids: readonly string[],
  site_id?: string,
  until?: string,
): SumsByPlace {
  const by_place: SumsByPlace = new Map()
  const at = (row: { item_id: string; site_id: string }): Sums => {
    const key = `${row.item_id}\n${row.site_id}`
    const found = by_place.get(key) ?? { on_hand: 0, reserved: 0, available: 0, incoming: 0 }
    by_place.set(key, found)
    return found
  }
  for (const row of sumLevels(read, item_ids, site_id)) {
    const sums = at(row)
    sums.on_hand += row.on_hand
    sums.reserved += row.reserved
    sums.available += row.available
    sums.incoming += row.in_transit
  }
  for (const row of sumPromises(read, item_ids, site_id)) {
    const sums = at(row)
    sums.reserved += row.quantity
    sums.available -= row.quantity
  }
  for (const row of sumIncoming(read, item_ids, site_id, until)) at(row).incoming += row.quantity
  return by_place
}

const total = (all: readonly Sums[]): Sums =>
  all.reduce(
    (sum, next) => ({
      on_hand: sum.on_hand + next.on_hand,
      reserved: sum.reserved + next.reserved,
      available: sum.available + next.available,
      incoming: sum.incoming + next.incoming,
    }),
    { on_hand: 0, reserved: 0, available: 0, incoming: 0 },
  )

const formatSums = (sums: Sums, scale: number) => ({
  on_hand: formatQuantity(sums.on_hand, scale),
  reserved: formatQuantity(sums.reserved, scale),
  available: formatQuantity(sums.available, scale),
  incoming: formatQuantity(sums.incoming, scale),
})

/** Every read sees every write that was acknowledged; a later seq is not of this business. */
function requireSeq(read: Read, min_seq = 0): number {
  const seq = headOf(read).seq
  if (seq >= min_seq) return seq
  throw new Problem('not_there_yet', `The newest posting is ${seq}, not ${min_seq}.`, { seq })
}
