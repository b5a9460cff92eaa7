/** Questions about all rooms at once. Each reads an index, and stops counting where nobody reads on. */
import type { Read } from '../db/session.ts'

/** More than this is shown as 1,000+, so that a busy day costs no more than a quiet one. */
export const most_counted = 1_001

type Table = 'purchase_orders' | 'sales_orders' | 'shipments' | 'returns' | 'counts'

/** How many documents are in one of these states. */
export const countByStatus = (read: Read, table: Table, statuses: readonly string[]): number =>
  read.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM ${table}
      WHERE organization_id = ? AND status IN (${statuses.map(() => '?').join(', ')}) LIMIT ?)`,
    read.scope.organization_id,
    ...statuses,
    most_counted,
  )!.count

export const countPlacedSince = (read: Read, since: string): number =>
  read.get<{ count: number }>(
    `SELECT count(*) AS count FROM (SELECT 1 FROM sales_orders
      WHERE organization_id = ? AND placed_at >= ? LIMIT ?)`,
    read.scope.organization_id,
    since,
    most_counted,
  )!.count

export interface DayRow {
  day: string
  orders: number
  /** Of them, those with a day to be shipped by. */
  due: number
  on_time: number
}

/** Parcels looked at, latest first. */
const most_parcels = 10_000

/** Orders by the day on which the last of their parcels left. */
export const shippedByDay = (read: Read, since: string): DayRow[] =>
  read.all(
    `SELECT substr(left_at, 1, 10) AS day, count(*) AS orders, count(ship_by) AS due,
        coalesce(sum(substr(left_at, 1, 10) <= ship_by), 0) AS on_time
      FROM (SELECT p.sales_order_id, max(p.dispatched_at) AS left_at, o.ship_by
        FROM (SELECT dispatched_at, sales_order_id FROM sales_order_parcels
          WHERE dispatched_at >= ? ORDER BY dispatched_at DESC LIMIT ?) p
        CROSS JOIN sales_orders o ON o.id = p.sales_order_id
        WHERE o.organization_id = ? GROUP BY p.sales_order_id)
      GROUP BY day ORDER BY day LIMIT 100`,
    since,
    most_parcels,
    read.scope.organization_id,
  )

/** The day from which `shippedByDay` is complete; undefined when it looked at all there is. */
export const shippedCompleteFrom = (read: Read, since: string): string | undefined =>
  read.get<{ dispatched_at: string }>(
    `SELECT dispatched_at FROM sales_order_parcels WHERE dispatched_at >= ?
      ORDER BY dispatched_at DESC LIMIT 1 OFFSET ?`,
    since,
    most_parcels,
  )?.dispatched_at

/** Of up to 1,000 orders that are being worked on: those on hold, and those that are late. */
export const openOrdersInTrouble = (read: Read, today: string): { held: number; late: number } =>
  read.get(
    `SELECT coalesce(sum(hold_reason <> ''), 0) AS held, coalesce(sum(ship_by < ?), 0) AS late
      FROM (SELECT hold_reason, ship_by FROM sales_orders WHERE organization_id = ?
        AND status IN ('placed', 'allocated', 'picking', 'packed') LIMIT 1000)`,
    today,
    read.scope.organization_id,
  )!

/** Of up to 1,000 purchase orders that are under way: those that should be here. */
export const latePurchases = (read: Read, today: string): number =>
  read.get<{ late: number }>(
    `SELECT coalesce(sum(expected_on < ?), 0) AS late
      FROM (SELECT expected_on FROM purchase_orders WHERE organization_id = ?
        AND status IN ('sent', 'partially_received') LIMIT 1000)`,
    today,
    read.scope.organization_id,
  )!.late

export interface ReorderRow {
  id: string
  sku: string
  name: string
  scale: number
  reorder_point: number
}

export const itemsToReorder = (read: Read, limit: number): ReorderRow[] =>
  read.all(
    `SELECT id, sku, name, scale, reorder_point FROM items INDEXED BY items_to_reorder
      WHERE organization_id = ? AND reorder_point IS NOT NULL AND archived_at IS NULL
      ORDER BY id LIMIT ?`,
    read.scope.organization_id,
    limit,
  )
