/** The picture of the day: what waits at each stage from the dock to the door, and what needs somebody. */
import type { Read } from '../db/session.ts'
import { listEvents } from '../events/read.ts'
import type { Event } from '../events/schema.ts'
import { day_ms, timestamp } from '../kit/clock.ts'
import { formatQuantity, parseQuantity } from '../kit/quantity.ts'
import { shipment_stages, type ShipmentStage } from '../shipping/schema.ts'
import { lookUpSkus } from '../stock/availability.ts'
import type { AttentionKind, Home } from './schema.ts'
import {
  countByStatus,
  countPlacedSince,
  itemsToReorder,
  latePurchases,
  openOrdersInTrouble,
  shippedByDay,
  shippedCompleteFrom,
} from './store.ts'

const days_shown = 30
const low_items_shown = 5
/** Items whose stock is added up for one look; the report looks at all of them. */
const most_reorder_points = 500

export function getHome(read: Read): Home {
  const running_low = runningLow(read)
  const pipeline = pipelineOf(read)
  return {
    pipeline,
    placed_today: countPlacedSince(read, dayBefore(read, 0)),
    placed_last_7_days: countPlacedSince(read, dayBefore(read, 6)),
    shipped: shippedLately(read),
    running_low,
    attention: attentionOf(read, pipeline, running_low.count),
    latest: listEvents(read, { sort: '-seq', limit: 8 }).data.map(toLatest),
  }
}

/** `2026-11-21`, so many days ago, in UTC. */
const dayBefore = (read: Read, days: number): string =>
  timestamp(read.now_ms - days * day_ms).slice(0, 10)

function pipelineOf(read: Read): Home['pipeline'] {
  const orders = (status: string) => countByStatus(read, 'sales_orders', [status])
  const shipments = (stage: ShipmentStage) =>
    countByStatus(read, 'shipments', shipment_stages[stage])
  return {
    expected: countByStatus(read, 'purchase_orders', ['sent', 'partially_received']),
    to_pick: orders('allocated'),
    picking: orders('picking'),
    packed: orders('packed'),
    label_to_buy: shipments('to_buy'),
    under_way: shipments('under_way'),
    needs_attention: shipments('in_trouble'),
    returns: countByStatus(read, 'returns', ['authorized', 'partially_received', 'received']),
  }
}

function shippedLately(read: Read): Home['shipped'] {
  const since = dayBefore(read, days_shown - 1)
  const cut = shippedCompleteFrom(read, since)
  // The day the look ended in is known in part only, so the picture begins with the next one.
  const found = shippedByDay(read, since).filter(({ day }) => !cut || day > cut.slice(0, 10))
  const orders = new Map(found.map((row) => [row.day, row.orders]))
  const days = Array.from({ length: days_shown }, (_, index) =>
    dayBefore(read, days_shown - 1 - index),
  )
  return {
    days: days
      .filter((day) => !cut || day > cut.slice(0, 10))
      .map((day) => ({ day, orders: orders.get(day) ?? 0 })),
    due: found.reduce((sum, { due }) => sum + due, 0),
    on_time: found.reduce((sum, { on_time }) => sum + on_time, 0),
  }
}

function runningLow(read: Read): Home['running_low'] {
  const items = itemsToReorder(read, most_reorder_points)
  const { data } = lookUpSkus(read, { skus: items.map(({ sku }) => sku) })
  const available = new Map(data.map((each) => [each.item_id, each.available]))
  const low = items.filter(
    ({ id, scale, reorder_point }) =>
      parseQuantity(available.get(id) ?? '0', scale, '/available') < reorder_point,
  )
  return {
    count: low.length,
    looked_at: items.length,
    items: low.slice(0, low_items_shown).map(({ id, sku, name, scale, reorder_point }) => ({
      item_id: id,
      sku,
      name,
      available: available.get(id) ?? '0',
      reorder_point: formatQuantity(reorder_point, scale),
    })),
  }
}

function attentionOf(
  read: Read,
  pipeline: Home['pipeline'],
  running_low: number,
): Home['attention'] {
  const today = dayBefore(read, 0)
  const { held, late } = openOrdersInTrouble(read, today)
  const uncertain = countByStatus(read, 'shipments', ['uncertain'])
  const counts: Record<AttentionKind, number> = {
    purchase_uncertain: uncertain,
    delivery_problem: pipeline.needs_attention - uncertain,
    order_late: late,
    order_on_hold: held,
    order_waiting: countByStatus(read, 'sales_orders', ['placed']),
    purchase_order_late: latePurchases(read, today),
    return_to_inspect: countByStatus(read, 'returns', ['received']),
    count_requested: countByStatus(read, 'counts', ['requested']),
    running_low,
  }
  return Object.entries(counts).flatMap(([kind, count]) =>
    count > 0 ? [{ kind: kind as AttentionKind, count }] : [],
  )
}

const names = ['number', 'sku', 'tracking_number', 'name', 'code'] as const

function toLatest({ id, type, subject_id, occurred_at, data }: Event): Home['latest'][number] {
  const facts = data as Partial<Record<(typeof names)[number], unknown>>
  const label = names.map((name) => facts[name]).find((value) => typeof value === 'string')
  return { id, type, subject_id, occurred_at, label: String(label ?? '') }
}
