/** The rows of counts. */
import { listRows, type Page } from '../../db/list.ts'
import type { Read, Write } from '../../db/session.ts'
import type { CountFilter, CountStatus } from './schema.ts'

export interface CountRow {
  id: string
  site_id: string
  status: CountStatus
  blind: 0 | 1
  note: string
  posted_at: string | null
  version: number
  created_at: string
  updated_at: string
}

export interface CountLineRow {
  line: number
  item_id: string
  lot_id: string
  serial_id: string
  location_id: string
  expected_quantity: number | null
  counted_quantity: number | null
  counted_at: string | null
  counted_by: string | null
  times_counted: number
  posting_id: string | null
}

export const most_lines = 1_000

export const findCount = (read: Read, id: string): CountRow | undefined =>
  read.get(
    'SELECT * FROM counts WHERE id = ? AND organization_id = ?',
    id,
    read.scope.organization_id,
  )

export const linesOfCount = (read: Read, id: string): CountLineRow[] =>
  read.all('SELECT * FROM count_lines WHERE count_id = ? ORDER BY line LIMIT ?', id, most_lines)

export const listCountRows = (read: Read, filter: CountFilter): Page<CountRow> =>
  listRows(read, filter, {
    select: '* FROM counts',
    where: [
      ['organization_id = ?', read.scope.organization_id],
      ['status = ?', filter.status],
      ['site_id = ?', filter.site_id],
    ],
    sortable: { created_at: 'created_at' },
    default_sort: '-created_at',
    id: 'id',
  })

export interface CountedGoods {
  item_id: string
  lot_id: string
  serial_id: string
  location_id: string
}

/** What lies in these places, one more than fits into a count. */
export const goodsInPlaces = (
  read: Read,
  location_ids: readonly string[],
  item_ids: readonly string[] | undefined,
): CountedGoods[] =>
  read.all(
    `SELECT l.item_id, l.lot_id, l.serial_id, c.id AS location_id
      FROM json_each(?) j
      CROSS JOIN locations c ON c.id = j.value
      CROSS JOIN stock_levels l ON l.account_id = c.account_id AND l.live = 1
      WHERE l.organization_id = ?
        AND (? OR l.item_id IN (SELECT value FROM json_each(?)))
      ORDER BY c.code, l.number LIMIT ?`,
    JSON.stringify(location_ids),
    read.scope.organization_id,
    item_ids ? 0 : 1,
    JSON.stringify(item_ids ?? []),
    most_lines + 1,
  )

export const insertCount = (
  tx: Write,
  id: string,
  row: { site_id: string; blind: boolean; note: string },
): number =>
  tx.run(
    `INSERT INTO counts (id, organization_id, site_id, status, blind, note, created_at, updated_at)
      VALUES (?, ?, ?, 'requested', ?, ?, ?, ?)`,
    id,
    tx.scope.organization_id,
    row.site_id,
    row.blind ? 1 : 0,
    row.note,
    tx.now,
    tx.now,
  )

export const insertCountLine = (
  tx: Write,
  count_id: string,
  line: number,
  goods: CountedGoods,
): number =>
  tx.run(
    `INSERT INTO count_lines (count_id, line, item_id, lot_id, serial_id, location_id)
      VALUES (?, ?, ?, ?, ?, ?)`,
    count_id,
    line,
    goods.item_id,
    goods.lot_id,
    goods.serial_id,
    goods.location_id,
  )

export const recordCounted = (
  tx: Write,
  count_id: string,
  line: number,
  expected: number,
  counted: number,
): number =>
  tx.run(
    `UPDATE count_lines SET expected_quantity = ?, counted_quantity = ?, counted_at = ?,
        counted_by = ?, times_counted = times_counted + 1 WHERE count_id = ? AND line = ?`,
    expected,
    counted,
    tx.now,
    tx.scope.actor.name,
    count_id,
    line,
  )

export const setLinePosting = (
  tx: Write,
  count_id: string,
  line: number,
  posting_id: string,
): number =>
  tx.run(
    'UPDATE count_lines SET posting_id = ? WHERE count_id = ? AND line = ?',
    posting_id,
    count_id,
    line,
  )

export const setCountStatus = (tx: Write, id: string, status: CountStatus): number =>
  tx.run(
    `UPDATE counts SET status = ?, posted_at = ?, version = version + 1, updated_at = ?
      WHERE id = ? AND organization_id = ?`,
    status,
    status === 'posted' ? tx.now : null,
    tx.now,
    id,
    tx.scope.organization_id,
  )
