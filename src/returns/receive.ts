/** Takes returned goods in: from the customer to the place where they wait for inspection. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { formatQuantity, parsePositive } from '../kit/quantity.ts'
import { getItem } from '../catalog/read.ts'
import { counterpart } from '../ledger/accounts/open.ts'
import { post } from '../ledger/post.ts'
import { getPlace, getSite } from '../locations/read.ts'
import { inUnits } from '../stock/in-units.ts'
import { returnReceived } from './events.ts'
import { getReturn, getReturnIn } from './read.ts'
import type { NewReturnReceipt, Return, ReturnStatus } from './schema.ts'
import { addReceived, linesOfReturn, setStatus, type LineRow } from './store.ts'

interface Arrival extends LineRow {
  arrived: number
}

/** @throws Problem `return_state`, `invalid`, `over_receipt` */
export function receiveReturn(
  tx: Write,
  { id, lines: said, received_at }: NewReturnReceipt & { id: string },
): Return {
  const row = getReturnIn(tx, id, ['authorized', 'partially_received'])
  const arrivals = readArrivals(tx, linesOfReturn(tx, id), said)
  if (arrivals.length === 0) throw invalid('/lines', 'All of this return has come already.')
  const target = getPlace(tx, getSite(tx, row.site_id).returns_id).account_id
  const source = counterpart(tx, 'customer').id
  inUnits(tx, () =>
    post(tx, {
      reason: 'return',
      reference: { type: 'return', id },
      occurred_at: received_at,
      movements: arrivals.map(({ item_id, lot_id, serial_id, arrived }) => {
        return { item_id, lot_id, serial_id, source, target, quantity: arrived }
      }),
    }),
  )
  for (const { line, arrived } of arrivals) addReceived(tx, id, line, arrived)
  setStatus(tx, id, statusOf(linesOfReturn(tx, id)))
  const received = getReturn(tx, { id })
  emit(tx, returnReceived, id, received)
  return received
}

/** The state that follows from the lines: all there, part of it, and how much was looked at. */
export function statusOf(lines: readonly LineRow[]): ReturnStatus {
  if (lines.every(({ quantity, inspected }) => inspected === quantity)) return 'inspected'
  if (lines.every(({ quantity, received }) => received === quantity)) return 'received'
  return lines.some(({ received }) => received > 0) ? 'partially_received' : 'authorized'
}

function readArrivals(
  tx: Write,
  lines: readonly LineRow[],
  said: NewReturnReceipt['lines'],
): Arrival[] {
  if (!said) {
    return lines
      .map((line) => ({ ...line, arrived: line.quantity - line.received }))
      .filter(({ arrived }) => arrived > 0)
  }
  const arrivals = new Map<number, Arrival>()
  for (const [index, { line, quantity }] of said.entries()) {
    const found = lines.find((each) => each.line === line)
    if (!found) throw invalid(`/lines/${index}/line`, `This return has no line ${line}.`)
    const { scale } = getItem(tx, { id: found.item_id })
    const pointer = `/lines/${index}/quantity`
    const arrived = (arrivals.get(line)?.arrived ?? 0) + parsePositive(quantity, scale, pointer)
    const missing = found.quantity - found.received
    if (arrived > missing) {
      const available = formatQuantity(missing, scale)
      const detail = `Line ${line} expects ${available} more, not ${formatQuantity(arrived, scale)}.`
      throw new Problem('over_receipt', detail, { available, errors: [{ pointer, detail }] })
    }
    arrivals.set(line, { ...found, arrived })
  }
  return [...arrivals.values()]
}
