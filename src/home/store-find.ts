/** Where a code can stand: every number and name that people read off a screen, a box or a paper. */
import type { Read } from '../db/session.ts'
import type { Match } from './schema.ts'

interface Place {
  /** What it is, and what is shown of it. */
  select: string
  /** Columns in which exactly this code may stand, each with an index of its own. */
  exact: readonly string[]
  /** The column in which it may be the beginning, with the index that answers. */
  near?: string
}

/** In the order in which people mean it. */
const places: readonly Place[] = [
  {
    select: `'item' AS type, id, sku AS code, name FROM items`,
    exact: ['sku', 'barcode', 'id'],
    near: 'sku',
  },
  { select: `'item' AS type, id, sku AS code, name FROM items`, exact: [], near: 'name' },
  {
    select: `'sales_order' AS type, id, number AS code, ship_to_name AS name FROM sales_orders`,
    exact: ['number', 'id'],
    near: 'number',
  },
  {
    select: `'sales_order' AS type, id, number AS code, ship_to_name AS name FROM sales_orders`,
    exact: [],
    near: 'ship_to_name',
  },
  {
    select: `'purchase_order' AS type, id, number AS code, '' AS name FROM purchase_orders`,
    exact: ['number', 'id'],
    near: 'number',
  },
  {
    select: `'shipment' AS type, id, coalesce(tracking_number, '') AS code, recipient_name AS name FROM shipments`,
    exact: ['tracking_number', 'id'],
  },
  {
    select: `'return' AS type, id, number AS code, '' AS name FROM returns`,
    exact: ['number', 'id'],
    near: 'number',
  },
  {
    select: `'location' AS type, id, code, name FROM locations`,
    exact: ['code', 'id'],
    near: 'code',
  },
  {
    select: `CASE is_supplier WHEN 1 THEN 'supplier' ELSE 'customer' END AS type, id, code, name
      FROM parties`,
    exact: ['id', 'code', 'email'],
    near: 'name',
  },
]

/** A number of a parcel that another shipment's first parcel hides, or that was not shipped here. */
const trackers = `SELECT id, tracking_number AS code, carrier_id AS name, 'tracker' AS type
  FROM trackers WHERE organization_id = ? AND tracking_number = ? AND connection_id IN
    (SELECT id FROM carrier_connections WHERE organization_id = ?) LIMIT 5`

const serials = `SELECT i.id, s.code, i.name, 'item' AS type
  FROM serials s JOIN items i ON i.id = s.item_id
  WHERE s.organization_id = ? AND s.code = ? LIMIT 5`

const lots = `SELECT i.id, t.code, i.name, 'item' AS type
  FROM lots t JOIN items i ON i.id = t.item_id
  WHERE t.organization_id = ? AND t.code = ? LIMIT 5`

/** Everything that carries exactly this code; what people mean first comes first. */
export function findExactly(read: Read, code: string): Match[] {
  const own = read.scope.organization_id
  const found = places.flatMap(({ select, exact }) =>
    exact.flatMap((column) =>
      read.all<Match>(
        `SELECT ${select} WHERE organization_id = ? AND ${column} = ? LIMIT 2`,
        own,
        code,
      ),
    ),
  )
  return [
    ...found,
    ...read.all<Match>(trackers, own, code, own),
    ...read.all<Match>(serials, own, code),
    ...read.all<Match>(lots, own, code),
  ]
}

/** What begins with this, a few of each kind. */
export const findNear = (read: Read, beginning: string): Match[] =>
  places.flatMap(({ select, near }) =>
    near
      ? read.all<Match>(
          `SELECT ${select}
            WHERE organization_id = ? AND ${near} BETWEEN ? AND ? ORDER BY ${near} LIMIT 5`,
          read.scope.organization_id,
          beginning,
          `${beginning}\u{10ffff}`,
        )
      : [],
  )
