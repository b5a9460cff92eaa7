/** Receives goods against an order: stock moves from the supplier to the dock, rejects to quarantine. */
import { ensureLot, ensureSerial } from '../catalog/lots/create.ts'
import { getItem } from '../catalog/read.ts'
import type { Item } from '../catalog/schema.ts'
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { formatQuantity, parsePositive } from '../kit/quantity.ts'
import { counterpart } from '../ledger/accounts/open.ts'
import { post } from '../ledger/post.ts'
import { getPlace, getSite, type Place, type Site } from '../locations/read.ts'
import { required } from '../stock/goods.ts'
import { inUnits } from '../stock/in-units.ts'
import { orderReceived } from './events.ts'
import { getOrderIn, getPurchaseOrder, getReceipt, outstandingOf } from './read.ts'
import type { NewReceipt, Received, ReceiptLineInput } from './schema.ts'
import { tellIncoming } from './send.ts'
import { insertReceipt, insertReceiptLine } from './store-receipts.ts'
import { addReceived, linesOfOrder, setStatus, type OrderLineRow, type OrderRow } from './store.ts'

/** One kind of goods put into one place. */
interface Arrival {
  order_line: number
  item_id: string
  lot_id: string
  serial_id: string
  place: Place
  quantity: number
  rejected: 0 | 1
}

/**
 * A part or all of what is outstanding; more only as far as the order allows.
 *
 * Refusals, in this order: `not_found`, `order_closed`, `order_state` (a draft), then per line
 * `invalid`, `invalid_quantity`, `over_receipt` (what came before and in this receipt is summed),
 * `lot_required`, `serial_required`, `lot_mismatch`, then those of the posting
 * (`serial_elsewhere`, `occurred_in_future` …).
 */
export function receivePurchaseOrder(
  tx: Write,
  { id, ...input }: NewReceipt & { id: string },
): Received {
  const order = getOrderIn(tx, id, ['sent', 'partially_received', 'received'])
  const site = getSite(tx, order.site_id)
  const lines = new Map(linesOfOrder(tx, id).map((line) => [line.line, line]))
  const arrivals = input.lines.flatMap((wanted, index) => {
    const pointer = `/lines/${index}`
    const line = lines.get(wanted.line)
    if (!line) throw invalid(`${pointer}/line`, `This order has no line ${wanted.line}.`)
    return readArrivals(tx, order, site, line, wanted, pointer)
  })
  const receipt_id = tx.id('rct')
  const supplier = counterpart(tx, 'supplier').id
  const { posting } = inUnits(tx, () =>
    post(tx, {
      reason: 'receipt',
      occurred_at: input.received_at,
      reference: { type: 'purchase_order', id },
      note: input.note,
      movements: arrivals.map(({ item_id, lot_id, serial_id, place, quantity }) => {
        return { item_id, lot_id, serial_id, source: supplier, target: place.account_id, quantity }
      }),
    }),
  )
  insertReceipt(tx, {
    id: receipt_id,
    purchase_order_id: id,
    posting_id: posting.id,
    delivery_note: input.delivery_note ?? '',
    note: input.note ?? '',
    received_at: posting.occurred_at,
  })
  arrivals.forEach(({ place, ...arrival }, index) =>
    insertReceiptLine(tx, receipt_id, { ...arrival, number: index + 1, location_id: place.id }),
  )
  settleStatus(tx, order)
  const received = describeReceived(tx, receipt_id, id)
  emit(tx, orderReceived, id, received)
  return received
}

/** The order's status and what is incoming, from what its lines say now. */
export function settleStatus(tx: Write, order: OrderRow): void {
  const lines = linesOfOrder(tx, order.id)
  const whole = lines.every((line) => outstandingOf(line) === 0)
  const some = lines.some((line) => line.received_quantity + line.rejected_quantity > 0)
  setStatus(tx, order.id, whole ? 'received' : some ? 'partially_received' : 'sent')
  tellIncoming(tx, order, true)
}

export const describeReceived = (tx: Write, receipt_id: string, order_id: string): Received => ({
  ...getReceipt(tx, { id: receipt_id }),
  purchase_order: getPurchaseOrder(tx, { id: order_id }),
})

function readArrivals(
  tx: Write,
  order: OrderRow,
  site: Site,
  line: OrderLineRow,
  wanted: ReceiptLineInput,
  pointer: string,
): Arrival[] {
  const item = getItem(tx, { id: line.item_id })
  const accepted = readAmount(wanted, item, 'quantity', 'serial_codes', pointer)
  const rejected = readAmount(wanted, item, 'rejected_quantity', 'rejected_serial_codes', pointer)
  if (accepted + rejected === 0) throw invalid(`${pointer}/quantity`, 'Say how much has come.')
  refuseTooMuch(order, line, accepted, pointer)
  line.received_quantity += accepted
  line.rejected_quantity += rejected
  addReceived(tx, order.id, line.line, accepted, rejected)
  const lot_id = readLot(tx, item, wanted, pointer)
  const place = readPlace(tx, site, wanted.location_id ?? site.receiving_id, pointer)
  const quarantine = getPlace(tx, site.quarantine_id)
  const goods = { order_line: line.line, item_id: item.id, lot_id }
  const into = (quantity: number, codes: string[] | undefined, at: Place, is_rejected: 0 | 1) => {
    const common = { ...goods, place: at, rejected: is_rejected }
    if (quantity === 0) return []
    if (!codes) return [{ ...common, serial_id: '', quantity }]
    return codes.map((code) => {
      const serial = ensureSerial(tx, item.id, code, lot_id || null)
      return { ...common, lot_id: serial.lot_id ?? '', serial_id: serial.id, quantity: 1 }
    })
  }
  return [
    ...into(accepted, wanted.serial_codes, place, 0),
    ...into(rejected, wanted.rejected_serial_codes, quarantine, 1),
  ]
}

/** Units with serials are counted by their serials; a quantity beside them has to agree. */
function readAmount(
  wanted: ReceiptLineInput,
  item: Item,
  quantity_name: 'quantity' | 'rejected_quantity',
  codes_name: 'serial_codes' | 'rejected_serial_codes',
  pointer: string,
): number {
  const given = wanted[quantity_name]
  const codes = wanted[codes_name]
  const quantity =
    given === undefined
      ? undefined
      : parsePositive(given, item.scale, `${pointer}/${quantity_name}`)
  if (item.tracking !== 'serial') {
    if (codes) throw invalid(`${pointer}/${codes_name}`, `${item.sku} is not tracked by serial.`)
    return quantity ?? 0
  }
  if (quantity !== undefined && !codes) throw required('serial', item, pointer)
  if (quantity !== undefined && quantity !== codes!.length) {
    const detail = `${given} units need as many serials, not ${codes!.length}.`
    throw invalid(`${pointer}/${codes_name}`, detail)
  }
  return codes?.length ?? 0
}

function refuseTooMuch(
  order: OrderRow,
  line: OrderLineRow,
  accepted: number,
  pointer: string,
): void {
  const { over_receipt_percent: percent } = order
  const most = line.quantity + Math.floor((line.quantity * percent) / 100)
  if (line.received_quantity + accepted <= most) return
  const quantity = (value: number) => formatQuantity(value, line.scale)
  const left = most - line.received_quantity
  const detail = `At most ${quantity(left)} more of ${line.sku} may come on this order.`
  throw new Problem('over_receipt', detail, {
    line: line.line,
    ordered: quantity(line.quantity),
    received: quantity(line.received_quantity),
    outstanding: quantity(outstandingOf(line)),
    available: quantity(left),
    requested: quantity(accepted),
    over_receipt_percent: percent,
    errors: [{ pointer: `${pointer}/quantity`, detail }],
  })
}

function readLot(tx: Write, item: Item, wanted: ReceiptLineInput, pointer: string): string {
  const { lot_code, manufactured_on, expires_on, supplier_lot } = wanted
  if (lot_code === undefined) {
    if (item.tracking === 'lot') throw required('lot', item, pointer)
    if (expires_on) throw invalid(`${pointer}/lot_code`, 'An expiry is of a lot: name it.')
    return ''
  }
  if (item.tracking === 'none') {
    throw invalid(`${pointer}/lot_code`, `${item.sku} is not tracked by lot.`)
  }
  return ensureLot(tx, {
    item_id: item.id,
    code: lot_code,
    manufactured_on: manufactured_on ?? null,
    expires_on: expires_on ?? null,
    supplier_lot: supplier_lot ?? null,
  }).id
}

function readPlace(tx: Write, site: Site, id: string, line_pointer: string): Place {
  const pointer = `${line_pointer}/location_id`
  const place = getPlace(tx, id, pointer)
  if (place.site_id !== site.id) throw invalid(pointer, `${place.code} is not at ${site.code}.`)
  if (!place.receivable) throw invalid(pointer, `Nothing is received straight to ${place.code}.`)
  return place
}
