/** Tells the history of goods: what moved, from where to where, why, and who did it. */
import { getItem } from '../catalog/read.ts'
import { findLot, findSerial } from '../catalog/lots/read.ts'
import type { Write, Read } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { Problem } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import { getAccount } from '../ledger/accounts/read.ts'
import { movementsOf, postingById, type MovementRow } from '../ledger/read.ts'
import { reverse } from '../ledger/reverse.ts'
import { lines_per_seq } from '../ledger/schema.ts'
import { findPlaceOfAccount } from '../locations/read.ts'
import { stockReversed } from './events.ts'
import { inUnits } from './in-units.ts'
import { toPosted } from './posted.ts'
import type { Movement, MovementQuery, Posted, Posting } from './schema.ts'

/** What moved of one item, newest first. @throws Problem `not_found` */
export function itemMovements(
  read: Read,
  { id, lot_id, serial_id, ...request }: MovementQuery & { id: string },
) {
  getItem(read, { id })
  const { rows, ...rest } = movementsOf(read, { item_id: id, lot_id, serial_id }, request)
  return { data: describeMovements(read, rows), ...rest }
}

/** @throws Problem `not_found` */
export function getPosting(read: Read, { id }: { id: string }): Posting {
  const { movements, ...posting } = postingById(read, id)
  const { reason, occurred_at, recorded_at, reference_type, reference_id, actor_name, note } =
    posting
  const told = { reason, occurred_at, recorded_at, reference_type, reference_id, actor_name, note }
  const first = posting.seq * lines_per_seq
  const rows = movements.map((movement) => ({
    ...movement,
    ...told,
    position: first + movement.line,
    posting_id: id,
  }))
  return {
    id,
    seq: posting.seq,
    ...told,
    reverses: posting.reverses,
    reversed_by: posting.reversed_by,
    hash: posting.hash,
    movements: describeMovements(read, rows),
  }
}

/** Documents that count what they moved: only they may take it back. */
const documents = new Set(['purchase_order', 'sales_order', 'transfer', 'count', 'return'])

/**
 * Takes a posting back by one that moves the same goods the other way, once.
 * @throws Problem `not_found`, `reversal_is_final`, `already_reversed`, `document_posting`,
 *   `insufficient_stock`, `stock_reserved`
 */
export function reversePosting(
  tx: Write,
  { id, note }: { id: string; note?: string | undefined },
): Posted {
  const { reference_type, reference_id } = postingById(tx, id)
  if (documents.has(reference_type)) {
    const detail = `${id} belongs to ${reference_id}: take it back there, so that both agree.`
    throw new Problem('document_posting', detail, { reference_type, reference_id })
  }
  const reply = toPosted(
    tx,
    inUnits(tx, () => reverse(tx, id, { note })),
  )
  emit(tx, stockReversed, reply.id, { ...reply, reverses: id })
  return reply
}

function describeMovements(read: Read, rows: readonly Omit<MovementRow, 'id'>[]): Movement[] {
  const names = new Names(read)
  return rows.map((row) => {
    const item = getItem(read, { id: row.item_id })
    const from = names.of(row.source)
    const to = names.of(row.target)
    return {
      posting_id: row.posting_id,
      seq: Math.floor(row.position / lines_per_seq),
      line: row.line,
      item_id: item.id,
      sku: item.sku,
      lot_id: row.lot_id || null,
      lot_code: (row.lot_id && findLot(read, item.id, row.lot_id)?.code) || null,
      serial_id: row.serial_id || null,
      serial_code: (row.serial_id && findSerial(read, item.id, row.serial_id)?.code) || null,
      quantity: formatQuantity(row.quantity, item.scale),
      from: from.name,
      to: to.name,
      from_location_id: from.location_id,
      to_location_id: to.location_id,
      reason: row.reason,
      reference_type: row.reference_type,
      reference_id: row.reference_id,
      actor_name: row.actor_name,
      note: row.note,
      occurred_at: row.occurred_at,
      recorded_at: row.recorded_at,
    }
  })
}

interface AccountName {
  name: string
  location_id: string | null
}

/** Names of accounts, each looked up once. */
class Names {
  readonly #known = new Map<string, AccountName>()
  constructor(private readonly read: Read) {}

  of(account_id: string): AccountName {
    let name = this.#known.get(account_id)
    if (!name) this.#known.set(account_id, (name = this.#find(account_id)))
    return name
  }

  #find(account_id: string): AccountName {
    const place = findPlaceOfAccount(this.read, account_id)
    if (place) return { name: place.code, location_id: place.id }
    return { name: getAccount(this.read, account_id).kind, location_id: null }
  }
}
