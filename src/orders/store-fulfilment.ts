/** The rows of picking and packing: allocations, what lies on the bench, parcels and their contents. */
import type { Read, Write } from '../db/session.ts'

export interface PickRow {
  sales_order_id: string
  order_number: string
  priority: number
  line: number
  reservation_id: string
  item_id: string
  sku: string
  name: string
  scale: number
  barcode: string | null
  lot_id: string
  lot_code: string | null
  expires_on: string | null
  serial_id: string
  serial_code: string | null
  account_id: string
  location_id: string
  location_code: string
  quantity: number
}

const pick_select = `SELECT a.sales_order_id, o.number AS order_number, o.priority, a.line,
    r.id AS reservation_id, r.item_id, i.sku, i.name, i.scale, i.barcode, r.lot_id,
    t.code AS lot_code, t.expires_on, r.serial_id, s.code AS serial_code, r.account_id,
    c.id AS location_id, c.code AS location_code, r.open_quantity AS quantity
  FROM sales_orders o
  CROSS JOIN sales_order_allocations a ON a.sales_order_id = o.id
  CROSS JOIN stock_reservations r ON r.id = a.reservation_id AND r.state = 'open'
  CROSS JOIN items i ON i.id = r.item_id
  CROSS JOIN stock_accounts x ON x.id = r.account_id
  CROSS JOIN locations c ON c.id = x.location_id
  LEFT JOIN lots t ON t.id = r.lot_id
  LEFT JOIN serials s ON s.id = r.serial_id`

export const picksOfOrder = (read: Read, sales_order_id: string): PickRow[] =>
  read.all(
    `${pick_select} WHERE o.id = ? AND o.organization_id = ?
      ORDER BY c.code, a.line, r.id LIMIT 1000`,
    sales_order_id,
    read.scope.organization_id,
  )

/** Of all orders of a site that may be picked now; urgent orders first decide who is on the list. */
export const picksOfSite = (read: Read, site_id: string, limit: number): PickRow[] =>
  read.all(
    `SELECT * FROM (${pick_select}
      WHERE o.organization_id = ? AND o.status IN ('placed', 'allocated', 'picking')
        AND o.site_id = ? AND o.hold_reason = ''
      ORDER BY o.priority DESC, o.created_at, a.line, r.id LIMIT ?)
      ORDER BY location_code, sku, order_number`,
    read.scope.organization_id,
    site_id,
    limit,
  )

export const insertAllocation = (
  tx: Write,
  sales_order_id: string,
  line: number,
  reservation_id: string,
): number =>
  tx.run(
    `INSERT INTO sales_order_allocations (reservation_id, sales_order_id, line) VALUES (?, ?, ?)`,
    reservation_id,
    sales_order_id,
    line,
  )

export interface LineGoods {
  line: number
  lot_id: string
  serial_id: string
  quantity: number
}

export const pickedOfOrder = (read: Read, sales_order_id: string): LineGoods[] =>
  read.all(
    `SELECT line, lot_id, serial_id, quantity FROM sales_order_picked
      WHERE sales_order_id = ? AND quantity > 0 ORDER BY line, lot_id, serial_id LIMIT 1000`,
    sales_order_id,
  )

/** @param goods a negative quantity takes from the bench; the row refuses to fall below zero */
export const addPicked = (tx: Write, sales_order_id: string, goods: LineGoods): number =>
  tx.run(
    `INSERT INTO sales_order_picked (sales_order_id, line, lot_id, serial_id, quantity)
      VALUES (?, ?, ?, ?, 0) ON CONFLICT DO NOTHING`,
    sales_order_id,
    goods.line,
    goods.lot_id,
    goods.serial_id,
  ) +
  tx.run(
    `UPDATE sales_order_picked SET quantity = quantity + ?
      WHERE sales_order_id = ? AND line = ? AND lot_id = ? AND serial_id = ?`,
    goods.quantity,
    sales_order_id,
    goods.line,
    goods.lot_id,
    goods.serial_id,
  )

export interface ParcelRow {
  id: string
  sales_order_id: string
  number: number
  weight_g: number | null
  length_mm: number | null
  width_mm: number | null
  height_mm: number | null
  packaging: string
  packed_by: string
  packed_at: string
  shipment_id: string | null
  dispatched_at: string | null
  dispatch_posting_id: string | null
  delivered_at: string | null
}

export const parcelsOfOrder = (read: Read, sales_order_id: string): ParcelRow[] =>
  read.all(
    'SELECT * FROM sales_order_parcels WHERE sales_order_id = ? ORDER BY number LIMIT 1000',
    sales_order_id,
  )

export const contentsOfParcel = (read: Read, parcel_id: string): LineGoods[] =>
  read.all(
    `SELECT line, lot_id, serial_id, quantity FROM sales_order_parcel_contents
      WHERE parcel_id = ? ORDER BY line, lot_id, serial_id LIMIT 1000`,
    parcel_id,
  )

export const insertParcel = (
  tx: Write,
  row: Pick<
    ParcelRow,
    | 'id'
    | 'sales_order_id'
    | 'number'
    | 'weight_g'
    | 'length_mm'
    | 'width_mm'
    | 'height_mm'
    | 'packaging'
  >,
): number =>
  tx.run(
    `INSERT INTO sales_order_parcels (id, sales_order_id, number, weight_g, length_mm, width_mm,
        height_mm, packaging, packed_by, packed_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.id,
    row.sales_order_id,
    row.number,
    row.weight_g,
    row.length_mm,
    row.width_mm,
    row.height_mm,
    row.packaging,
    tx.scope.actor.name,
    tx.now,
  )

export const insertContents = (tx: Write, parcel_id: string, goods: LineGoods): number =>
  tx.run(
    `INSERT INTO sales_order_parcel_contents (parcel_id, line, lot_id, serial_id, quantity)
      VALUES (?, ?, ?, ?, ?)`,
    parcel_id,
    goods.line,
    goods.lot_id,
    goods.serial_id,
    goods.quantity,
  )

/** A parcel that was unpacked leaves no trace but its event and its audit entry. */
export const deleteParcel = (tx: Write, parcel_id: string): number =>
  tx.run('DELETE FROM sales_order_parcel_contents WHERE parcel_id = ?', parcel_id) +
  tx.run('DELETE FROM sales_order_parcels WHERE id = ?', parcel_id)

export const setDispatched = (
  tx: Write,
  parcel_id: string,
  shipment_id: string | null,
  posting_id: string,
): number =>
  tx.run(
    `UPDATE sales_order_parcels SET shipment_id = ?, dispatched_at = ?, dispatch_posting_id = ?
      WHERE id = ?`,
    shipment_id,
    tx.now,
    posting_id,
    parcel_id,
  )

export const clearDispatched = (tx: Write, parcel_id: string): number =>
  tx.run(
    `UPDATE sales_order_parcels SET shipment_id = NULL, dispatched_at = NULL,
        dispatch_posting_id = NULL, delivered_at = NULL WHERE id = ?`,
    parcel_id,
  )

export const setDelivered = (tx: Write, parcel_id: string): number =>
  tx.run(
    'UPDATE sales_order_parcels SET delivered_at = coalesce(delivered_at, ?) WHERE id = ?',
    tx.now,
    parcel_id,
  )
