/** Puts a small shop into an empty sandbox: something to look at, and to try every step with. */
import { day_ms, timestamp } from '../../kit/clock.ts'
import { Problem } from '../../kit/problem.ts'
import type { Read, Write } from '../../db/session.ts'
import { createItem } from '../../catalog/create.ts'
import { changeLocation } from '../../locations/change.ts'
import { furnishOrganization } from '../../locations/furnish.ts'
import type { Outward } from '../../operations/outward.ts'
import { createSalesOrder } from '../../orders/create.ts'
import { placeSalesOrder } from '../../orders/place.ts'
import { createParty } from '../../parties/create.ts'
import { createPurchaseOrder } from '../../purchasing/create.ts'
import { sendPurchaseOrder } from '../../purchasing/send.ts'
import { adjustStock } from '../../stock/adjust.ts'
import { environmentOf } from '../../tenants/read.ts'
import { activateWhenReady } from './activate.ts'
import {
  sample_customers,
  sample_items,
  sample_orders,
  sample_supplier,
  sample_warehouse,
} from './sample.ts'
import type { SampleData } from './schema.ts'
import { hasFirst } from './store.ts'

const currency = 'USD'

export const hasItems = (read: Read): boolean => hasFirst(read, 'item')

/** @throws Problem `sandbox_only`, `not_empty` */
export async function askForSampleData(outward: Outward): Promise<SampleData> {
  const { data, scope, tenant_id } = outward
  const environment = data.platform.read(scope, (read) => environmentOf(read, tenant_id))
  if (environment !== 'sandbox') {
    throw new Problem('sandbox_only', 'Sample data belongs into a sandbox.')
  }
  const loaded = await outward.write((tx) => {
    if (!hasItems(tx)) return loadSampleData(tx)
    throw new Problem('not_empty', 'This organization has items already.')
  })
  await activateWhenReady(data, tenant_id)
  return loaded
}

/** Through the same verbs as everybody: what is loaded is told, posted and proven like real work. */
export function loadSampleData(tx: Write): SampleData {
  const { site, locations } = furnishOrganization(tx)
  changeLocation(tx, { id: site.id, address: sample_warehouse })
  const bin_id = locations.find(({ type }) => type === 'bin')!.id
  const items = sample_items.map(({ on_hand: _, ...item }) => createItem(tx, item))
  const lines = items.map(({ id }, index) => ({
    ...{ item_id: id, location_id: bin_id, quantity: sample_items[index]!.on_hand },
  }))
  adjustStock(tx, { reason: 'opening', note: 'Sample data', lines })
  buy(tx)
  const customers = sample_customers.map((customer) => createParty(tx, customer))
  for (const [index, order] of sample_orders.entries()) {
    const customer = sample_customers[index % sample_customers.length]!
    const { id } = createSalesOrder(tx, {
      ...{ currency, customer_id: customers[index % customers.length]!.id, source: 'sample' },
      ship_to: customer.addresses![0]!.address,
      ship_by: inDays(tx, 2 + index),
      lines: order.map(([sku, quantity]) => ({ sku, quantity, unit_price: priceOf(sku) })),
    })
    placeSalesOrder(tx, { id })
  }
  return {
    items: items.length,
    customers: customers.length,
    purchase_orders: 1,
    sales_orders: sample_orders.length,
  }
}

/** A purchase order that is on its way: the first thing to receive. */
function buy(tx: Write): void {
  const { id: supplier_id } = createParty(tx, sample_supplier)
  const { id } = createPurchaseOrder(tx, {
    ...{ supplier_id, currency, expected_on: inDays(tx, 7) },
    lines: sample_items
      .slice(0, 2)
      .map(({ sku, value }) => ({ sku, quantity: 48, unit_price: value! })),
  })
  sendPurchaseOrder(tx, { id })
}

/** Twice what it costs. */
function priceOf(sku: string): { amount: number; currency: string } {
  const { value } = sample_items.find((item) => item.sku === sku)!
  return { amount: 2 * value!.amount, currency }
}

const inDays = (tx: Write, days: number): string =>
  timestamp(tx.now_ms + days * day_ms).slice(0, 10)
