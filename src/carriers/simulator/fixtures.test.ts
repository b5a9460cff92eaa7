/** Every carrier's fixtures once more, backwards: over real HTTP, through the front door. */
import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { ManualClock } from '../../kit/clock.ts'
import { callCarrier } from '../call.ts'
import { loadConnection, loadFixtures } from '../conformance/fixture.ts'
import type { Carrier, Connection, Operations } from '../contract.ts'
import { carriers } from '../registry.ts'
import { TokenCache } from '../tokens.ts'
import { startSimulator, type RecordedExchange, type Simulator } from './simulator.ts'

const clock = new ManualClock('2026-11-21T09:00:00Z')
let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ clock })
})
afterAll(() => simulator.stop())

/** A read that fails is tried three times; a refused token is fetched anew and tried once more. */
function timesAsked(carrier: Carrier, { request, response }: RecordedExchange): number {
  if (request.effect === 'read' && response.status >= 500) return 3
  return response.status === 401 && carrier.auth.kind === 'token' ? 2 : 1
}

describe('fixtures over HTTP', () => {
  for (const carrier of carriers) {
    const recorded = loadConnection(carrier.id)
    for (const fixture of loadFixtures(carrier.id)) {
      test(`${carrier.id} ${fixture.operation}: ${fixture.name}`, async () => {
        const connection: Connection = {
          ...recorded,
          mode: 'simulator',
          base_url: simulator.baseUrl(carrier.id),
          config: fixture.config ?? recorded.config,
        }
        const exchanges = fixture.exchanges.flatMap((exchange) =>
          Array.from({ length: timesAsked(carrier, exchange) }, () => exchange),
        )
        simulator.play(carrier.id, exchanges)
        const answer = await callCarrier(
          fixture.operation,
          connection,
          fixture.input as Operations['ship']['input'],
          { clock, tokens: new TokenCache(), sleep: () => Promise.resolve() },
        )
        expect(simulator.unplayed()).toBe(0)
        expect(answer.messages).toMatchObject(fixture.messages)
        if (answer.outcome !== 'done') expect(fixture.result).toBeUndefined()
        else expect(answer.result).toMatchObject(fixture.result as object)
      })
    }
  }
})
