/** Receives goods of a transfer, all or a part; what is rejected goes to quarantine. */
import { getItem } from '../../catalog/read.ts'
import type { Write } from '../../db/session.ts'
import { emit } from '../../events/emit.ts'
import { invalid, notFound, Problem } from '../../kit/problem.ts'
import { formatQuantity, parsePositive } from '../../kit/quantity.ts'
import { post, type MovementInput } from '../../ledger/post.ts'
import { reverse } from '../../ledger/reverse.ts'
import { getPlace, getSite, type Site } from '../../locations/read.ts'
import { inUnits } from '../in-units.ts'
import { transferCancelled, transferReceived } from '../events.ts'
import { getTransfer } from './read.ts'
import type { Transfer, TransferReceipt } from './schema.ts'
import {
  addArrived,
  findTransfer,
  linesOfTransfer,
  setTransferStatus,
  type TransferLineRow,
  type TransferRow,
} from './store.ts'

type Arrival = TransferReceipt['lines'][number]

/** @throws Problem `not_found`, `transfer_closed`, `invalid`, `invalid_quantity`, `over_receipt` */
export function receiveTransfer(
  tx: Write,
  { id, lines }: TransferReceipt & { id: string },
): Transfer {
  const transfer = getOpenTransfer(tx, id)
  const site = getSite(tx, transfer.to_site_id)
  const sent = new Map(linesOfTransfer(tx, id).map((line) => [line.line, line]))
  const movements = lines.flatMap((arrival, index) => {
    const line = sent.get(arrival.line)
    const pointer = `/lines/${index}`
    if (!line) throw invalid(`${pointer}/line`, `This transfer has no line ${arrival.line}.`)
    return arrive(tx, id, site, line, arrival, pointer)
  })
  post(tx, { reason: 'transfer', reference: { type: 'transfer', id }, movements })
  const left = linesOfTransfer(tx, id).some(
    (line) => line.received_quantity + line.rejected_quantity < line.quantity,
  )
  setTransferStatus(tx, id, left ? 'partially_received' : 'received')
  const received = getTransfer(tx, { id })
  emit(tx, transferReceived, id, received)
  return received
}

function arrive(
  tx: Write,
  id: string,
  site: Site,
  line: TransferLineRow,
  arrival: Arrival,
  pointer: string,
): MovementInput[] {
  const { scale } = getItem(tx, { id: line.item_id })
  const read = (value: string | number | undefined, name: string) =>
    value === undefined ? 0 : parsePositive(value, scale, `${pointer}/${name}`)
  const received = read(arrival.quantity, 'quantity')
  const rejected = read(arrival.rejected_quantity, 'rejected_quantity')
  if (received + rejected === 0) throw invalid(`${pointer}/quantity`, 'Say how much arrived.')
  const outstanding = line.quantity - line.received_quantity - line.rejected_quantity
  if (received + rejected > outstanding) {
    const detail = `${formatQuantity(outstanding, scale)} of line ${line.line} are under way.`
    throw new Problem('over_receipt', detail, {
      line: line.line,
      outstanding: formatQuantity(outstanding, scale),
      requested: formatQuantity(received + rejected, scale),
      errors: [{ pointer: `${pointer}/quantity`, detail }],
    })
  }
  line.received_quantity += received
  line.rejected_quantity += rejected
  addArrived(tx, id, line.line, received, rejected)
  const place = getPlace(tx, arrival.location_id ?? site.receiving_id, `${pointer}/location_id`)
  if (place.site_id !== site.id) {
    throw invalid(`${pointer}/location_id`, `${place.code} is not at ${site.code}.`)
  }
  const { item_id, lot_id, serial_id } = line
  const goods = { item_id, lot_id, serial_id, source: site.account_id }
  const quarantine = getPlace(tx, site.quarantine_id).account_id
  return [
    ...(received > 0 ? [{ ...goods, target: place.account_id, quantity: received }] : []),
    ...(rejected > 0 ? [{ ...goods, target: quarantine, quantity: rejected }] : []),
  ]
}

/** Brings a transfer back of which nothing has arrived. @throws Problem `transfer_closed` */
export function cancelTransfer(tx: Write, { id }: { id: string }): Transfer {
  const row = getOpenTransfer(tx, id)
  if (row.status !== 'sent') {
    throw new Problem('transfer_closed', 'A part has arrived: receive the rest instead.')
  }
  inUnits(tx, () => reverse(tx, row.posting_id))
  setTransferStatus(tx, id, 'cancelled')
  const transfer = getTransfer(tx, { id })
  emit(tx, transferCancelled, id, transfer)
  return transfer
}

function getOpenTransfer(tx: Write, id: string): TransferRow {
  const row = findTransfer(tx, id)
  if (!row) throw notFound('transfer', id)
  if (row.status === 'sent' || row.status === 'partially_received') return row
  throw new Problem('transfer_closed', `This transfer is ${row.status}.`, {
    transfer_status: row.status,
  })
}
