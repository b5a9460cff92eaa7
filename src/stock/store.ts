/** Reads the ledger's levels beside the items, lots and places they are of; keeps what is incoming. */
import { listRows, type ListRequest, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'

export interface LevelRow {
  id: string
  item_id: string
  sku: string
  name: string
  scale: number
  lot_id: string
  lot_code: string | null
  expires_on: string | null
  serial_id: string
  serial_code: string | null
  account_id: string
  location_id: string
  location_code: string
  site_id: string
  on_hand: number
  reserved: number
  /** 1 when orders may have it: the bin is open, the lot is ok and has not expired. */
  usable: 0 | 1
  version: number
}

/** Binds today's date. */
const usable = `(a.promisable = 1 AND (t.id IS NULL OR
  (t.status = 'ok' AND (t.expires_on IS NULL OR t.expires_on >= ?))))`

/** Binds today's date first. */
const level_select = `CAST(l.number AS TEXT) AS id, l.item_id, i.sku, i.name, i.scale, l.lot_id,
    t.code AS lot_code, t.expires_on, l.serial_id, s.code AS serial_code, l.account_id,
    c.id AS location_id, c.code AS location_code, c.site_id, l.on_hand, l.reserved, l.version,
    ${usable} AS usable
  FROM stock_levels l
  CROSS JOIN stock_accounts a ON a.id = l.account_id
  CROSS JOIN locations c ON c.id = a.location_id
  CROSS JOIN items i ON i.id = l.item_id
  LEFT JOIN lots t ON t.id = l.lot_id
  LEFT JOIN serials s ON s.id = l.serial_id`

export interface LevelQuery extends ListRequest {
  item_id?: string | undefined
  lot_id?: string | undefined
  site_id?: string | undefined
  account_id?: string | undefined
  available?: boolean | undefined
}

/** Where goods of ours are now. */
export const listLevelRows = (read: Read, filter: LevelQuery): Page<LevelRow> =>
  listRows(read, filter, {
    select: level_select,
    where: [
      ['1', today(read)],
      ['l.organization_id = ?', read.scope.organization_id],
      ['l.live = 1'],
      ['l.account_id = ?', filter.account_id],
      ['l.item_id = ?', filter.item_id],
      ['l.lot_id = ?', filter.lot_id],
      ['c.site_id = ?', filter.site_id],
      [`${usable} AND l.on_hand > l.reserved`, filter.available ? today(read) : undefined],
    ],
    sortable: { item_id: 'l.item_id' },
    default_sort: 'item_id',
    id: 'l.number',
  })

// Said once: a text that is put together anew for each query is hashed anew for each query.
const one_level = `SELECT ${level_select} WHERE l.item_id = ? AND l.lot_id = ? AND l.serial_id = ?
  AND l.account_id = ? AND l.organization_id = ?`
const one_level_at = `SELECT ${level_select} WHERE l.item_id = ? AND l.lot_id = ?
  AND l.serial_id = ? AND l.account_id = (SELECT account_id FROM locations WHERE id = ?)
  AND l.organization_id = ?`

export const findLevelRow = (
  read: Read,
  key: { item_id: string; lot_id: string; serial_id: string; account_id: string },
): LevelRow | undefined =>
  read.get(
    one_level,
    today(read),
    key.item_id,
    key.lot_id,
    key.serial_id,
    key.account_id,
    read.scope.organization_id,
  )

export const findLevelRowAt = (
  read: Read,
  key: { item_id: string; lot_id: string; serial_id: string; location_id: string },
): LevelRow | undefined =>
  read.get(
    one_level_at,
    today(read),
    key.item_id,
    key.lot_id,
    key.serial_id,
    key.location_id,
    read.scope.organization_id,
  )

/** What a site can give of an item: first what expires first, then what came first. */
export const levelsToPick = (read: Read, item_id: string, site_id: string): LevelRow[] =>
  read.all(
    `SELECT ${level_select} WHERE l.organization_id = ? AND l.item_id = ? AND l.live = 1
      AND c.site_id = ? AND l.on_hand > l.reserved AND ${usable}
      ORDER BY t.expires_on IS NULL, t.expires_on, l.lot_id, l.serial_id, l.number LIMIT 1000`,
    today(read),
    read.scope.organization_id,
    item_id,
    site_id,
    today(read),
  )

export interface SumRow {
  item_id: string
  site_id: string
  on_hand: number
  reserved: number
  available: number
  in_transit: number
}

/** Per item and site; what is under way to a site is not on hand there yet. */
export const sumLevels = (read: Read, item_ids: readonly string[], site_id?: string): SumRow[] =>
  read.all(
    `SELECT l.item_id, c.site_id,
        sum(CASE a.kind WHEN 'in_transit' THEN 0 ELSE l.on_hand END) AS on_hand,
        sum(l.reserved) AS reserved,
        sum(CASE WHEN ${usable} THEN l.on_hand - l.reserved ELSE 0 END) AS available,
        sum(CASE a.kind WHEN 'in_transit' THEN l.on_hand ELSE 0 END) AS in_transit
      FROM json_each(?) j
      CROSS JOIN stock_levels l ON l.organization_id = ? AND l.item_id = j.value AND l.live = 1
      CROSS JOIN stock_accounts a ON a.id = l.account_id
      CROSS JOIN locations c ON c.id = a.location_id
      LEFT JOIN lots t ON t.id = l.lot_id
      WHERE c.site_id = coalesce(?, c.site_id)
      GROUP BY l.item_id, c.site_id`,
    today(read),
    JSON.stringify(item_ids),
    read.scope.organization_id,
    site_id ?? null,
  )

export interface ChangeRow {
  occurred_at: string
  recorded_at: string
  /** What it did to the quantity on hand: 0 when goods only went from one bin to another. */
  change: number
}

/** What moved of an item, latest told first. */
export const changesOfItem = (read: Read, item_id: string, limit: number): ChangeRow[] =>
  read.all(
    `SELECT p.occurred_at, p.recorded_at, m.quantity * (
        (t.physical = 1 AND t.kind <> 'in_transit') - (s.physical = 1 AND s.kind <> 'in_transit')
      ) AS change
      FROM stock_movements m
      CROSS JOIN stock_postings p ON p.seq = m.posting_seq
      CROSS JOIN stock_accounts s ON s.id = m.source
      CROSS JOIN stock_accounts t ON t.id = m.target
      WHERE m.item_id = ? AND p.organization_id = ?
      ORDER BY m.position DESC LIMIT ?`,
    item_id,
    read.scope.organization_id,
    limit,
  )

export interface PromiseRow {
  item_id: string
  site_id: string
  quantity: number
}

export const sumPromises = (
  read: Read,
  item_ids: readonly string[],
  site_id?: string,
): PromiseRow[] =>
  read.all(
    `SELECT p.item_id, p.site_id, p.reserved AS quantity
      FROM json_each(?) j CROSS JOIN stock_promises p ON p.item_id = j.value
      WHERE p.organization_id = ? AND p.reserved > 0 AND p.site_id = coalesce(?, p.site_id)`,
    JSON.stringify(item_ids),
    read.scope.organization_id,
    site_id ?? null,
  )

export interface IncomingRow extends PromiseRow {
  expected_on: string | null
}

/** @param until what is expected later is left out; what has no date counts */
export const sumIncoming = (
  read: Read,
  item_ids: readonly string[],
  site_id?: string,
  until?: string,
): IncomingRow[] =>
  read.all(
    `SELECT n.item_id, n.site_id, n.expected_on, sum(n.quantity) AS quantity
      FROM json_each(?) j
      CROSS JOIN stock_incoming n ON n.organization_id = ? AND n.item_id = j.value
      WHERE n.site_id = coalesce(?, n.site_id)
        AND (n.expected_on IS NULL OR n.expected_on <= coalesce(?, n.expected_on))
      GROUP BY n.item_id, n.site_id, n.expected_on ORDER BY n.expected_on IS NULL, n.expected_on`,
    JSON.stringify(item_ids),
    read.scope.organization_id,
    site_id ?? null,
    until ?? null,
  )

export const upsertIncoming = (
  tx: Write,
  row: {
    source_id: string
    line: number
    item_id: string
    site_id: string
    quantity: number
    expected_on: string | null
  },
): number =>
  tx.run(
    `INSERT INTO stock_incoming
        (source_id, line, organization_id, item_id, site_id, quantity, expected_on)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (source_id, line) DO UPDATE SET quantity = excluded.quantity,
        site_id = excluded.site_id, expected_on = excluded.expected_on`,
    row.source_id,
    row.line,
    tx.scope.organization_id,
    row.item_id,
    row.site_id,
    row.quantity,
    row.expected_on,
  )

export const deleteIncoming = (tx: Write, source_id: string, line: number): number =>
  tx.run('DELETE FROM stock_incoming WHERE source_id = ? AND line = ?', source_id, line)

/** Items of these skus; unknown ones are missing. */
export const itemsOfSkus = (
  read: Read,
  skus: readonly string[],
): { id: string; sku: string; scale: number }[] =>
  read.all(
    `SELECT i.id, i.sku, i.scale
      FROM json_each(?) j CROSS JOIN items i ON i.organization_id = ? AND i.sku = j.value`,
    JSON.stringify(skus),
    read.scope.organization_id,
  )

/** UTC: the last day of a lot is the day its date names. */
const today = (read: Read): string => read.now.slice(0, 10)
