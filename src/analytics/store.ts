/** Questions to one business's file: what happened from one moment to before another. */
import type { Read } from '../db/session.ts'

const counted = (read: Read, sql: string, from: string, until: string): number =>
  read.get<{ count: number }>(sql, from, until)!.count

/** Labels that were bought and not cancelled since. */
export const countShipments = (read: Read, from: string, until: string): number =>
  counted(
    read,
    `SELECT count(*) AS count FROM shipments INDEXED BY shipments_by_moment
     WHERE purchased_at >= ? AND purchased_at < ? AND cancelled_at IS NULL`,
    from,
    until,
  )

export const countOrders = (read: Read, from: string, until: string): number =>
  counted(
    read,
    `SELECT count(*) AS count FROM sales_orders INDEXED BY sales_orders_by_moment
     WHERE placed_at >= ? AND placed_at < ?`,
    from,
    until,
  )

/** What these labels cost, by currency. */
export const sumCharges = (
  read: Read,
  from: string,
  until: string,
): { amount: number; currency: string }[] =>
  read.all(
    `SELECT sum(charge_amount) AS amount, charge_currency AS currency
     FROM shipments INDEXED BY shipments_by_moment
     WHERE purchased_at >= ? AND purchased_at < ? AND cancelled_at IS NULL
       AND charge_currency IS NOT NULL
     GROUP BY charge_currency ORDER BY charge_currency LIMIT 200`,
    from,
    until,
  )

export const countOrganizations = (read: Read): number =>
  read.get<{ count: number }>('SELECT count(*) AS count FROM organizations')!.count

/** People who were here since then; there are as many rows as people. */
export const countUsersSeen = (read: Read, since: string): number =>
  read.get<{ count: number }>('SELECT count(*) AS count FROM users WHERE last_seen_at >= ?', since)!
    .count
