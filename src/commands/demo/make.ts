/** Makes the demonstration's folder at the first start, and what it talks to at every start. */
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { startSimulator, type Simulator } from '../../carriers/simulator/simulator.ts'
import { ManualClock, systemClock } from '../../kit/clock.ts'
import { randomSecret } from '../../kit/secrets.ts'
import { UsageError } from '../command.ts'
import { openInstallation } from '../installation.ts'
import { openLog } from '../log.ts'
import type { Settings } from '../settings.ts'
import { Chance } from './chance.ts'
import { idsOf } from './desk.ts'
import { startReceiver } from './receiver.ts'
import { seedDemo } from './seed.ts'

/** What the next start has to know. */
export interface Note {
  password: string
  token: string
  /** Connections and endpoints keep these addresses, so they are the same at every start. */
  simulator_port: number
  receiver_port: number
}

const seed = 1
const a_year = 365

const notePath = (data: string): string => join(data, 'demo', 'note.json')
const memoryPath = (data: string): string => join(data, 'demo', 'purchases.jsonl')

export const readNote = (data: string): Note | undefined =>
  existsSync(notePath(data))
    ? (JSON.parse(readFileSync(notePath(data), 'utf8')) as Note)
    : undefined

/** Nothing of it is worth copying, its log would hide what it says, and it listens to itself. */
export const demoSettings = (given: Settings, data: string): Settings => ({
  ...given,
  data,
  master_key_file: join(data, 'master.key'),
  replica: 'off',
  simulator: 'off',
  log_level: 'error',
  private_hosts: '127.0.0.0/8',
})

/**
 * Made aside and moved into place: a start that was interrupted begins anew.
 * @param days how long the shop has been open; tests are content with less than a year
 */
export async function makeDemo(settings: Settings, days = a_year): Promise<void> {
  if (existsSync(settings.data) && readdirSync(settings.data).length > 0) {
    throw new UsageError(`${settings.data} is not empty: choose another folder with --data.`)
  }
  const unfinished = `${settings.data}.unfinished`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(join(unfinished, 'demo'), { recursive: true, mode: 0o700 })
  const place = { data: unfinished, master_key_file: join(unfinished, 'master.key') }
  await fill({ ...settings, ...place }, days)
  renameSync(unfinished, settings.data)
}

async function fill(settings: Settings, days: number): Promise<void> {
  const { data, port } = settings
  const clock = new ManualClock(systemClock.now())
  const simulator = await startSimulatorAt(port && port + 1, { clock, memory: memoryPath(data) })
  const receiver = startReceiverAt(port && port + 2)
  const { log, flush } = openLog('error')
  const ids = idsOf(clock, new Chance(seed + 1))
  const options = { onWait: () => undefined, replicate: false, clock, ids }
  const installation = await openInstallation(settings, log, options)
  const password = `tea-${randomSecret(9)}`
  try {
    const token = await seedDemo({
      ...{ installation, clock, simulator, password, days },
      chance: new Chance(seed),
      receiver_url: `http://127.0.0.1:${receiver.port}`,
      now_ms: systemClock.now(),
      onDay: progress(),
    })
    const simulator_port = Number(new URL(simulator.url).port)
    const note: Note = { password, token, simulator_port, receiver_port: receiver.port! }
    writeFileSync(notePath(data), JSON.stringify(note, null, 2), { mode: 0o600 })
  } finally {
    await installation.close()
    await simulator.stop()
    await receiver.stop(true)
    flush()
  }
}

/** Starts the carriers and the systems that listen, where the shop looks for them. */
export async function openOutside(data: string, note: Note): Promise<void> {
  try {
    await startSimulator({ port: note.simulator_port, memory: memoryPath(data) })
    startReceiver(note.receiver_port)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    const ports = `${note.simulator_port} and ${note.receiver_port}`
    throw new UsageError(`The simulated carriers need the ports ${ports}: one of them is taken.`)
  }
}

async function startSimulatorAt(
  port: number,
  options: { clock: ManualClock; memory: string },
): Promise<Simulator> {
  try {
    return await startSimulator({ ...options, port })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    return startSimulator(options)
  }
}

function startReceiverAt(port: number): Bun.Server<undefined> {
  try {
    return startReceiver(port)
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    return startReceiver(0)
  }
}

/** One line that grows on a terminal, and one a quarter where it is written to a file. */
function progress(): (passed: number, all: number) => void {
  const { stderr } = process
  let quarter = -1
  stderr.write('Opening the demonstration: a shop and a year of its work. This happens once.\n')
  return (passed, all) => {
    const percent = Math.floor((passed / all) * 100)
    if (stderr.isTTY) stderr.write(`\r  ${String(percent).padStart(3)} %`)
    else if (Math.floor(percent / 25) > quarter) stderr.write(`  ${percent} %\n`)
    quarter = Math.max(quarter, Math.floor(percent / 25))
    if (passed === all - 1 && stderr.isTTY) stderr.write('\r  done \n')
  }
}
