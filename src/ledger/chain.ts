/**
 * The hash chain: what an outsider needs to verify that no posting was changed, removed or added.
 *
 * hash(n) = SHA-256( hash(n−1) as 64 hex digits ‖ encoding(n) ), with hash(0) = 64 zeros.
 *
 * encoding(n) is the concatenation, without separators, of its fields, each written as its length in
 * UTF-8 bytes (decimal ASCII), a colon, and its UTF-8 bytes (a netstring without the final comma):
 *
 *     "stowage.posting.1"  seq  id  organization_id  reason  occurred_at  recorded_at
 *     actor_kind  actor_id  actor_name  reference_type  reference_id  request_id  note
 *     reverses ("" when it reverses nothing)  number of movements
 *     then for each movement, in order of line:
 *     item_id  lot_id  serial_id  source  target  quantity  reservation_id
 *
 * Integers are decimal ASCII without sign or leading zeros; times are RFC 3339 in UTC with
 * milliseconds; what is absent is the empty field `0:`. Lengths make the encoding unambiguous:
 * no two different postings share one.
 */
import { sha256 } from '../kit/secrets.ts'
import type { Movement, PostingHead } from './schema.ts'

export const genesis_hash = Buffer.alloc(32)

/** One field: `5:hello`. */
export const field = (value: string | number): string => {
  const text = typeof value === 'string' ? value : String(value)
  return `${Buffer.byteLength(text)}:${text}`
}

/** The hash of a posting that follows the posting with `previous_hash`. */
export function hashPosting(
  previous_hash: Uint8Array,
  organization_id: string,
  head: PostingHead,
  movements: readonly Omit<Movement, 'line'>[],
): Buffer {
  let text =
    Buffer.from(previous_hash).toString('hex') +
    '17:stowage.posting.1' +
    field(head.seq) +
    field(head.id) +
    field(organization_id) +
    field(head.reason) +
    field(head.occurred_at) +
    field(head.recorded_at) +
    field(head.actor_kind) +
    field(head.actor_id) +
    field(head.actor_name) +
    field(head.reference_type) +
    field(head.reference_id) +
    field(head.request_id) +
    field(head.note) +
    field(head.reverses ?? '') +
    field(movements.length)
  for (const movement of movements) {
    text +=
      field(movement.item_id) +
      field(movement.lot_id) +
      field(movement.serial_id) +
      field(movement.source) +
      field(movement.target) +
      field(movement.quantity) +
      field(movement.reservation_id)
  }
  return sha256(text)
}
