/** Places an order: its goods are reserved, and what is not there waits or stops it. */
import type { Write } from '../db/session.ts'
import { Problem } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import { allocate } from '../stock/allocate.ts'
import { inUnits } from '../stock/in-units.ts'
import { orderAllocated, orderBackordered, orderPlaced } from './events.ts'
import { backorderedOf, getSalesOrder, getWorkable } from './read.ts'
import type { SalesOrder } from './schema.ts'
import { settleStatus, tell } from './settle.ts'
import { insertAllocation, type PickRow } from './store-fulfilment.ts'
import { linesOfOrder, type LineRow, type OrderRow } from './store.ts'

/** @throws Problem `not_found`, `order_state`, `order_closed`, `order_held`, `insufficient_stock` */
export function placeSalesOrder(tx: Write, { id }: { id: string }): SalesOrder {
  const order = getWorkable(tx, id, ['draft'])
  const reserved = allocateLines(tx, order)
  const short = linesOfOrder(tx, id).filter((line) => backorderedOf(line) > 0)
  if (short.length > 0 && order.backorder_policy === 'refuse') throw tooFew(short)
  settleStatus(tx, id)
  tell(tx, id, orderPlaced)
  if (reserved > 0) tell(tx, id, orderAllocated)
  if (short.length > 0) tell(tx, id, orderBackordered)
  return getSalesOrder(tx, { id })
}

/**
 * Reserves for what waits, now that goods may have come.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `order_held`
 */
export function allocateSalesOrder(tx: Write, { id }: { id: string }): SalesOrder {
  const order = getWorkable(tx, id)
  const reserved = allocateLines(tx, order)
  settleStatus(tx, id)
  return reserved > 0 ? tell(tx, id, orderAllocated) : getSalesOrder(tx, { id })
}

/** @returns how many reservations were made */
function allocateLines(tx: Write, order: OrderRow): number {
  let made = 0
  for (const line of linesOfOrder(tx, order.id)) {
    made += allocateLine(tx, order, line, backorderedOf(line))
  }
  return made
}

/** @param except where somebody has just looked in vain */
export function allocateLine(
  tx: Write,
  order: OrderRow,
  line: Pick<LineRow, 'line' | 'item_id'>,
  quantity: number,
  except: readonly PickRow[] = [],
): number {
  if (quantity <= 0) return 0
  const { id, site_id } = order
  const { item_id } = line
  const reference = { type: 'sales_order', id }
  const wanted = { item_id, site_id, quantity, reference, except }
  const reservations = inUnits(tx, () => allocate(tx, wanted))
  for (const reservation of reservations) insertAllocation(tx, id, line.line, reservation.id)
  return reservations.length
}

function tooFew(short: readonly LineRow[]): Problem {
  const lines = short.map((line) => ({
    line: line.line,
    sku: line.sku,
    requested: formatQuantity(line.quantity, line.scale),
    available: formatQuantity(line.allocated, line.scale),
    shortfall: formatQuantity(backorderedOf(line), line.scale),
  }))
  const words = lines.map(({ sku, shortfall }) => `${shortfall} of ${sku}`).join(', ')
  return new Problem('insufficient_stock', `Too little is there: ${words}.`, { lines })
}
