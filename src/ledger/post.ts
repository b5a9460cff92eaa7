/** Posts movements of goods: each takes from one account and gives to another, all or none. */
import type { Write } from '../db/session.ts'
import { record, type PostInput } from './record.ts'
import type { Posted } from './schema.ts'

export type { ExpectedLevel, MovementInput, PostInput } from './record.ts'

/**
 * Records one posting of 1 to 1,000 movements, which apply in the order given.
 *
 * Refusals, in this order; nothing has been written when one is thrown:
 *  1. `invalid`, `invalid_quantity`: the number of movements, equal source and target, a quantity
 *     that is not a positive integer, a serial with a quantity other than 1, a malformed time
 *  2. `unknown_reason`
 *  3. `occurred_in_future`, `backdated_too_far`, `period_closed`
 *  4. `not_found` (account), `account_closed`
 *  5. `reason_mismatch`: a counterpart of another kind than the reason's
 *  6. `stale_quantity`: a level differs from `expect`
 *  7. `not_found` (reservation), `reservation_closed`, `reservation_expired`,
 *     `reservation_mismatch`, `reservation_exceeded`
 *  8. `serial_elsewhere`
 *  9. `insufficient_stock`, `stock_reserved`: demand is summed per level over the whole posting
 */
export const post = (tx: Write, input: PostInput): Posted => record(tx, input, null)
