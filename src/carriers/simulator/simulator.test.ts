/** UPS and Sendle against the simulator over real HTTP: tokens, busy, down, lost answers. */
import { afterEach, describe, expect, test } from 'bun:test'
import { ManualClock, day_ms, hour_ms } from '../../kit/clock.ts'
import { callCarrier, type CallOptions } from '../call.ts'
import type { Connection, ShipmentRequest } from '../contract.ts'
import type { HttpCall } from '../exchange.ts'
import type { ExchangeRecord } from '../http.ts'
import { TokenCache } from '../tokens.ts'
import { rateAll } from '../rate.ts'
import { getCarrier } from '../registry.ts'
import { box, receiver, sender, shipment } from './sample.ts'
import { startSimulator, type Simulator, type SimulatorOptions } from './simulator.ts'

const clock = new ManualClock('2026-11-21T09:00:00Z')
let simulator: Simulator
let options: CallOptions
let log: ExchangeRecord[]
let waits: number[]

async function start(more: SimulatorOptions = {}): Promise<void> {
  clock.set('2026-11-21T09:00:00Z')
  simulator = await startSimulator({ clock, ...more })
  log = []
  waits = []
  options = {
    clock,
    tokens: new TokenCache(),
    log: (record) => log.push(record),
    sleep: (duration_ms) => {
      waits.push(duration_ms)
      return Promise.resolve()
    },
  }
}
afterEach(() => simulator.stop())

const credentials: Record<string, Record<string, string>> = {
  ups: { client_id: 'client-one', client_secret: 'the-secret-one', account_number: '1A2B3C' },
  sendle: { sendle_id: 'lighthouse', api_key: 'the-key-of-one' },
}
const connect = (carrier_id: string, id = `con_${carrier_id}`): Connection => ({
  id,
  carrier_id,
  mode: 'simulator',
  base_url: simulator.baseUrl(carrier_id),
  credentials: credentials[carrier_id]!,
  config: {},
})

/** A price beyond all counting: reading it fails. */
const absurd = {
  ShipmentIdentificationNumber: '1Z',
  PackageResults: [{ TrackingNumber: '1Z' }],
  ShipmentCharges: { TotalCharges: { CurrencyCode: 'USD', MonetaryValue: '9'.repeat(30) } },
}
/** The call that a purchase makes, as it would be recorded. */
function recordedCall(request: ShipmentRequest): HttpCall {
  const ask = { connection: connect('ups'), now_ms: clock.now(), earlier: [] }
  return [[getCarrier('ups').operations.ship!.request].flat()[0]!(request, ask)].flat()[0]!
}
const bought = () => simulator.purchases().map(({ reference }) => reference)

for (const carrier_id of ['ups', 'sendle']) {
  describe(carrier_id, () => {
    test('quotes, buys two parcels with own numbers and labels, tracks and voids', async () => {
      await start()
      const connection = connect(carrier_id)
      const request = shipment(carrier_id, 'shp_1', 2)
      const { service: _, label_type: __, ...journey } = request
      const rates = await callCarrier('rate', connection, journey, options)
      if (rates.outcome !== 'done') throw new Error(JSON.stringify(rates))
      expect(rates.result.length).toBeGreaterThan(2)

      const purchase = await callCarrier('ship', connection, request, options)
      if (purchase.outcome !== 'done') throw new Error(JSON.stringify(purchase))
      const { parcels, total, shipment_identifier } = purchase.result
      expect(total).toEqual(rates.result.find((r) => r.service === request.service)!.total)
      expect(new Set(parcels.map(({ tracking_number }) => tracking_number)).size).toBe(2)
      for (const { label } of parcels) {
        expect(label?.format).toBe('PDF')
        expect(Buffer.from(label!.data, 'base64').subarray(0, 5).toString()).toBe('%PDF-')
      }

      const seen: string[] = []
      for (const after_ms of [0, 5 * hour_ms, day_ms, day_ms, day_ms]) {
        clock.advance(after_ms)
        const tracking_numbers = [parcels[1]!.tracking_number]
        const tracked = await callCarrier('track', connection, { tracking_numbers }, options)
        if (tracked.outcome === 'done') seen.push(tracked.result[0]!.status)
      }
      expect(seen.at(-1)).toBe('delivered')
      expect(seen).toContain('in_transit')

      const again = await callCarrier('ship', connection, shipment(carrier_id, 'shp_2'), options)
      if (again.outcome !== 'done') throw new Error(JSON.stringify(again))
      const before = simulator.purchases().length
      const { shipment_identifier: id } = again.result
      const voided = await callCarrier('void', connection, { shipment_identifier: id }, options)
      expect(voided.outcome).toBe('done')
      expect(simulator.purchases().length).toBe(before - 1)
      expect(shipment_identifier).not.toBe(id)
    })

    test('a heavier parcel and a longer way cost more', async () => {
      await start()
      const price = async (weight_g: number, postal_code: string) => {
        const answer = await callCarrier(
          'rate',
          connect(carrier_id),
          {
            shipper: sender,
            recipient: { ...receiver, postal_code },
            parcels: [{ ...box, weight_g }],
          },
          options,
        )
        if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer))
        return answer.result[0]!.total.amount
      }
      expect(await price(9_000, '78701')).toBeGreaterThan(await price(900, '78701'))
      expect(await price(900, '78701')).toBeGreaterThan(await price(900, '04102'))
    })

    for (const fault of ['lost_answer', 'late_error'] as const) {
      test(`${fault}: the purchase is uncertain, sent once, and found again`, async () => {
        await start()
        simulator.failNext(fault)
        const connection = connect(carrier_id)
        const request = shipment(carrier_id, 'shp_lost')
        const answer = await callCarrier('ship', connection, request, options)
        expect(answer.outcome).toBe('uncertain')
        expect(bought()).toHaveLength(1)
        const sent_at = new Date(clock.now()).toISOString()
        const found = await callCarrier(
          'lookup',
          connection,
          { shipment: request, sent_at },
          options,
        )
        if (found.outcome !== 'done' || !found.result.found) throw new Error(JSON.stringify(found))
        expect(found.result.shipment.parcels[0]!.label?.format).toBe('PDF')
        expect(found.result.shipment.reference).toBe('shp_lost')
        // The one test that must never fail: one label was bought.
        expect([...simulator.countsByReference().values()]).toEqual([1])
      })
    }

    test('silence after acting ends at the deadline and is uncertain', async () => {
      await start()
      if (carrier_id === 'ups')
        await callCarrier('address', connect('ups'), { address: sender }, options)
      simulator.failNext('silence')
      const quick = { ...options, deadline_ms: 150 }
      const answer = await callCarrier(
        'ship',
        connect(carrier_id),
        shipment(carrier_id, 'r'),
        quick,
      )
      expect(answer.outcome).toBe('uncertain')
      expect(bought()).toHaveLength(1)
    })

    test('a busy or broken carrier refuses a purchase without a second try', async () => {
      await start()
      if (carrier_id === 'ups')
        await callCarrier('address', connect('ups'), { address: sender }, options)
      simulator.failNext('rate_limited')
      const busy = await callCarrier(
        'ship',
        connect(carrier_id),
        shipment(carrier_id, 'a'),
        options,
      )
      expect(busy.outcome).toBe('failed')
      expect(busy.messages[0]).toMatchObject({ code: 'rate_limited', retryable: true })
      simulator.failNext('server_error')
      const down = await callCarrier(
        'ship',
        connect(carrier_id),
        shipment(carrier_id, 'b'),
        options,
      )
      expect(down.outcome).toBe('uncertain')
      expect(bought()).toEqual([])
      expect(waits).toEqual([])
    })

    test('a quote waits as long as a busy carrier asks and tries again', async () => {
      await start()
      if (carrier_id === 'ups')
        await callCarrier('address', connect('ups'), { address: sender }, options)
      simulator.failNext('rate_limited')
      simulator.failNext('server_error')
      const { service: _, label_type: __, ...journey } = shipment(carrier_id, 'q')
      const rates = await callCarrier('rate', connect(carrier_id), journey, options)
      expect(rates.outcome).toBe('done')
      expect(waits).toEqual([1_000, 600])
    })

    test('wrong credentials are refused as such and buy nothing', async () => {
      await start()
      const connection = connect(carrier_id)
      const secret = carrier_id === 'ups' ? 'client_secret' : 'api_key'
      connection.credentials = { ...connection.credentials, [secret]: 'wrong' }
      const answer = await callCarrier('ship', connection, shipment(carrier_id, 'x'), options)
      expect(answer.outcome).toBe('refused')
      expect(answer.messages[0]).toMatchObject({ code: 'auth' })
      expect(bought()).toEqual([])
    })

    test('the log holds no secret and no label', async () => {
      await start()
      const connection = connect(carrier_id)
      await callCarrier('ship', connection, shipment(carrier_id, 'shp_log'), options)
      const text = JSON.stringify(log)
      expect(log.length).toBeGreaterThan(0)
      for (const value of ['the-secret-one', 'the-key-of-one', 'simulated-', 'Basic ', 'Bearer ']) {
        expect(text).not.toContain(value)
      }
      expect(text).not.toMatch(/[A-Za-z0-9+/]{500}/)
    })
  })
}

describe('tokens', () => {
  test('one token serves many calls, two at once ask for it once', async () => {
    await start()
    await Promise.all([
      callCarrier('address', connect('ups'), { address: sender }, options),
      callCarrier('address', connect('ups'), { address: sender }, options),
    ])
    await callCarrier('address', connect('ups'), { address: sender }, options)
    const asked = simulator.requests().filter((one) => one.includes('oauth'))
    expect(asked).toHaveLength(1)
  })

  test('a token is renewed before it expires', async () => {
    await start()
    await callCarrier('address', connect('ups'), { address: sender }, options)
    clock.advance(5 * hour_ms)
    await callCarrier('address', connect('ups'), { address: sender }, options)
    expect(simulator.requests().map((one) => one.split('/').at(-1))).toEqual([
      'token',
      '3',
      'token',
      '3',
    ])
  })

  test('a token refused early is fetched anew, and the purchase happens once', async () => {
    await start()
    await callCarrier('address', connect('ups'), { address: sender }, options)
    simulator.expireTokens()
    const answer = await callCarrier('ship', connect('ups'), shipment('ups', 'once'), options)
    expect(answer.outcome).toBe('done')
    expect(bought()).toEqual(['once'])
  })

  test('another connection never meets this one’s token, nor do changed credentials', async () => {
    await start()
    await callCarrier('ship', connect('ups', 'con_a'), shipment('ups', 'a'), options)
    const other = connect('ups', 'con_b')
    other.credentials = { ...other.credentials, client_id: 'client-two' }
    await callCarrier('ship', other, shipment('ups', 'b'), options)
    const changed = connect('ups', 'con_a')
    changed.credentials = { ...changed.credentials, client_id: 'client-three' }
    await callCarrier('ship', changed, shipment('ups', 'c'), options)
    expect(simulator.purchases().map(({ account }) => account)).toEqual([
      'client-one',
      'client-two',
      'client-three',
    ])
  })
})

test('an answer to a purchase that cannot be understood leaves it uncertain', async () => {
  await start()
  const request = shipment('ups', 'shp_odd')
  await callCarrier('address', connect('ups'), { address: sender }, options)
  const answers = [
    { status: 200, text: '<html>Welcome</html>' },
    { status: 200, json: { ShipmentResponse: { Response: {} } } },
    { status: 200, json: { ShipmentResponse: { ShipmentResults: absurd } } },
  ]
  for (const response of answers) {
    simulator.play('ups', [{ request: recordedCall(request), response }])
    const answer = await callCarrier('ship', connect('ups'), request, options)
    expect({ response, outcome: answer.outcome }).toEqual({ response, outcome: 'uncertain' })
    expect(simulator.unplayed()).toBe(0)
  }
})

describe('several parcels', () => {
  test('a refused second parcel gives the first one back', async () => {
    await start()
    const request = shipment('sendle', 'pair', 2)
    request.parcels[1] = { ...box, description: ' ' }
    const answer = await callCarrier('ship', connect('sendle'), request, options)
    expect(answer.outcome).toBe('refused')
    expect(answer.messages).toHaveLength(1)
    expect(bought()).toEqual([])
  })
})

test('rates come from all that answer, and one broken carrier is a message', async () => {
  await start()
  const dead: Connection = { ...connect('ups', 'con_dead'), base_url: 'http://127.0.0.1:1' }
  const answer = await rateAll(
    [dead, connect('sendle'), connect('ups')],
    { shipper: sender, recipient: receiver, parcels: [box] },
    options,
  )
  expect(new Set(answer.rates.map(({ connection_id }) => connection_id))).toEqual(
    new Set(['con_sendle', 'con_ups']),
  )
  expect(answer.messages.map(({ connection_id, code }) => [connection_id, code])).toEqual([
    ['con_dead', 'carrier_down'],
  ])
})

for (const [carrier_id, purchases] of [
  ['ups', 30],
  ['sendle', 12],
] as const) {
  test(`${carrier_id}: ${purchases} purchases in bad weather are ${purchases} labels`, async () => {
    const odds = 0.12
    const faults = {
      rate_limited: odds,
      server_error: odds,
      lost_answer: odds,
      late_error: odds,
    }
    await start({ seed: 11, faults })
    const connection = connect(carrier_id)
    const outcomes = new Map<string, number>()
    for (let number = 1; number <= purchases; number++) {
      const request = shipment(carrier_id, `shp_${number}`)
      if (carrier_id === 'ups') request.label_type = 'ZPL'
      const sent_at = new Date(clock.now()).toISOString()
      let settled = false
      // Buying again is allowed only after the carrier has said that it has nothing.
      for (let attempt = 0; attempt < 40 && !settled; attempt++) {
        const answer = await callCarrier('ship', connection, request, options)
        outcomes.set(answer.outcome, (outcomes.get(answer.outcome) ?? 0) + 1)
        settled = answer.outcome === 'done'
        for (let asked = 0; answer.outcome === 'uncertain' && asked < 40; asked++) {
          const lookup = { shipment: request, sent_at }
          const found = await callCarrier('lookup', connection, lookup, options)
          if (found.outcome !== 'done') continue
          settled = found.result.found
          break
        }
      }
      expect({ number, settled }).toEqual({ number, settled: true })
    }
    expect(outcomes.get('uncertain')).toBeGreaterThan(3)
    const counts = [...simulator.countsByReference().values()]
    expect(counts).toEqual(Array.from({ length: purchases }, () => 1))
  })
}

test('the same seed makes the same faults', async () => {
  const run = async (seed: number) => {
    await start({ seed, faults: { rate_limited: 0.4 } })
    const outcomes: string[] = []
    for (let i = 0; i < 12; i++) {
      const tracking_numbers = ['1Z0000000000000000']
      const answer = await callCarrier('track', connect('sendle'), { tracking_numbers }, options)
      outcomes.push(`${answer.messages[0]!.code} after ${waits.length}`)
    }
    await simulator.stop()
    return outcomes
  }
  const first = await run(7)
  expect(await run(7)).toEqual(first)
  expect(await run(8)).not.toEqual(first)
  await start()
})
