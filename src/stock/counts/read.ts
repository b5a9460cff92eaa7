/** Looks counts up; a blind one keeps what is expected to itself until it is posted. */
import { getItem } from '../../catalog/read.ts'
import type { Read } from '../../db/session.ts'
import { notFound } from '../../kit/problem.ts'
import { formatQuantity } from '../../kit/quantity.ts'
import { getLocation } from '../../locations/read.ts'
import { describeGoods } from '../goods.ts'
import type { Count, CountFilter } from './schema.ts'
import {
  findCount,
  linesOfCount,
  listCountRows,
  type CountLineRow,
  type CountRow,
} from './store.ts'

/** @throws Problem `not_found` */
export function getCount(read: Read, { id }: { id: string }): Count {
  const row = findCount(read, id)
  if (!row) throw notFound('count', id)
  return toCount(read, row)
}

export function listCounts(read: Read, filter: CountFilter) {
  const { rows, ...rest } = listCountRows(read, filter)
  return { data: rows.map((row) => toCount(read, row)), ...rest }
}

/** A first difference may be a mistake of the one who counted: it is counted once more. */
export const needsRecount = (line: CountLineRow): boolean =>
  line.times_counted === 1 && line.counted_quantity !== line.expected_quantity

const toCount = (read: Read, row: CountRow): Count => {
  const shown = row.blind === 0 || row.status === 'counted' || row.status === 'posted'
  return {
    id: row.id,
    site_id: row.site_id,
    status: row.status,
    blind: row.blind === 1,
    note: row.note,
    lines: linesOfCount(read, row.id).map((line) => toLine(read, line, shown)),
    posted_at: row.posted_at,
    version: row.version,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

function toLine(read: Read, line: CountLineRow, shown: boolean): Count['lines'][number] {
  const { scale } = getItem(read, { id: line.item_id })
  const quantity = (value: number | null) => (value === null ? null : formatQuantity(value, scale))
  const { expected_quantity: expected, counted_quantity: counted } = line
  const difference = expected === null || counted === null ? null : counted - expected
  return {
    line: line.line,
    ...describeGoods(read, line),
    location_id: line.location_id,
    location_code: getLocation(read, { id: line.location_id }).code,
    expected_quantity: shown ? quantity(expected) : null,
    counted_quantity: quantity(counted),
    difference: shown ? quantity(difference) : null,
    recount: needsRecount(line),
    counted_at: line.counted_at,
    counted_by: line.counted_by,
    posting_id: line.posting_id,
  }
}
