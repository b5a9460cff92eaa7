/** What pickers and packers need to see: where to walk, what lies on the bench, what is in a parcel. */
import { getItem } from '../catalog/read.ts'
import type { Read } from '../db/session.ts'
import { assert } from '../kit/problem.ts'
import { formatQuantity } from '../kit/quantity.ts'
import { findSiteByDefault, getSite } from '../locations/read.ts'
import { describeGoods } from '../stock/goods.ts'
import type { Fulfilment, Parcel, PickLine, PickList, PickListQuery } from './fulfilment-schema.ts'
import { getSalesOrder } from './read.ts'
import {
  contentsOfParcel,
  parcelsOfOrder,
  pickedOfOrder,
  picksOfOrder,
  picksOfSite,
  type LineGoods,
  type ParcelRow,
  type PickRow,
} from './store-fulfilment.ts'
import { linesOfOrder } from './store.ts'

/** Where everything of an order is. @throws Problem `not_found` */
export function getFulfilment(read: Read, { id }: { id: string }): Fulfilment {
  const order = getSalesOrder(read, { id })
  return {
    order,
    to_pick: picksOfOrder(read, id).map(toPickLine),
    picked: describeLineGoods(read, id, pickedOfOrder(read, id)),
    parcels: listParcels(read, id),
  }
}

/** All that can be picked at a site now, in walking order. @throws Problem `invalid` (no such site) */
export function pickList(read: Read, { site_id, limit = 500 }: PickListQuery): PickList {
  const site = site_id ? getSite(read, site_id, '/query/site_id') : findSiteByDefault(read)
  if (!site) return { data: [], has_more: false }
  const rows = picksOfSite(read, site.id, limit + 1)
  return { data: rows.slice(0, limit).map(toPickLine), has_more: rows.length > limit }
}

export const listParcels = (read: Read, sales_order_id: string): Parcel[] =>
  parcelsOfOrder(read, sales_order_id).map((row) => toParcel(read, row))

function toParcel(read: Read, { sales_order_id, ...row }: ParcelRow): Parcel {
  const contents = describeLineGoods(read, sales_order_id, contentsOfParcel(read, row.id))
  return { ...row, contents }
}

function describeLineGoods(read: Read, sales_order_id: string, all: readonly LineGoods[]) {
  const lines = linesOfOrder(read, sales_order_id)
  return all.map(({ line, lot_id, serial_id, quantity }) => {
    const of_order = lines.find((each) => each.line === line)
    assert(of_order, 'goods are of a line of their order')
    const { item_id } = of_order
    const { name, scale } = getItem(read, { id: item_id })
    const goods = describeGoods(read, { item_id, lot_id, serial_id })
    return { line, ...goods, name, quantity: formatQuantity(quantity, scale) }
  })
}

const toPickLine = ({ scale, account_id: _, ...row }: PickRow): PickLine => ({
  ...row,
  lot_id: row.lot_id || null,
  serial_id: row.serial_id || null,
  quantity: formatQuantity(row.quantity, scale),
})
