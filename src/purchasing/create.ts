/** Drafts an order to a supplier, and changes the draft. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { parsePositive } from '../kit/quantity.ts'
import { siteOrDefault } from '../locations/furnish.ts'
import { getSite } from '../locations/read.ts'
import { getPartyOfKind } from '../parties/read.ts'
import { readItem } from '../stock/goods.ts'
import { orderCreated, orderUpdated } from './events.ts'
import { getOrderIn, getPurchaseOrder } from './read.ts'
import type { NewPurchaseOrder, PurchaseOrder, PurchaseOrderChange } from './schema.ts'
import {
  deleteLines,
  findOrderByNumber,
  insertLine,
  insertOrder,
  lastSequence,
  updateOrder,
  type NewLineRow,
} from './store.ts'

type LineInput = NewPurchaseOrder['lines'][number]

/** @throws Problem `invalid`, `invalid_quantity`, `duplicate_number` */
export function createPurchaseOrder(tx: Write, input: NewPurchaseOrder): PurchaseOrder {
  const supplier = getPartyOfKind(tx, input.supplier_id, 'supplier', '/supplier_id')
  const first_price = input.lines.find((line) => line.unit_price)?.unit_price
  const currency = input.currency ?? supplier.currency ?? first_price?.currency
  if (!currency) throw invalid('/currency', 'Say in which currency the prices are.')
  const sequence = lastSequence(tx) + 1
  const number = input.number ?? freeNumber(tx, sequence)
  const taken = findOrderByNumber(tx, number)
  if (taken) {
    throw new Problem('duplicate_number', `${number} is the number of ${taken.id} already.`, {
      purchase_order_id: taken.id,
    })
  }
  const lines = readLines(tx, input.lines, currency)
  const id = tx.id('po')
  insertOrder(tx, {
    id,
    sequence,
    number,
    supplier_id: supplier.id,
    site_id: siteOrDefault(tx, input.site_id).id,
    currency,
    expected_on: input.expected_on ?? null,
    over_receipt_percent: input.over_receipt_percent ?? 0,
    reference: input.reference ?? '',
    note: input.note ?? '',
    metadata: JSON.stringify(input.metadata ?? {}),
  })
  for (const line of lines) insertLine(tx, id, line)
  const order = getPurchaseOrder(tx, { id })
  emit(tx, orderCreated, id, order)
  return order
}

/**
 * A field that is absent stays as it is; `lines` replaces all of them.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `invalid`, `invalid_quantity`
 */
export function changePurchaseOrder(
  tx: Write,
  { id, ...change }: PurchaseOrderChange & { id: string },
): PurchaseOrder {
  const row = getOrderIn(tx, id, ['draft'])
  const { lines, metadata, ...plain } = change
  if (plain.site_id) getSite(tx, plain.site_id)
  if (lines) {
    const wanted = readLines(tx, lines, row.currency)
    deleteLines(tx, id)
    for (const line of wanted) insertLine(tx, id, line)
  }
  updateOrder(tx, id, {
    ...row,
    ...plain,
    ...(metadata && { metadata: JSON.stringify(metadata) }),
  })
  const order = getPurchaseOrder(tx, { id })
  emit(tx, orderUpdated, id, order)
  return order
}

function readLines(tx: Write, lines: readonly LineInput[], currency: string): NewLineRow[] {
  return lines.map((line, index) => {
    const pointer = `/lines/${index}`
    const item = readItem(tx, line, pointer)
    if (item.archived_at) throw invalid(`${pointer}/item_id`, `${item.sku} is archived.`)
    if (line.unit_price && line.unit_price.currency !== currency) {
      throw invalid(
        `${pointer}/unit_price/currency`,
        `The prices of this order are in ${currency}.`,
      )
    }
    if (line.unit_price && line.unit_price.amount < 0) {
      throw invalid(`${pointer}/unit_price/amount`, 'A price is not negative.')
    }
    return {
      line: index + 1,
      item_id: item.id,
      quantity: parsePositive(line.quantity, item.scale, `${pointer}/quantity`),
      unit_price_amount: line.unit_price?.amount ?? 0,
      supplier_sku: line.supplier_sku ?? '',
      expected_on: line.expected_on ?? null,
    }
  })
}

/** `PO-1042`, unless somebody has taken that one by hand. */
function freeNumber(tx: Write, sequence: number): string {
  let next = sequence
  while (findOrderByNumber(tx, `PO-${1_000 + next}`)) next++
  return `PO-${1_000 + next}`
}
