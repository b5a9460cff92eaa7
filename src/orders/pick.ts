/** Picks goods of an order: they move from their bins to the packing bench. */
import { getLot, isUsable } from '../catalog/lots/read.ts'
import type { Write } from '../db/session.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { formatQuantity, parsePositive, parseQuantity } from '../kit/quantity.ts'
import { post } from '../ledger/post.ts'
import { release } from '../ledger/reservations/release.ts'
import { getPlace, getSite } from '../locations/read.ts'
import { requestCount } from '../stock/counts/request.ts'
import { inUnits } from '../stock/in-units.ts'
import { orderBackordered, orderPicked, orderPutBack } from './events.ts'
import { getFulfilment } from './fulfilment.ts'
import type { Fulfilment, Pick, PutBack } from './fulfilment-schema.ts'
import { allocateLine } from './place.ts'
import { getOrderIn, getWorkable, open_statuses } from './read.ts'
import { settleStatus, tell } from './settle.ts'
import { addPicked, pickedOfOrder, picksOfOrder, type PickRow } from './store-fulfilment.ts'
import { linesOfOrder, type OrderRow } from './store.ts'
import { swapSerials } from './swap-serial.ts'

type Wanted = NonNullable<Pick['lines']>[number]

/** So much of one allocation. */
interface Taken {
  row: PickRow
  quantity: number
}

/**
 * All that is allocated, or what the picker scanned. Who finds too little says `short`: the rest
 * is sought elsewhere, or waits, and a count of the place is asked for.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `order_held`, `invalid`,
 *   `invalid_quantity`, `not_allocated`, `lot_held`, and those of a posting
 */
export function pickSalesOrder(tx: Write, { id, lines }: Pick & { id: string }): Fulfilment {
  const order = getWorkable(tx, id)
  let open = picksOfOrder(tx, id)
  if (lines && swapSerials(tx, order, open, lines)) open = picksOfOrder(tx, id)
  const taken = lines
    ? lines.flatMap((wanted, index) => choose(open, wanted, `/lines/${index}`))
    : open.map((row) => ({ row, quantity: row.quantity }))
  const short = (lines ?? []).filter((wanted) => wanted.short)
  if (taken.length === 0 && short.length === 0) {
    throw new Problem('not_allocated', `Nothing is allocated to ${order.number}.`)
  }
  if (taken.length > 0) {
    bring(tx, order, taken)
    settleStatus(tx, id)
    tell(tx, id, orderPicked)
  }
  if (short.length > 0) seekElsewhere(tx, order, short)
  return getFulfilment(tx, { id })
}

function bring(tx: Write, order: OrderRow, taken: readonly Taken[]): void {
  for (const { row } of taken) refuseHeldLot(tx, row)
  const { packing_id } = getSite(tx, order.site_id)
  const bench = getPlace(tx, packing_id).account_id
  inUnits(tx, () =>
    post(tx, {
      reason: 'pick',
      reference: { type: 'sales_order', id: order.id },
      movements: taken.map(({ row, quantity }) => {
        const { item_id, lot_id, serial_id, account_id: source, reservation_id } = row
        return { item_id, lot_id, serial_id, source, target: bench, quantity, reservation_id }
      }),
    }),
  )
  for (const { row, quantity } of taken) {
    const { line, lot_id, serial_id } = row
    addPicked(tx, order.id, { line, lot_id, serial_id, quantity })
  }
}

/** A lot may have been recalled, or have expired, after it was allocated. */
function refuseHeldLot(tx: Write, { line, lot_id, location_id }: PickRow): void {
  if (!lot_id) return
  const lot = getLot(tx, { id: lot_id })
  if (isUsable(lot, tx.now.slice(0, 10))) return
  const why = lot.status === 'ok' ? `expired on ${lot.expires_on}` : `is ${lot.status}`
  throw new Problem('lot_held', `The lot ${lot.code} of line ${line} ${why}.`, {
    line,
    lot_id,
    location_id,
    lot_status: lot.status,
    expires_on: lot.expires_on,
  })
}

/** Allocations of the line that fit what was scanned; what one wanted took, the next cannot. */
function choose(open: PickRow[], wanted: Wanted, pointer: string): Taken[] {
  const fitting = open.filter((row) => fits(row, wanted))
  const scale = open.find((row) => row.line === wanted.line)?.scale
  if (scale === undefined) {
    const detail = `Nothing is allocated to line ${wanted.line}.`
    throw new Problem('not_allocated', detail, { errors: [{ pointer, detail }] })
  }
  const at = `${pointer}/quantity`
  const quantity = wanted.short
    ? parseQuantity(wanted.quantity, scale, at)
    : parsePositive(wanted.quantity, scale, at)
  if (quantity < 0) throw invalid(at, 'Nobody picks less than nothing.')
  const taken: Taken[] = []
  let left = quantity
  for (const row of fitting) {
    const part = Math.min(left, row.quantity)
    if (part === 0) continue
    taken.push({ row: { ...row }, quantity: part })
    row.quantity -= part
    left -= part
  }
  // A short pick of 0 still says where: a place where nothing was to be picked is a mistake.
  if (left === 0 && fitting.length > 0) return taken
  const available = formatQuantity(quantity - left, scale)
  const detail = `${available} of line ${wanted.line} are allocated to be picked so.`
  throw new Problem('not_allocated', detail, {
    line: wanted.line,
    available,
    requested: formatQuantity(quantity, scale),
    errors: [{ pointer: at, detail }],
  })
}

const fits = (row: PickRow, wanted: Wanted): boolean =>
  row.line === wanted.line &&
  (wanted.location_id === undefined || wanted.location_id === row.location_id) &&
  (wanted.lot_id === undefined || wanted.lot_id === row.lot_id) &&
  (wanted.lot_code === undefined || wanted.lot_code === row.lot_code) &&
  (wanted.serial_id === undefined || wanted.serial_id === row.serial_id) &&
  (wanted.serial_code === undefined || wanted.serial_code === row.serial_code)

/** Lets go of what was not found where it should be, and reserves it in other places. */
function seekElsewhere(tx: Write, order: OrderRow, short: readonly Wanted[]): void {
  const missing = picksOfOrder(tx, order.id).filter((row) =>
    short.some((wanted) => fits(row, wanted)),
  )
  for (const row of missing) release(tx, row.reservation_id)
  for (const row of missing) allocateLine(tx, order, row, row.quantity, missing)
  for (const location_id of new Set(missing.map((row) => row.location_id))) {
    const here = missing.filter((row) => row.location_id === location_id)
    requestCount(tx, {
      location_ids: [location_id],
      item_ids: [...new Set(here.map(({ item_id }) => item_id))],
      note: `Too little was found when ${order.number} was picked.`,
    })
  }
  settleStatus(tx, order.id)
  const left = linesOfOrder(tx, order.id).some(
    (line) => line.quantity > line.allocated + line.picked + line.packed + line.shipped,
  )
  if (left) tell(tx, order.id, orderBackordered)
}

/**
 * Brings what lies on the bench and is in no parcel back to a place.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `not_picked`, `invalid`
 */
export function putBack(tx: Write, { id, location_id }: PutBack & { id: string }): Fulfilment {
  const order = getOrderIn(tx, id, open_statuses)
  const site = getSite(tx, order.site_id)
  const place = getPlace(tx, location_id)
  if (place.site_id !== site.id || place.id === site.packing_id) {
    throw invalid('/location_id', `Name another place at ${site.code}.`)
  }
  const picked = pickedOfOrder(tx, id)
  if (picked.length === 0) throw new Problem('not_picked', 'Nothing lies on the bench.')
  const items = new Map(linesOfOrder(tx, id).map(({ line, item_id }) => [line, item_id]))
  const source = getPlace(tx, site.packing_id).account_id
  inUnits(tx, () =>
    post(tx, {
      reason: 'putaway',
      reference: { type: 'sales_order', id },
      movements: picked.map(({ line, lot_id, serial_id, quantity }) => {
        const goods = { item_id: items.get(line)!, lot_id, serial_id }
        return { ...goods, source, target: place.account_id, quantity }
      }),
    }),
  )
  for (const goods of picked) addPicked(tx, id, { ...goods, quantity: -goods.quantity })
  settleStatus(tx, id)
  tell(tx, id, orderPutBack)
  return getFulfilment(tx, { id })
}
