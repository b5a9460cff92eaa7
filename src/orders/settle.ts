/** Works an order's state out from where its goods are, and tells what happened to it. */
import type { Write } from '../db/session.ts'
import { emit, type EventType } from '../events/emit.ts'
import { listParcels } from './fulfilment.ts'
import { getSalesOrder } from './read.ts'
import type { SalesOrder, SalesOrderStatus } from './schema.ts'
import { parcelsOfOrder } from './store-fulfilment.ts'
import { linesOfOrder, setStatus, type LineRow } from './store.ts'

/** The state of the line that is furthest behind decides. */
export function settleStatus(tx: Write, id: string): SalesOrderStatus {
  const lines = linesOfOrder(tx, id)
  const status = statusOf(lines)
  const arrived =
    status === 'shipped' && parcelsOfOrder(tx, id).every((parcel) => parcel.delivered_at !== null)
  const settled = arrived ? 'delivered' : status
  setStatus(tx, id, settled)
  return settled
}

function statusOf(lines: readonly LineRow[]): SalesOrderStatus {
  const open = lines.filter((line) => line.shipped < line.quantity)
  if (open.length === 0) return 'shipped'
  if (open.every((line) => line.packed + line.shipped === line.quantity)) return 'packed'
  if (open.some((line) => line.picked + line.packed > 0)) return 'picking'
  if (open.every((line) => line.allocated + line.shipped === line.quantity)) return 'allocated'
  return 'placed'
}

/** Emits an event about the order as it is now, and returns the order. */
export function tell(tx: Write, id: string, event: EventType): SalesOrder {
  const order = getSalesOrder(tx, { id })
  const parcels = 'parcels' in event.data.properties ? { parcels: listParcels(tx, id) } : {}
  emit(tx, event, id, { ...order, ...parcels })
  return order
}
