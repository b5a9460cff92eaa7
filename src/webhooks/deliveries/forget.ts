/** Forgets deliveries that are long over, so that the file does not grow with what nobody reads. */
import { day_ms, timestamp } from '../../kit/clock.ts'
import type { Write } from '../../db/session.ts'
import { deleteForgottenEndpoints } from '../endpoints/store.ts'
import { deleteEndedBefore } from './store.ts'

export const keep_succeeded_days = 30
export const keep_failed_days = 90

/** @returns how many went; fewer than `limit` means that nothing is left to forget */
export function forgetDeliveries(tx: Write, limit = 500): number {
  const before = (days: number) => timestamp(tx.now_ms - days * day_ms)
  const succeeded = deleteEndedBefore(tx, 'succeeded', before(keep_succeeded_days), limit)
  const failed = deleteEndedBefore(tx, 'failed', before(keep_failed_days), limit - succeeded)
  if (succeeded + failed < limit) deleteForgottenEndpoints(tx, before(keep_failed_days))
  return succeeded + failed
}
