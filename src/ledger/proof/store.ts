/** SQL of the proofs: the whole ledger in slices, whatever organization it belongs to. */
import type { Read, Write } from '../../db/session.ts'
import {
  lines_per_seq,
  type Goods,
  type LevelKey,
  type Movement,
  type PostingHead,
} from '../schema.ts'

export interface ChainRow extends PostingHead {
  organization_id: string
  movement_count: number
  previous_hash: Uint8Array
  hash: Uint8Array
}

export const postingsAfter = (read: Read, seq: number, limit: number): ChainRow[] =>
  read.all(
    `SELECT seq, id, organization_id, reason, occurred_at, recorded_at, actor_kind, actor_id,
        actor_name, reference_type, reference_id, request_id, note, reverses, movement_count,
        previous_hash, hash
      FROM stock_postings WHERE seq > ? ORDER BY seq LIMIT ?`,
    seq,
    limit,
  )

export interface ProvenMovement extends Movement {
  posting_seq: number
}

/** The movements of all postings after one seq up to another. */
export const movementsBetween = (read: Read, after_seq: number, through_seq: number) =>
  read.all<ProvenMovement>(
    `SELECT posting_seq, line, item_id, lot_id, serial_id, source, target, quantity, reservation_id
      FROM stock_movements WHERE position > ? AND position < ? ORDER BY position`,
    after_seq * lines_per_seq + lines_per_seq - 1,
    (through_seq + 1) * lines_per_seq,
  )

/** Movements that belong to no posting: before the first or after the last. */
export const countStrayMovements = (read: Read, head_seq: number): number =>
  read.get<{ stray: number }>(
    `SELECT (SELECT count(*) FROM stock_movements WHERE position < ?)
        + (SELECT count(*) FROM stock_movements WHERE position >= ?) AS stray`,
    lines_per_seq,
    (head_seq + 1) * lines_per_seq,
  )!.stray

export interface ProvenLevel extends LevelKey {
  number: number
  on_hand: number
  reserved: number
  proven_on_hand: number
}

const level_columns =
  'number, item_id, lot_id, serial_id, account_id, on_hand, reserved, proven_on_hand'

export const levelsAfter = (read: Read, number: number, limit: number): ProvenLevel[] =>
  read.all(
    `SELECT ${level_columns} FROM stock_levels WHERE number > ? ORDER BY number LIMIT ?`,
    number,
    limit,
  )

export const findProvenLevel = (read: Read, key: LevelKey): ProvenLevel | undefined =>
  read.get(
    `SELECT ${level_columns} FROM stock_levels
      WHERE item_id = ? AND lot_id = ? AND serial_id = ? AND account_id = ?`,
    key.item_id,
    key.lot_id,
    key.serial_id,
    key.account_id,
  )

/** What all accounts together hold of some goods: zero, in double entry. */
export const sumOfGoods = (read: Read, goods: Goods): number =>
  read.get<{ on_hand: number }>(
    `SELECT coalesce(sum(on_hand), 0) AS on_hand FROM stock_levels
      WHERE item_id = ? AND lot_id = ? AND serial_id = ?`,
    goods.item_id,
    goods.lot_id,
    goods.serial_id,
  )!.on_hand

export interface ProvenReservation extends LevelKey {
  id: string
  site_id: string
  quantity: number
  open_quantity: number
  confirmed_quantity: number
}

export const reservationsAfter = (read: Read, id: string, limit: number): ProvenReservation[] =>
  read.all(
    `SELECT id, item_id, lot_id, serial_id, account_id, site_id, quantity, open_quantity,
        confirmed_quantity
      FROM stock_reservations WHERE id > ? ORDER BY id LIMIT ?`,
    id,
    limit,
  )

export const sumOpenOnLevel = (read: Read, key: LevelKey): number =>
  read.get<{ reserved: number }>(
    `SELECT coalesce(sum(open_quantity), 0) AS reserved FROM stock_reservations
      WHERE state = 'open' AND account_id = ? AND account_id <> '' AND item_id = ? AND lot_id = ?
        AND serial_id = ?`,
    key.account_id,
    key.item_id,
    key.lot_id,
    key.serial_id,
  )!.reserved

export const promisesAfter = (read: Read, item_id: string, site_id: string, limit: number) =>
  read.all<{ item_id: string; site_id: string; reserved: number }>(
    `SELECT item_id, site_id, reserved FROM stock_promises
      WHERE (item_id, site_id) > (?, ?) ORDER BY item_id, site_id LIMIT ?`,
    item_id,
    site_id,
    limit,
  )

export interface ProvenPeriod {
  number: number
  id: string
  organization_id: string
  until: string
  level_count: number
  hash: Uint8Array
}

export const periodsAfter = (read: Read, number: number, limit: number): ProvenPeriod[] =>
  read.all(
    `SELECT number, id, organization_id, until, level_count, hash FROM stock_periods
      WHERE number > ? ORDER BY number LIMIT ?`,
    number,
    limit,
  )

export const levelsOfPeriod = (read: Read, period: number) =>
  read.all<LevelKey & { on_hand: number }>(
    `SELECT item_id, lot_id, serial_id, account_id, on_hand FROM stock_period_levels
      WHERE period = ? ORDER BY item_id, lot_id, serial_id, account_id`,
    period,
  )

// Where the incremental proof stands, and what proofs found

export const findPosition = (read: Read): { seq: number; hash: Uint8Array } | undefined =>
  read.get('SELECT seq, hash FROM stock_proof_position WHERE only_row = 1')

export const updatePosition = (tx: Write, seq: number, hash: Uint8Array): number =>
  tx.run(
    `INSERT INTO stock_proof_position (only_row, seq, hash, proven_at) VALUES (1, ?, ?, ?)
      ON CONFLICT (only_row) DO UPDATE
        SET seq = excluded.seq, hash = excluded.hash, proven_at = excluded.proven_at`,
    seq,
    hash,
    tx.now,
  )

export const updateProven = (tx: Write, number: number, on_hand: number): number =>
  tx.run('UPDATE stock_levels SET proven_on_hand = ? WHERE number = ?', on_hand, number)

export const insertProof = (
  tx: Write,
  scope: 'incremental' | 'whole',
  through_seq: number,
  holds: boolean,
  report: string,
): number =>
  tx.run(
    `INSERT INTO stock_proofs (id, scope, finished_at, through_seq, holds, report)
      VALUES (?, ?, ?, ?, ?, ?)`,
    tx.id('prf'),
    scope,
    tx.now,
    through_seq,
    holds ? 1 : 0,
    report,
  )

export const lastProofs = (read: Read, limit: number) =>
  read.all<{ id: string; finished_at: string; report: string }>(
    'SELECT id, finished_at, report FROM stock_proofs ORDER BY id DESC LIMIT ?',
    limit,
  )
