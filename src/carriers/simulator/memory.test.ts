/** What simulated carriers remember: between two starts, and of a parcel that met a closed door. */
import { afterEach, beforeEach, expect, test } from 'bun:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ManualClock, hour_ms } from '../../kit/clock.ts'
import { callCarrier } from '../call.ts'
import type { Connection } from '../contract.ts'
import { TokenCache } from '../tokens.ts'
import { shipment } from './sample.ts'
import { startSimulator, type Simulator } from './simulator.ts'

const credentials: Record<string, Record<string, string>> = {
  ups: { client_id: 'client-one', client_secret: 'the-secret-one', account_number: '1A2B3C' },
  sendle: { sendle_id: 'lighthouse', api_key: 'the-key-of-one' },
}

let folder: string
let clock: ManualClock
let simulator: Simulator

const start = async () => {
  simulator = await startSimulator({ clock, memory: join(folder, 'purchases.jsonl') })
}
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'stowage-simulator-'))
  clock = new ManualClock('2026-11-21T09:00:00Z')
  await start()
})
afterEach(async () => {
  await simulator.stop()
  rmSync(folder, { recursive: true })
})

const connect = (carrier_id: string): Connection => ({
  id: `con_${carrier_id}`,
  carrier_id,
  mode: 'simulator',
  base_url: simulator.baseUrl(carrier_id),
  credentials: credentials[carrier_id]!,
  config: {},
})
const options = () => ({ clock, tokens: new TokenCache() })

async function buy(carrier_id: string, reference: string) {
  const wanted = shipment(carrier_id, reference)
  const answer = await callCarrier('ship', connect(carrier_id), wanted, options())
  if (answer.outcome !== 'done') throw new Error(JSON.stringify(answer.messages))
  return answer.result
}

async function statusOf(carrier_id: string, tracking_number: string) {
  const tracking_numbers = [tracking_number]
  const answer = await callCarrier('track', connect(carrier_id), { tracking_numbers }, options())
  return answer.outcome === 'done' ? answer.result[0]!.status : answer.outcome
}

test.each(['ups', 'sendle'])('%s knows at its next start what it sold', async (carrier_id) => {
  const kept = await buy(carrier_id, 'kept')
  const { shipment_identifier } = await buy(carrier_id, 'voided')
  await callCarrier('void', connect(carrier_id), { shipment_identifier }, options())
  await simulator.stop()

  await start()
  expect(simulator.purchases().map(({ reference }) => reference)).toEqual(['kept'])
  clock.advance(72 * hour_ms)
  expect(await statusOf(carrier_id, kept.tracking_number)).toBe('delivered')
  expect((await buy(carrier_id, 'next')).tracking_number).not.toBe(kept.tracking_number)
})

test.each(['ups', 'sendle'])(
  '%s: nobody at home, and days later it arrives',
  async (carrier_id) => {
    simulator.holdNext()
    const { tracking_number } = await buy(carrier_id, 'held')
    const smooth = await buy(carrier_id, 'smooth')
    clock.advance(55 * hour_ms)
    expect(await statusOf(carrier_id, tracking_number)).toBe('on_hold')
    expect(await statusOf(carrier_id, smooth.tracking_number)).toBe('delivered')
    clock.advance(70 * hour_ms)
    expect(await statusOf(carrier_id, tracking_number)).toBe('delivered')
  },
)
