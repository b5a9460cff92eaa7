import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import { minute_ms } from '../kit/clock.ts'
import { Hooks, Peer } from '../webhooks/testing/hooks.ts'
import type { CarrierConnection, Shipment } from '../shipping/schema.ts'
import type { Meter } from '../kit/terms.ts'
import { OutboxReaders } from '../events/outbox-readers.ts'
import { enqueue } from '../jobs/enqueue.ts'
import { jobKind } from '../jobs/kind.ts'
import { JobRunner } from '../jobs/runner.ts'
import { Type } from '@sinclair/typebox'
import pino from 'pino'
import { readers } from './count-jobs.ts'
import { Metered } from './testing/metered.ts'
import { periodAt } from './period.ts'
import { usedIn } from './total.ts'

let metered: Metered
let simulator: Simulator
let connection: CarrierConnection

const address = {
  person_name: 'Ada Lane',
  address_line1: '200 Main Street',
  city: 'Chicago',
  state_code: 'IL',
  postal_code: '60601',
  country_code: 'US',
  phone_number: '3125550100',
}

beforeAll(async () => {
  metered = await Metered.open()
  const { shop } = metered
  simulator = await startSimulator({ seed: 1, clock: shop.clock })
  connection = await shop.done<CarrierConnection>('POST /v1/carrier_connections', {
    carrier_id: 'ups',
    name: 'UPS',
    mode: 'simulator',
    base_url: simulator.baseUrl('ups'),
    credentials: { client_id: 'id', client_secret: 'secret', account_number: 'A1B2C3' },
  })
})
afterAll(async () => {
  await simulator.stop()
  await metered.close()
})

const used = (name: Meter): number =>
  metered.file.read(metered.scope, (read) =>
    usedIn(read, { meter: name, organization_id: undefined }, periodAt(read.now_ms, metered.terms)),
  )

async function drafted(parcel_count: number): Promise<string> {
  const parcel = { weight: 2, weight_unit: 'LB' }
  const parcels = Array.from({ length: parcel_count }, () => parcel)
  const body = { shipper: address, recipient: address, parcels }
  return (await metered.shop.done<Shipment>('POST /v1/shipments', body)).id
}
const buy = (id: string, key?: string) =>
  metered.send(
    `POST /v1/shipments/${id}/purchase`,
    { connection_id: connection.id, service: 'ups_ground' },
    key ? { key } : {},
  )
const asked = () => [...simulator.countsByReference().values()].reduce((sum, n) => sum + n, 0)

test('a purchase counts one shipment and a label for each parcel, however often it is sent', async () => {
  const id = await drafted(3)
  const answers = await Promise.all([buy(id, 'one'), buy(id, 'one'), buy(id)])
  expect(answers.some(({ status }) => status === 200)).toBe(true)
  await buy(id, 'one')
  expect([used('shipments'), used('labels')]).toEqual([1, 3])
})

test('the last shipment of a hard quota is bought once, and the carrier is asked once', async () => {
  const included = used('shipments') + 1
  metered.under({ quotas: { shipments: { included, hard: true } } })
  const ids = await Promise.all([drafted(1), drafted(1), drafted(1)])
  const before = asked()
  const answers = await Promise.all(ids.map((id) => buy(id)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403])
  const refused = answers.find(({ status }) => status === 403)!
  expect(refused.body).toMatchObject({ code: 'quota_exceeded', meter: 'shipments', included })
  expect(asked() - before).toBe(1)
  expect(used('shipments')).toBe(included)
  metered.under({ quotas: { shipments: { included, hard: false } } })
  const refused_id = ids[answers.indexOf(refused)]!
  expect((await buy(refused_id)).status).toBe(200)
  expect(used('shipments')).toBe(included + 1)
})

test('a hard quota of labels looks at all parcels', async () => {
  const included = used('labels') + 2
  metered.under({ quotas: { labels: { included, hard: true } } })
  expect((await buy(await drafted(3))).body).toMatchObject({
    code: 'quota_exceeded',
    meter: 'labels',
  })
  expect((await buy(await drafted(2))).status).toBe(200)
  metered.under({})
})

test('a job that was started counts, once, and one that was cancelled in the queue does not', async () => {
  const { data, tenant } = metered.shop
  const log = pino({ level: 'silent' })
  const kind = jobKind({
    kind: 'nothing',
    summary: 'Do nothing',
    permission: 'jobs.write',
    input: Type.Object({}),
    run: () => Promise.resolve({}),
  })
  const outbox = new OutboxReaders(data.tenants, readers, log)
  outbox.start()
  const queue = () => metered.file.write(metered.scope, (tx) => enqueue(tx, kind, {}))
  const cancelled = await queue()
  await metered.shop.done(`POST /v1/jobs/${cancelled.id}/cancel`)
  const runner = new JobRunner({ data, services: metered.services, log, kinds: [kind] })
  runner.start()
  await queue()
  // It is done, and told of, when it is counted.
  for (let tries = 0; tries < 800 && used('jobs') === 0; tries++) await Bun.sleep(5)
  await runner.stop()
  await outbox.idle()
  expect(used('jobs')).toBe(1)
  // Read again from the first event there ever was.
  await outbox.rewind(tenant.id, readers[0]!.name, 0)
  await outbox.idle()
  expect(used('jobs')).toBe(1)
  await runner.stop()
  await outbox.stop()
})

test('a webhook counts when it arrives, not when it is refused; sent again, again', async () => {
  const { shop } = metered
  const hooks = new Hooks(shop, { timeout_ms: 4_000 })
  let answer = 500
  const peer = new Peer(() => new Response('', { status: answer }))
  try {
    const { id } = await hooks.subscribe(peer.url)
    await hooks.tellSomething('MUG')
    await hooks.settled()
    expect([peer.received.length, used('webhooks')]).toEqual([1, 0])
    answer = 200
    shop.clock.advance(minute_ms)
    hooks.dispatcher.ring()
    await hooks.settled()
    expect([peer.received.length, used('webhooks')]).toEqual([2, 1])
    const list = `GET /v1/webhook_deliveries?endpoint_id=${id}`
    const { data } = await shop.done<{ data: { id: string }[] }>(list)
    shop.clock.advance(minute_ms)
    await shop.done(`POST /v1/webhook_deliveries/${data[0]!.id}/replay`)
    await hooks.settled()
    expect([peer.received.length, used('webhooks')]).toEqual([3, 2])
  } finally {
    await peer.stop()
    await hooks.stop()
  }
})
