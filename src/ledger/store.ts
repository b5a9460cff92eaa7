/** SQL of postings, movements and levels. */
import { listRows, type ListRequest, type Page } from '../db/list.ts'
import type { Read, Write } from '../db/session.ts'
import {
  lines_per_seq,
  type AccountKind,
  type Goods,
  type Level,
  type LevelKey,
  type Movement,
  type PostingHead,
  type VirtualKind,
} from './schema.ts'

// Writing a posting

export interface PostingContext {
  counterpart_kind: VirtualKind | null
  archived_at: string | null
  head_seq: number | null
  head_hash: Uint8Array | null
  closed_until: string | null
  backdating_days: number | null
}

/** All that a posting needs to know before it looks at its movements, in one statement. */
export const findPostingContext = (read: Read, reason: string): PostingContext | undefined =>
  read.get(
    `SELECT r.counterpart_kind, r.archived_at,
        (SELECT max(seq) FROM stock_postings) AS head_seq,
        (SELECT hash FROM stock_postings ORDER BY seq DESC LIMIT 1) AS head_hash,
        (SELECT closed_until FROM stock_books WHERE organization_id = ?) AS closed_until,
        (SELECT backdating_days FROM stock_books WHERE organization_id = ?) AS backdating_days
      FROM stock_reasons r WHERE r.code = ?`,
    read.scope.organization_id,
    read.scope.organization_id,
    reason,
  )

export interface AccountState {
  kind: AccountKind
  physical: 0 | 1
  floor: number | null
  closed_at: string | null
  site_id: string
  promisable: 0 | 1
}

export const findAccountState = (read: Read, account_id: string): AccountState | undefined =>
  read.get(
    `SELECT kind, physical, floor, closed_at, site_id, promisable FROM stock_accounts
      WHERE id = ? AND organization_id = ?`,
    account_id,
    read.scope.organization_id,
  )

/** One side of a movement: the account, and what of these goods is there. */
export type SideState = AccountState & Pick<Level, 'on_hand' | 'reserved' | 'version'>

export const findSide = (read: Read, key: LevelKey): SideState | undefined =>
  read.get(
    `SELECT a.kind, a.physical, a.floor, a.closed_at, a.site_id, a.promisable,
        coalesce(l.on_hand, 0) AS on_hand, coalesce(l.reserved, 0) AS reserved,
        coalesce(l.version, 0) AS version
      FROM stock_accounts a LEFT JOIN stock_levels l
        ON l.item_id = ? AND l.lot_id = ? AND l.serial_id = ? AND l.account_id = a.id
      WHERE a.id = ? AND a.organization_id = ?`,
    key.item_id,
    key.lot_id,
    key.serial_id,
    key.account_id,
    read.scope.organization_id,
  )

/** What the site has promised softly of this item. */
export const findPromised = (read: Read, item_id: string, site_id: string): number =>
  read.get<{ reserved: number }>(
    'SELECT reserved FROM stock_promises WHERE item_id = ? AND site_id = ? AND organization_id = ?',
    item_id,
    site_id,
    read.scope.organization_id,
  )?.reserved ?? 0

/** The account that has this unit. */
export const findSerialHolder = (read: Read, goods: Goods): string | undefined =>
  read.get<{ account_id: string }>(
    `SELECT account_id FROM stock_levels
      WHERE item_id = ? AND serial_id = ? AND serial_id <> '' AND on_hand > 0`,
    goods.item_id,
    goods.serial_id,
  )?.account_id

/** What a site has of an item, without what is held hard: before its soft promises. */
export const sumPromisable = (read: Read, item_id: string, site_id: string): number =>
  read.get<{ quantity: number }>(
    `SELECT coalesce(sum(l.on_hand - l.reserved), 0) AS quantity
      FROM stock_levels l JOIN stock_accounts a ON a.id = l.account_id
      WHERE l.organization_id = ? AND l.item_id = ? AND l.live = 1
        AND a.site_id = ? AND a.promisable = 1`,
    read.scope.organization_id,
    item_id,
    site_id,
  )!.quantity

export function insertPosting(
  tx: Write,
  head: PostingHead,
  movement_count: number,
  previous_hash: Uint8Array,
  hash: Uint8Array,
): void {
  tx.run(
    `INSERT INTO stock_postings (seq, id, organization_id, reason, occurred_at, recorded_at,
        actor_kind, actor_id, actor_name, reference_type, reference_id, request_id, note, reverses,
        movement_count, previous_hash, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    head.seq,
    head.id,
    tx.scope.organization_id,
    head.reason,
    head.occurred_at,
    head.recorded_at,
    head.actor_kind,
    head.actor_id,
    head.actor_name,
    head.reference_type,
    head.reference_id,
    head.request_id,
    head.note,
    head.reverses,
    movement_count,
    previous_hash,
    hash,
  )
}

/** Inserts a line; the database moves the levels and confirms the reservation. */
export function insertMovement(tx: Write, seq: number, movement: Movement): void {
  tx.run(
    `INSERT INTO stock_movements
        (position, item_id, lot_id, serial_id, source, target, quantity, reservation_id)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    seq * lines_per_seq + movement.line,
    movement.item_id,
    movement.lot_id,
    movement.serial_id,
    movement.source,
    movement.target,
    movement.quantity,
    movement.reservation_id,
  )
}

// Reading postings and movements

const posting_columns = `p.seq, p.id, p.reason, p.occurred_at, p.recorded_at, p.actor_kind,
  p.actor_id, p.actor_name, p.reference_type, p.reference_id, p.request_id, p.note, p.reverses`

export interface PostingRow extends PostingHead {
  hash: Uint8Array
}

export const findPosting = (read: Read, id: string): PostingRow | undefined =>
  read.get(
    `SELECT ${posting_columns}, p.hash FROM stock_postings p
      WHERE p.id = ? AND p.organization_id = ?`,
    id,
    read.scope.organization_id,
  )

export const findReversalOf = (read: Read, id: string): string | undefined =>
  read.get<{ id: string }>('SELECT id FROM stock_postings WHERE reverses = ?', id)?.id

export const movementsOfPosting = (read: Read, seq: number): Movement[] =>
  read.all(
    `SELECT line, item_id, lot_id, serial_id, source, target, quantity, reservation_id
      FROM stock_movements WHERE position BETWEEN ? AND ? ORDER BY position LIMIT 1000`,
    seq * lines_per_seq,
    seq * lines_per_seq + lines_per_seq - 1,
  )

export const findHead = (read: Read): { seq: number; hash: Uint8Array } | undefined =>
  read.get('SELECT seq, hash FROM stock_postings ORDER BY seq DESC LIMIT 1')

export interface PostingFilter {
  reason?: string | undefined
  reference_id?: string | undefined
  occurred_from?: string | undefined
  occurred_until?: string | undefined
}

/** Postings in the order in which they happened; those of one moment in the order of their seq. */
export const listPostingRows = (
  read: Read,
  filter: PostingFilter,
  request: ListRequest,
): Page<PostingRow & { posting_id: string }> =>
  listRows(read, request, {
    select: `${posting_columns}, p.hash, p.id AS posting_id, CAST(p.seq AS TEXT) AS id
      FROM stock_postings p`,
    where: [
      ['p.organization_id = ?', read.scope.organization_id],
      [`p.reference_id = ? AND p.reference_id <> ''`, filter.reference_id],
      ['p.reason = ?', filter.reason],
      ['p.occurred_at >= ?', filter.occurred_from],
      ['p.occurred_at <= ?', filter.occurred_until],
    ],
    sortable: { occurred_at: 'p.occurred_at' },
    default_sort: '-occurred_at',
    id: 'p.seq',
  })

export interface MovementFilter {
  item_id?: string | undefined
  lot_id?: string | undefined
  serial_id?: string | undefined
}

export interface MovementRow extends Movement {
  position: number
  posting_id: string
  reason: string
  occurred_at: string
  recorded_at: string
  reference_type: string
  reference_id: string
  actor_name: string
  note: string
}

const told_columns = `p.id AS posting_id, p.reason, p.occurred_at, p.recorded_at,
  p.reference_type, p.reference_id, p.actor_name, p.note`

/** Movements of an item, a lot or a serial. Positions are unique, so the tie-breaker is empty. */
export const listMovementRows = (
  read: Read,
  filter: MovementFilter,
  request: ListRequest,
): Page<MovementRow> =>
  listRows(read, request, {
    select: `'' AS id, m.position, m.line, m.item_id, m.lot_id, m.serial_id, m.source, m.target,
        m.quantity, m.reservation_id, ${told_columns}
      FROM stock_movements m CROSS JOIN stock_postings p ON p.seq = m.posting_seq`,
    where: [
      ['p.organization_id = ?', read.scope.organization_id],
      [`m.serial_id = ? AND m.serial_id <> ''`, filter.serial_id],
      [`m.lot_id = ? AND m.lot_id <> ''`, filter.lot_id],
      ['m.item_id = ?', filter.item_id],
    ],
    sortable: { position: 'm.position' },
    default_sort: '-position',
    id: `''`,
  })

export interface EntryRow extends Goods {
  position: number
  line: number
  account_id: string
  /** Where the goods came from or went to. */
  other_account_id: string
  /** What it did to this account: positive in, negative out. */
  change: number
  posting_id: string
  reason: string
  occurred_at: string
  recorded_at: string
  reference_type: string
  reference_id: string
  actor_name: string
  note: string
}

/**
 * What came into and left one account before a position, newest first. Each side reads no more than
 * the page from its own index, and the two are merged.
 */
export function entriesBefore(
  read: Read,
  account_id: string,
  item_id: string | undefined,
  before: number,
  limit: number,
): EntryRow[] {
  const side = (here: 'source' | 'target', there: 'source' | 'target', sign: '-' | '') =>
    `SELECT * FROM (
      SELECT m.position, m.line, m.item_id, m.lot_id, m.serial_id, m.${here} AS account_id,
          m.${there} AS other_account_id, ${sign}m.quantity AS change, ${told_columns}
        FROM stock_movements m CROSS JOIN stock_postings p ON p.seq = m.posting_seq
        WHERE m.${here} = ? AND m.position < ? AND p.organization_id = ?
          ${item_id === undefined ? '' : 'AND m.item_id = ?'}
        ORDER BY m.position DESC LIMIT ?)`
  const { organization_id } = read.scope
  const item = item_id === undefined ? [] : [item_id]
  const values = [account_id, before, organization_id, ...item, limit]
  return read.all(
    `${side('source', 'target', '-')} UNION ALL ${side('target', 'source', '')}
      ORDER BY position DESC LIMIT ?`,
    ...values,
    ...values,
    limit,
  )
}

// Levels

const level_columns = 'item_id, lot_id, serial_id, account_id, on_hand, reserved, version'

export const findLevel = (read: Read, key: LevelKey): Level | undefined =>
  read.get(
    `SELECT ${level_columns} FROM stock_levels WHERE item_id = ? AND lot_id = ? AND serial_id = ?
      AND account_id = ? AND organization_id = ?`,
    key.item_id,
    key.lot_id,
    key.serial_id,
    key.account_id,
    read.scope.organization_id,
  )

export interface LevelFilter {
  item_id?: string | undefined
  lot_id?: string | undefined
  account_id?: string | undefined
  /** Only where goods of ours are now. */
  in_stock?: boolean | undefined
}

export interface LevelRow extends Level {
  /** Of the level, within this tenant. */
  id: string
}

export const listLevelRows = (
  read: Read,
  filter: LevelFilter,
  request: ListRequest,
): Page<LevelRow> =>
  listRows(read, request, {
    select: `CAST(l.number AS TEXT) AS id, l.item_id, l.lot_id, l.serial_id, l.account_id,
      l.on_hand, l.reserved, l.version FROM stock_levels l`,
    where: [
      ['l.organization_id = ?', read.scope.organization_id],
      ['l.account_id = ?', filter.account_id],
      ['l.item_id = ?', filter.item_id],
      [`l.lot_id = ? AND l.lot_id <> ''`, filter.lot_id],
      ...(filter.in_stock ? [['l.live = 1'] as [string]] : []),
    ],
    sortable: { item_id: 'l.item_id' },
    default_sort: 'item_id',
    id: 'l.number',
  })
