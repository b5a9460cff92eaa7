/** Allows a customer to send goods back: at most what left for him and is not coming back already. */
import type { Write } from '../db/session.ts'
import { emit } from '../events/emit.ts'
import { invalid, Problem } from '../kit/problem.ts'
import { formatQuantity, parsePositive, parseQuantity } from '../kit/quantity.ts'
import { getFulfilment } from '../orders/fulfilment.ts'
import type { Fulfilment } from '../orders/fulfilment-schema.ts'
import { readGoods } from '../stock/goods.ts'
import { returnAuthorized } from './events.ts'
import { getReturn } from './read.ts'
import type { NewReturn, Return } from './schema.ts'
import { insertLine, insertReturn, nextSequence, returnedOf, type LineRow } from './store.ts'

type WantedLine = Omit<LineRow, 'received' | 'inspected'> & { scale: number }

/** @throws Problem `invalid`, `lot_required`, `serial_required`, `not_returnable` */
export function authorizeReturn(tx: Write, wanted: NewReturn): Return {
  const fulfilment = getFulfilment(tx, { id: wanted.sales_order_id })
  const lines = wanted.lines.map((line, index) => readLine(tx, fulfilment, line, index))
  refuseMoreThanLeft(tx, fulfilment, lines)
  const id = tx.id('ret')
  const sequence = nextSequence(tx)
  insertReturn(tx, {
    id,
    number: `RMA-${String(sequence).padStart(5, '0')}`,
    sequence,
    sales_order_id: wanted.sales_order_id,
    site_id: fulfilment.order.site_id,
    reason: wanted.reason,
    note: wanted.note ?? '',
    metadata: JSON.stringify(wanted.metadata ?? {}),
  })
  for (const line of lines) insertLine(tx, id, line)
  const authorized = getReturn(tx, { id })
  emit(tx, returnAuthorized, id, authorized)
  return authorized
}

function readLine(
  tx: Write,
  { order }: Fulfilment,
  { line: order_line, quantity, ...goods }: NewReturn['lines'][number],
  index: number,
): WantedLine {
  const pointer = `/lines/${index}`
  const of_order = order.lines.find(({ line }) => line === order_line)
  if (!of_order) throw invalid(`${pointer}/line`, `${order.number} has no line ${order_line}.`)
  const { item, lot_id, serial_id } = readGoods(
    tx,
    { ...goods, item_id: of_order.item_id },
    pointer,
  )
  return {
    line: index + 1,
    order_line,
    item_id: item.id,
    lot_id,
    serial_id,
    quantity: parsePositive(quantity, item.scale, `${pointer}/quantity`),
    scale: item.scale,
  }
}

const keyOf = (line: Pick<LineRow, 'order_line' | 'lot_id' | 'serial_id'>): string =>
  `${line.order_line}/${line.lot_id}/${line.serial_id}`

/** Demand is summed per line and goods before it is checked: two lines cannot pass one by one. */
function refuseMoreThanLeft(tx: Write, { order, parcels }: Fulfilment, lines: WantedLine[]): void {
  const returnable = new Map<string, number>()
  const add = (key: string, quantity: number) =>
    returnable.set(key, (returnable.get(key) ?? 0) + quantity)
  const scales = new Map(lines.map(({ order_line, scale }) => [order_line, scale]))
  for (const parcel of parcels.filter(({ dispatched_at }) => dispatched_at !== null)) {
    for (const { line, lot_id, serial_id, quantity } of parcel.contents) {
      const scale = scales.get(line)
      if (scale === undefined) continue
      const goods = { order_line: line, lot_id: lot_id ?? '', serial_id: serial_id ?? '' }
      add(keyOf(goods), parseQuantity(quantity, scale))
    }
  }
  for (const back of returnedOf(tx, order.id)) add(keyOf(back), -back.quantity)
  for (const [index, line] of lines.entries()) {
    const left = returnable.get(keyOf(line)) ?? 0
    if (line.quantity > left) throw notReturnable(order.number, line, index, Math.max(left, 0))
    add(keyOf(line), -line.quantity)
  }
}

function notReturnable(number: string, line: WantedLine, index: number, left: number): Problem {
  const { scale, quantity, order_line } = line
  const available = formatQuantity(left, scale)
  const requested = formatQuantity(quantity, scale)
  const detail = `Of line ${order_line} of ${number}, ${available} can still come back, not ${requested}.`
  return new Problem('not_returnable', detail, {
    available,
    requested,
    errors: [{ pointer: `/lines/${index}/quantity`, detail }],
  })
}
