import { expect, test } from 'bun:test'
import { Shop } from '../../tests/shop.ts'
import type { Location, SiteSet } from '../locations/schema.ts'
import type { Fulfilment } from './fulfilment-schema.ts'
import type { SalesOrder } from './schema.ts'

test('a short pick names a place where something was to be picked', async () => {
  const shop = await Shop.open()
  const { site, locations } = await shop.done<SiteSet>('POST /v1/locations/defaults')
  const bin = locations.find(({ type }) => type === 'bin')!
  const wanted = { type: 'bin', code: 'B-2', parent_id: site.id }
  const other = await shop.done<Location>('POST /v1/locations', wanted)
  const { id: item_id } = await shop.done<{ id: string }>('POST /v1/items', { sku: 'A', name: 'A' })
  const stock = [{ item_id, location_id: bin.id, quantity: 5 }]
  await shop.done('POST /v1/stock/adjustments', { reason: 'opening', lines: stock })
  const order = await shop.done<SalesOrder>('POST /v1/sales_orders', {
    currency: 'EUR',
    ship_to: { country_code: 'DK' },
    lines: [{ item_id, quantity: 2 }],
  })
  await shop.done(`POST /v1/sales_orders/${order.id}/place`)

  const short = (location_id: string) =>
    shop.send<Fulfilment & { code: string }>(`POST /v1/sales_orders/${order.id}/picks`, {
      lines: [{ line: 1, location_id, quantity: 0, short: true }],
    })
  const told = shop.events().length
  expect((await short(other.id)).body.code).toBe('not_allocated')
  expect(shop.events(told)).toEqual([])
  expect((await short(bin.id)).body.order.lines[0]?.backordered_quantity).toBe('2')
  await shop.close()
})
