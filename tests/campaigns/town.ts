/**
 * The simulation of a whole installation: operators, owners and people with less to say, over years
 * that pass in minutes, through changes of the hour and a 29 February.
 *
 *     bun tests/campaigns/town.ts --commands 30000 --seed 7
 */
import { parseArgs } from 'node:util'
import pino from 'pino'
import { schedules } from '../../src/app.ts'
import { day_ms, hour_ms, minute_ms, timestamp } from '../../src/kit/clock.ts'
import { tenantIds } from '../../src/tenants/tenant-ids.ts'
import { seedFrom } from '../random.ts'
import { FrontDoor, operationOf } from './simulation/front-door.ts'
import { require } from './simulation/model.ts'
import type { Command } from './simulation/world.ts'
import { choose } from './town/choices.ts'
import { Browsers } from './town/people-in-browsers.ts'
import { TownInvariants } from './town/town-invariants.ts'
import { Town } from './town/town.ts'

export interface TownOptions {
  commands: number
  seed: number
  print?: (line: string) => void
}

export interface TownReport {
  seed: number
  commands: number
  requests: number
  agreed: number
  outcomes: Map<string, Map<string, number>>
  undeclared: Map<string, number>
  /** How late it was at the end. */
  until: string
  runs_of_the_clock: number
  browsers: Map<string, number>
}

interface Campaign {
  town: Town
  door: FrontDoor
  invariants: TownInvariants
  browsers: Browsers
  runs: number
}

const often = 50

/** @throws Error at the first thing that does not hold, with the seed and the number of the command */
export async function runTown(options: TownOptions): Promise<TownReport> {
  const { commands, seed, print = () => undefined } = options
  const town = await Town.open(seed)
  const [invariants, browsers] = [new TownInvariants(town), new Browsers(town)]
  const campaign: Campaign = { town, door: new FrontDoor(town), invariants, browsers, runs: 0 }
  try {
    for (let number = 1; number <= commands; number++) {
      await step(campaign, number).catch((error: unknown) => {
        const { message, stack } = error as Error
        const at = timestamp(town.real.clock.now())
        const where = `seed ${seed}, command ${number} at ${at} (${campaign.door.last})`
        throw new Error(`${where}: ${message}`, { cause: stack })
      })
      if (number % 1_000 === 0) print(`${number}: ${timestamp(town.real.clock.now())}`)
    }
    await invariants.often()
    return report(campaign, options)
  } finally {
    await town.close()
  }
}

async function step(campaign: Campaign, number: number): Promise<void> {
  const { town, invariants, browsers } = campaign
  const { random } = town
  town.real.clock.advance(random.below(15) * minute_ms)
  if (random.chance(0.012)) await passDays(campaign)
  if (random.chance(0.01)) await browsers.act()
  else await carryOut(campaign)
  await invariants.afterEach()
  if (number % often === 0) await invariants.often()
}

async function carryOut({ town, door }: Campaign): Promise<void> {
  const asked = await nextCommand(town)
  const command = { ...asked, token: asked.token ?? town.operator }
  const before = town.statuses()
  const of = [...town.businesses.values()].find(
    ({ token, limited }) =>
      token === command.token || limited.some((each) => each.token === command.token),
  )
  const { random } = town
  const again = random.chance(0.06)
  const answers = again
    ? await Promise.all([door.carryOut(command), door.carryOut(command)])
    : [await door.carryOut(command)]
  if (!answers.some(({ status }) => status < 300) || !of) return
  const { effect, while_read_only, feature } = operationOf(command.operation)
  const status = before.get(of.id)
  const paused = status === 'suspended' || status === 'closing'
  require(effect === 'read' || !paused || while_read_only, `${door.last} while ${status}`)
  if (!feature || effect === 'read') return
  const path = `/v1/platform/tenants/${of.id}/features`
  const { body } = await town.send<{ data?: { feature: string; allowed: boolean }[] }>(
    `GET ${path}`,
  )
  const answer = body.data?.find((each) => each.feature === feature)
  require(answer?.allowed !== false, `${door.last}: ${feature} may not be used`)
}

async function nextCommand(town: Town): Promise<Command> {
  for (;;) {
    const command = await choose(town.random)(town)
    if (command) return command
  }
}

/** Days go by one after the other, each with everything that the clock does. */
async function passDays(campaign: Campaign): Promise<void> {
  const { town, invariants } = campaign
  const days = 1 + town.random.below(town.random.chance(0.1) ? 35 : 4)
  for (let day = 0; day < days; day++) {
    town.real.clock.advance(day_ms - hour_ms + town.random.below(120) * minute_ms)
    await theClock(campaign)
    invariants.afterTheClock()
    await invariants.afterEach()
  }
}

async function theClock(campaign: Campaign): Promise<void> {
  const { data } = campaign.town.real
  const { services } = campaign.town.house.door
  const at = { run_id: 'run_town', due_at: timestamp(data.clock.now()), data, services }
  for (const schedule of schedules) {
    const facts = await schedule.run({
      ...at,
      log: pino({ level: 'silent' }),
      signal: new AbortController().signal,
      eachTenant: async (work) => {
        for (const id of tenantIds(data)('', 1_000)) await work(data.tenants.at(id))
      },
    })
    require(!facts.failed, `${schedule.name} failed: ${JSON.stringify(facts)}`)
    campaign.runs += 1
  }
}

function report({ town, door, browsers, runs }: Campaign, { commands, seed }: TownOptions) {
  const counts = [...door.outcomes.values()].flatMap((codes) => [...codes])
  const sum = (rows: [string, number][]) => rows.reduce((total, [, count]) => total + count, 0)
  return {
    ...{ seed, commands, requests: sum(counts) },
    agreed: sum(counts.filter(([code]) => code === 'ok')),
    ...{ outcomes: door.outcomes, undeclared: door.undeclared, browsers: browsers.outcomes },
    ...{ until: timestamp(town.real.clock.now()), runs_of_the_clock: runs },
  }
}

function printReport({ outcomes, undeclared, browsers, ...totals }: TownReport): void {
  const lines = [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, codes]) => `${id}: ${[...codes].map(([code, n]) => `${code} ${n}`).join(', ')}`)
  lines.push(`browsers: ${JSON.stringify([...browsers])}`)
  if (undeclared.size > 0) lines.push(`undeclared: ${JSON.stringify([...undeclared])}`)
  process.stdout.write(`${lines.join('\n')}\n${JSON.stringify(totals)}\n`)
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { commands: { type: 'string', default: '30000' }, seed: { type: 'string' } },
  })
  const seed = seedFrom(values.seed)
  process.stdout.write(`seed ${seed}\n`)
  const print = (line: string) => process.stdout.write(`${line}\n`)
  const done = await runTown({ commands: Number(values.commands), seed, print })
  printReport(done)
  if (done.undeclared.size > 0) process.exitCode = 1
}
