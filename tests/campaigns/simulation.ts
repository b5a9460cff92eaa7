/**
 * The simulation: random commands over all rooms, sensible and hostile, through the front door.
 * After each the invariants hold, and a model of plain sums agrees with the ledger.
 *
 *     bun tests/campaigns/simulation.ts --commands 100000 --seed 7
 *
 * A failure names the seed and the number of the command: the same seed with that many commands
 * comes to the same place.
 */
import { parseArgs } from 'node:util'
import { minute_ms, timestamp } from '../../src/kit/clock.ts'
import { endOverdueReservations, proveNewPostings } from '../../src/ledger/schedules.ts'
import type { RunContext } from '../../src/schedule/schedule.ts'
import type { Shipment } from '../../src/shipping/schema.ts'
import { settlePurchases, trackParcels } from '../../src/shipping/schedules.ts'
import { seedFrom } from '../random.ts'
import { choose } from './simulation/choices.ts'
import { learnShipment } from './simulation/door-commands.ts'
import { FrontDoor } from './simulation/front-door.ts'
import { Invariants } from './simulation/invariants.ts'
import { chooseWay, type Campaign } from './simulation/ways.ts'
import { World, type Command } from './simulation/world.ts'

export interface SimulationOptions {
  commands: number
  seed: number
  print?: (line: string) => void
}

export interface SimulationReport {
  seed: number
  commands: number
  requests: number
  agreed: number
  /** Operation → `ok` or the code of the refusal → how often. */
  outcomes: Map<string, Map<string, number>>
  /** Refusals that their operation does not declare. */
  undeclared: Map<string, number>
  postings: number
  events: number
  audit_entries: number
  labels: number
  whole_proofs: number
}

const often = 25
/** Every proof of everything reads everything: the longer the run, the further apart. */
const allAfter = (commands: number): number => Math.max(250, Math.floor(commands / 40))

/** @throws Error at the first thing that does not hold, with the seed and the number of the command */
export async function runSimulation(options: SimulationOptions): Promise<SimulationReport> {
  const { commands, seed, print = () => undefined } = options
  const world = await World.open(seed)
  const invariants = new Invariants(world)
  const campaign = { world, invariants, door: new FrontDoor(world) }
  try {
    for (let number = 1; number <= commands; number++) {
      await step(campaign, number, allAfter(commands)).catch((error: unknown) => {
        const { message, stack } = error as Error
        const where = `seed ${seed}, command ${number} (${campaign.door.last})`
        throw new Error(`${where}: ${message}`, { cause: stack })
      })
      if (number % 1_000 === 0) print(`${number}: ${JSON.stringify(invariants.traces())}`)
    }
    await invariants.all()
    return report(campaign, options)
  } finally {
    await world.close()
  }
}

async function step(campaign: Campaign, number: number, all_after: number): Promise<void> {
  const { world, invariants } = campaign
  const { random, shop } = world
  shop.clock.advance(random.below(20) * minute_ms)
  if (random.chance(0.02)) await tick(world)
  await chooseWay(world)(campaign, await nextCommand(world))
  invariants.afterEach()
  if (number % all_after === 0) await invariants.all()
  else if (number % often === 0) await invariants.often()
}

/** Some need what is not there yet, such as an order that was sent: then something else is done. */
async function nextCommand(world: World): Promise<Command> {
  for (;;) {
    const command = await choose(world.random)(world)
    if (command) return command
  }
}

/** What the clock does, beside what people do. */
async function tick(world: World): Promise<void> {
  const { random, shop } = world
  const { data } = shop
  const context: RunContext = {
    run_id: 'run_simulation',
    due_at: timestamp(shop.clock.now()),
    data,
    services: shop.house.door.services,
    log: shop.house.door.log,
    signal: new AbortController().signal,
    eachTenant: (work) => work(data.tenants.at(shop.tenant.id)),
  }
  const schedules = [endOverdueReservations, proveNewPostings, settlePurchases, trackParcels]
  await random.pick(schedules).run(context)
  for (const id of world.in_doubt) {
    await learnShipment(world)(await shop.done<Shipment>(`GET /v1/shipments/${id}`))
  }
  for (const { id } of world.orders.all()) await world.seeOrder(id)
}

function report({ world, door, invariants }: Campaign, options: SimulationOptions) {
  const { commands, seed } = options
  const counts = [...door.outcomes.values()].flatMap((codes) => [...codes])
  const sum = (rows: [string, number][]) => rows.reduce((total, [, count]) => total + count, 0)
  const { events, postings, entries } = invariants.traces()
  return {
    seed,
    commands,
    requests: sum(counts),
    agreed: sum(counts.filter(([code]) => code === 'ok')),
    outcomes: door.outcomes,
    undeclared: door.undeclared,
    postings,
    events,
    audit_entries: entries,
    labels: world.simulator.countsByReference().size,
    whole_proofs: invariants.proofs,
  }
}

function printReport({ outcomes, undeclared, ...totals }: SimulationReport): void {
  const lines = [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, codes]) => `${id}: ${[...codes].map(([code, n]) => `${code} ${n}`).join(', ')}`)
  if (undeclared.size > 0) lines.push(`undeclared: ${JSON.stringify([...undeclared])}`)
  process.stdout.write(`${lines.join('\n')}\n${JSON.stringify(totals)}\n`)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { commands: { type: 'string', default: '100000' }, seed: { type: 'string' } },
  })
  const seed = seedFrom(values.seed)
  process.stdout.write(`seed ${seed}\n`)
  const commands = Number(values.commands)
  const print = (line: string) => process.stdout.write(`${line}\n`)
  const done = await runSimulation({ commands, seed, print })
  printReport(done)
  if (done.undeclared.size > 0) process.exitCode = 1
}
