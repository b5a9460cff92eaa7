/** Takes an order down for a customer, and changes it. */
import { partyName, type Address } from '../carriers/address.ts'
import type { Write } from '../db/session.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { parsePositive } from '../kit/quantity.ts'
import { siteOrDefault } from '../locations/furnish.ts'
import { getSite } from '../locations/read.ts'
import { getPartyOfKind } from '../parties/read.ts'
import type { Party } from '../parties/schema.ts'
import { readItem } from '../stock/goods.ts'
import { orderCreated, orderUpdated } from './events.ts'
import { getOrderIn, open_statuses } from './read.ts'
import type { NewSalesOrder, SalesOrder, SalesOrderChange } from './schema.ts'
import { tell } from './settle.ts'
import {
  deleteLines,
  findOrderByNumber,
  findOrderByReference,
  insertLine,
  insertOrder,
  lastSequence,
  updateOrder,
  type NewLineRow,
} from './store.ts'

type LineInput = NewSalesOrder['lines'][number]

/**
 * @throws Problem `invalid`, `invalid_quantity`, `duplicate_reference` (the channel's number was
 *   taken down already: a retry without a key), `duplicate_number`
 */
export function createSalesOrder(tx: Write, input: NewSalesOrder): SalesOrder {
  const { source = 'api', external_reference = null } = input
  if (external_reference) refuseTakenReference(tx, source, external_reference)
  const customer = input.customer_id
    ? getPartyOfKind(tx, input.customer_id, 'customer', '/customer_id')
    : undefined
  const ship_to = input.ship_to ?? addressOf(customer)
  const first_price = input.lines.find((line) => line.unit_price)?.unit_price
  const currency = input.currency ?? first_price?.currency ?? customer?.currency
  if (!currency) throw invalid('/currency', 'Say in which currency the prices are.')
  const sequence = lastSequence(tx) + 1
  const number = input.number ?? freeNumber(tx, sequence)
  refuseTakenNumber(tx, number)
  const lines = readLines(tx, input.lines, currency)
  const id = tx.id('so')
  insertOrder(tx, {
    id,
    sequence,
    number,
    source,
    external_reference,
    customer_id: customer?.id ?? null,
    currency,
    ship_to: JSON.stringify(ship_to),
    ship_to_name: partyName(ship_to) || (customer?.name ?? ''),
    site_id: siteOrDefault(tx, input.site_id).id,
    backorder_policy: input.backorder_policy ?? 'backorder',
    priority: input.priority ?? 0,
    ship_by: input.ship_by ?? null,
    hold_reason: '',
    note: input.note ?? '',
    metadata: JSON.stringify(input.metadata ?? {}),
  })
  for (const line of lines) insertLine(tx, id, line)
  return tell(tx, id, orderCreated)
}

/**
 * A draft changes in everything; once placed, in all but what is reserved for it.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `invalid`, `invalid_quantity`
 */
export function changeSalesOrder(
  tx: Write,
  { id, ...change }: SalesOrderChange & { id: string },
): SalesOrder {
  const { lines, metadata, ship_to, ...plain } = change
  const reserves = lines ?? plain.site_id ?? plain.backorder_policy
  const row = getOrderIn(tx, id, reserves ? ['draft'] : ['draft', ...open_statuses])
  if (plain.site_id) getSite(tx, plain.site_id)
  if (lines) {
    const wanted = readLines(tx, lines, row.currency)
    deleteLines(tx, id)
    for (const line of wanted) insertLine(tx, id, line)
  }
  updateOrder(tx, id, {
    ...row,
    ...plain,
    ...(ship_to && {
      ship_to: JSON.stringify(ship_to),
      ship_to_name: partyName(ship_to) || row.ship_to_name,
    }),
    ...(metadata && { metadata: JSON.stringify(metadata) }),
  })
  return tell(tx, id, orderUpdated)
}

/** A customer's first address that goods may go to, with their name on it. */
function addressOf(customer: Party | undefined): Address {
  const found = customer?.addresses.find(({ use }) => use !== 'billing')?.address
  if (!customer || !found) throw invalid('/ship_to', 'Say where it goes.')
  return partyName(found) ? found : { ...found, person_name: customer.name }
}

function readLines(tx: Write, lines: readonly LineInput[], currency: string): NewLineRow[] {
  return lines.map((line, index) => {
    const pointer = `/lines/${index}`
    const item = readItem(tx, line, pointer)
    if (item.archived_at) throw invalid(`${pointer}/item_id`, `${item.sku} is archived.`)
    const { unit_price } = line
    if (unit_price && unit_price.currency !== currency) {
      throw invalid(
        `${pointer}/unit_price/currency`,
        `The prices of this order are in ${currency}.`,
      )
    }
    if (unit_price && unit_price.amount < 0) {
      throw invalid(`${pointer}/unit_price/amount`, 'A price is not negative.')
    }
    return {
      line: index + 1,
      item_id: item.id,
      quantity: parsePositive(line.quantity, item.scale, `${pointer}/quantity`),
      unit_price_amount: unit_price?.amount ?? 0,
    }
  })
}

function refuseTakenReference(tx: Write, source: string, external_reference: string): void {
  const taken = findOrderByReference(tx, source, external_reference)
  if (!taken) return
  const detail = `${external_reference} of ${source} is ${taken.number} already.`
  throw new Problem('duplicate_reference', detail, { sales_order_id: taken.id })
}

function refuseTakenNumber(tx: Write, number: string): void {
  const taken = findOrderByNumber(tx, number)
  if (!taken) return
  const detail = `${number} is the number of ${taken.id} already.`
  throw new Problem('duplicate_number', detail, { sales_order_id: taken.id })
}

/** `SO-1042`, unless somebody has taken that one by hand. */
function freeNumber(tx: Write, sequence: number): string {
  let next = sequence
  while (findOrderByNumber(tx, `SO-${1_000 + next}`)) next++
  return `SO-${1_000 + next}`
}
