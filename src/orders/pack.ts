/** Packs goods from the bench into parcels, and takes a parcel apart again. */
import { getItem } from '../catalog/read.ts'
import type { Write } from '../db/session.ts'
import { invalid, notFound, Problem } from '../kit/problem.ts'
import { formatQuantity, parsePositive } from '../kit/quantity.ts'
import { readGoods } from '../stock/goods.ts'
import { orderPacked, orderUnpacked } from './events.ts'
import { getFulfilment } from './fulfilment.ts'
import type { Fulfilment, Pack } from './fulfilment-schema.ts'
import { getOrderIn, getWorkable, open_statuses } from './read.ts'
import { settleStatus, tell } from './settle.ts'
import {
  addPicked,
  contentsOfParcel,
  deleteParcel,
  insertContents,
  insertParcel,
  parcelsOfOrder,
  pickedOfOrder,
  type LineGoods,
} from './store-fulfilment.ts'
import { linesOfOrder, type LineRow } from './store.ts'

type ParcelInput = Pack['parcels'][number]
type ContentInput = NonNullable<ParcelInput['contents']>[number]

/**
 * A parcel without a weight weighs what its goods weigh, where that is known of all of them.
 * @throws Problem `not_found`, `order_state`, `order_closed`, `order_held`, `not_picked`,
 *   `lot_required`, `serial_required`, `invalid`, `invalid_quantity`
 */
export function packSalesOrder(tx: Write, { id, parcels }: Pack & { id: string }): Fulfilment {
  getWorkable(tx, id)
  const lines = new Map(linesOfOrder(tx, id).map((line) => [line.line, line]))
  let number = parcelsOfOrder(tx, id).at(-1)?.number ?? 0
  parcels.forEach(({ contents: wanted, packaging = '', ...parcel }, index) => {
    const pointer = `/parcels/${index}`
    const contents = wanted
      ? readContents(tx, lines, wanted, `${pointer}/contents`)
      : pickedOfOrder(tx, id)
    if (contents.length === 0) throw new Problem('not_picked', 'Nothing lies on the bench.')
    takeFromBench(tx, id, lines, contents, pointer)
    const parcel_id = tx.id('pcl')
    insertParcel(tx, {
      id: parcel_id,
      sales_order_id: id,
      number: ++number,
      weight_g: parcel.weight_g ?? weightOf(tx, lines, contents),
      length_mm: parcel.length_mm ?? null,
      width_mm: parcel.width_mm ?? null,
      height_mm: parcel.height_mm ?? null,
      packaging,
    })
    for (const goods of contents) insertContents(tx, parcel_id, goods)
  })
  settleStatus(tx, id)
  tell(tx, id, orderPacked)
  return getFulfilment(tx, { id })
}

/** @throws Problem `not_found`, `order_state`, `order_closed`, `parcel_dispatched` */
export function unpackParcel(
  tx: Write,
  { id, parcel_id }: { id: string; parcel_id: string },
): Fulfilment {
  getOrderIn(tx, id, open_statuses)
  const parcel = parcelsOfOrder(tx, id).find((each) => each.id === parcel_id)
  if (!parcel) throw notFound('parcel', parcel_id)
  if (parcel.dispatched_at) {
    throw new Problem('parcel_dispatched', `Parcel ${parcel.number} has left already.`, {
      parcel_id,
    })
  }
  for (const goods of contentsOfParcel(tx, parcel_id)) addPicked(tx, id, goods)
  deleteParcel(tx, parcel_id)
  settleStatus(tx, id)
  tell(tx, id, orderUnpacked)
  return getFulfilment(tx, { id })
}

/** The same goods named twice are one content. */
function readContents(
  tx: Write,
  lines: ReadonlyMap<number, LineRow>,
  wanted: readonly ContentInput[],
  pointer: string,
): LineGoods[] {
  const contents = new Map<string, LineGoods>()
  wanted.forEach((content, index) => {
    const at = `${pointer}/${index}`
    const line = lines.get(content.line)
    if (!line) throw invalid(`${at}/line`, `This order has no line ${content.line}.`)
    const goods = readGoods(tx, { ...content, item_id: line.item_id }, at)
    const quantity = parsePositive(content.quantity, line.scale, `${at}/quantity`)
    const { lot_id, serial_id } = goods
    const key = `${line.line}\n${lot_id}\n${serial_id}`
    const before = contents.get(key)?.quantity ?? 0
    contents.set(key, { line: line.line, lot_id, serial_id, quantity: before + quantity })
  })
  return [...contents.values()]
}

function takeFromBench(
  tx: Write,
  id: string,
  lines: ReadonlyMap<number, LineRow>,
  contents: readonly LineGoods[],
  pointer: string,
): void {
  const bench = pickedOfOrder(tx, id)
  for (const goods of contents) {
    const { line, lot_id, serial_id, quantity } = goods
    const there = bench.find(
      (each) => each.line === line && each.lot_id === lot_id && each.serial_id === serial_id,
    )
    const available = there?.quantity ?? 0
    if (available < quantity) throw notPicked(lines.get(line)!, quantity, available, pointer)
    addPicked(tx, id, { ...goods, quantity: -quantity })
  }
}

function notPicked(
  { line, sku, scale }: LineRow,
  requested: number,
  available: number,
  pointer: string,
): Problem {
  const on_bench = formatQuantity(available, scale)
  const detail = `${on_bench} of ${sku} lie on the bench for line ${line}.`
  return new Problem('not_picked', detail, {
    line,
    available: on_bench,
    requested: formatQuantity(requested, scale),
    errors: [{ pointer: `${pointer}/contents`, detail }],
  })
}

/** Rounded up: a carrier never accepts a parcel that is heavier than declared. */
function weightOf(
  tx: Write,
  lines: ReadonlyMap<number, LineRow>,
  contents: readonly LineGoods[],
): number | null {
  let weight_g = 0
  for (const { line, quantity } of contents) {
    const item = getItem(tx, { id: lines.get(line)!.item_id })
    if (item.weight_g === null) return null
    weight_g += Math.ceil((item.weight_g * quantity) / 10 ** item.scale)
  }
  return weight_g
}
