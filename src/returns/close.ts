/** Ends a return: closed with what was refunded, or called off before anything came. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid } from '../kit/problem.ts'
import { returnCancelled, returnClosed } from './events.ts'
import { getReturn, getReturnIn } from './read.ts'
import type { Return, ReturnClose } from './schema.ts'
import { linesOfReturn, setClosed } from './store.ts'

/**
 * What never came back is written off as not coming; what came must have been inspected.
 * @throws Problem `return_state`, `invalid`
 */
export function closeReturn(
  tx: Write,
  { id, refund, refund_reference }: ReturnClose & { id: string },
): Return {
  getReturnIn(tx, id, ['authorized', 'partially_received', 'received', 'inspected'])
  const waiting = linesOfReturn(tx, id).find(({ received, inspected }) => inspected < received)
  if (waiting) throw invalid('/lines', `Line ${waiting.line} waits for inspection.`)
  setClosed(tx, {
    id,
    status: 'closed',
    refund_amount: refund?.amount ?? null,
    refund_currency: refund?.currency ?? null,
    refund_reference: refund_reference ?? '',
  })
  const closed = getReturn(tx, { id })
  emit(tx, returnClosed, id, closed)
  return closed
}

/** @throws Problem `return_state` once anything has come */
export function cancelReturn(tx: Write, { id }: { id: string }): Return {
  getReturnIn(tx, id, ['authorized'])
  setClosed(tx, {
    id,
    status: 'cancelled',
    refund_amount: null,
    refund_currency: null,
    refund_reference: '',
  })
  const cancelled = getReturn(tx, { id })
  emit(tx, returnCancelled, id, cancelled)
  return cancelled
}
