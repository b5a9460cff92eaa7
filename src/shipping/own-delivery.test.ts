import { afterAll, beforeAll, expect, test } from 'bun:test'
import fixture from '../carriers/generic/fixtures/connection.json'
import { day_ms } from '../kit/clock.ts'
import { openOutward } from '../operations/outward.ts'
import { systemScope } from '../db/scope.ts'
import { Shop } from '../../tests/shop.ts'
import type { CarrierConnection, Shipment, Tracker } from './schema.ts'
import { trackDue } from './track.ts'

let shop: Shop
beforeAll(async () => {
  shop = await Shop.open()
})
afterAll(() => shop.close())

const address = {
  person_name: 'Ada Lane',
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
}

test('a carrier that tells nothing of its parcels is not asked after them', async () => {
  const connection = await shop.done<CarrierConnection>('POST /v1/carrier_connections', {
    carrier_id: 'generic',
    name: 'Our van',
    mode: 'live',
    config: fixture.config,
  })
  const parcels = [{ weight: 1, weight_unit: 'KG' }]
  const draft = { shipper: address, recipient: address, parcels }
  const { id } = await shop.done<Shipment>('POST /v1/shipments', draft)
  const bought = await shop.done<Shipment>(`POST /v1/shipments/${id}/purchase`, {
    connection_id: connection.id,
    service: 'standard_service',
  })
  expect(bought).toMatchObject({
    status: 'purchased',
    charge: { amount: 10_000, currency: 'USD' },
    parcels: [{ tracking_number: expect.stringMatching(/^HC\d{14}$/) }],
  })
  shop.clock.advance(30 * day_ms)
  const { id: tenant_id } = shop.tenant
  const outwardOf = (organization_id: string) =>
    openOutward(shop.house.door, tenant_id, systemScope('test', organization_id, tenant_id))
  const failed: string[] = []
  expect(await trackDue(outwardOf, (tracker_id) => failed.push(tracker_id))).toBe(0)
  expect(failed).toEqual([])

  const asked = await shop.send<Tracker & { code?: string }>(
    `POST /v1/trackers/${bought.tracker_id}/refresh`,
  )
  expect([asked.status, asked.body.code]).toEqual([422, 'carrier_operation_unsupported'])
})
