/** The operator's carrier accounts: used by businesses, opened by the platform alone. */
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import { Shop } from '../../tests/shop.ts'
import { Browser } from '../../tests/browser.ts'
import type { Static } from '@sinclair/typebox'
import type { CarrierConnection, OfferedConnection, QuoteReply } from './schema.ts'

const address = {
  person_name: 'Ada Lane',
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
  phone_number: '3125550100',
}
const parcel = {
  weight: 1,
  weight_unit: 'KG',
  length: 20,
  width: 20,
  height: 10,
  dimension_unit: 'CM',
}

let shop: Shop
let simulator: Simulator
let operator: { token: string }
let system: CarrierConnection

beforeAll(async () => {
  shop = await Shop.open()
  simulator = await startSimulator({ seed: 5, clock: shop.clock })
  operator = { token: await shop.operatorToken() }
  system = await shop.done<CarrierConnection>(
    'POST /v1/platform/carrier_connections',
    {
      carrier_id: 'ups',
      name: 'UPS of the platform',
      mode: 'simulator',
      base_url: simulator.baseUrl('ups'),
      credentials: { client_id: 'id', client_secret: 'whale-song', account_number: 'A1B2C3' },
    },
    operator,
  )
})
afterAll(async () => {
  await simulator.stop()
  await shop.close()
})

const offered = async () =>
  (await shop.done<{ data: OfferedConnection[] }>('GET /v1/system_carrier_connections')).data
const quote = () =>
  shop.send<Static<typeof QuoteReply>>('POST /v1/rates', {
    shipper: address,
    recipient: { ...address, postal_code: '60602' },
    parcels: [parcel],
  })

test('what the operator connects is offered, without what opens it', async () => {
  const all = await offered()
  expect(all).toMatchObject([{ id: system.id, name: 'UPS of the platform', used_as: null }])
  expect(JSON.stringify(all)).not.toContain('A1B2C3')
  const mara = await Browser.enter(shop)
  expect(await mara.visit('/carriers')).toContain('Offered by the operator')
})

test('a business uses it once, and is quoted through it', async () => {
  expect((await quote()).body).toMatchObject({ code: 'no_carrier_connected' })
  const both = await Promise.all(
    [1, 2].map(() =>
      shop.send<CarrierConnection>('POST /v1/carrier_connections/adopt', {
        system_connection_id: system.id,
      }),
    ),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const { body: used } = both.find(({ status }) => status === 201)!
  expect(used).toMatchObject({ kind: 'system', system_connection_id: system.id, carrier_id: 'ups' })
  expect((await offered())[0]!.used_as).toBe(used.id)
  const { status, body } = await quote()
  expect(status).toBe(200)
  expect(body.rates.length).toBeGreaterThan(0)
  expect(body.rates[0]!.connection_id).toBe(used.id)
})

test('its credentials are the operator’s to change, and his pause holds for everybody', async () => {
  const [{ used_as }] = (await offered()) as [OfferedConnection]
  const path = `PATCH /v1/carrier_connections/${used_as}`
  const theft = await shop.send(path, { credentials: { client_id: 'mine' } })
  expect([theft.status, theft.body.code]).toEqual([422, 'invalid'])
  expect((await shop.done<CarrierConnection>(path, { name: 'Ours' })).name).toBe('Ours')
  const of_system = `PATCH /v1/platform/carrier_connections/${system.id}`
  await shop.done(of_system, { active: false }, operator)
  expect(await offered()).toEqual([])
  expect((await quote()).body).toMatchObject({ code: 'connection_paused' })
  await shop.done(of_system, { active: true }, operator)
  expect((await quote()).status).toBe(200)
})

test('a business has no business with the operator’s list', async () => {
  const { status } = await shop.send('GET /v1/platform/carrier_connections')
  expect(status).toBe(403)
  const unknown = { system_connection_id: 'con_01h455vb4pex5vsknk084sn02q' }
  expect((await shop.send('POST /v1/carrier_connections/adopt', unknown)).status).toBe(404)
})
