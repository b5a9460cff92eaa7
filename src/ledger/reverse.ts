/** Takes a posting back: a new posting moves the same goods the other way, once. */
import type { Write } from '../db/session.ts'
import { notFound, Problem } from '../kit/problem.ts'
import { record } from './record.ts'
import type { Posted } from './schema.ts'
import { findPosting, findReversalOf, movementsOfPosting } from './store.ts'

export interface ReverseInput {
  /** `reversal`, when left out. */
  reason?: string | undefined
  note?: string | undefined
}

/**
 * Happens now, whenever the first posting happened: closed periods stay closed. Reservations that
 * were confirmed by it stay confirmed.
 * @throws Problem `not_found`, `reversal_is_final`, `already_reversed` with `reversed_by`, then
 *   those of `post`: goods that have gone on are `insufficient_stock`
 */
export function reverse(tx: Write, posting_id: string, input: ReverseInput = {}): Posted {
  const posting = findPosting(tx, posting_id)
  if (!posting) throw notFound('posting', posting_id)
  if (posting.reverses !== null) {
    const detail = `${posting_id} reverses ${posting.reverses}: post the goods anew instead.`
    throw new Problem('reversal_is_final', detail, { reverses: posting.reverses })
  }
  const reversed_by = findReversalOf(tx, posting_id)
  if (reversed_by) {
    throw new Problem('already_reversed', `${posting_id} was reversed by ${reversed_by}.`, {
      reversed_by,
    })
  }
  const { reference_type, reference_id } = posting
  // The last line first, so that goods which passed through several accounts find their way back.
  const movements = movementsOfPosting(tx, posting.seq)
    .reverse()
    .map(({ item_id, lot_id, serial_id, source, target, quantity }) => {
      return { item_id, lot_id, serial_id, source: target, target: source, quantity }
    })
  return record(
    tx,
    {
      reason: input.reason ?? 'reversal',
      note: input.note,
      reference: reference_type ? { type: reference_type, id: reference_id } : undefined,
      movements,
    },
    posting_id,
  )
}
