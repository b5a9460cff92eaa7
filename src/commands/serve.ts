/** Opens the doors: the API, the console, and everything that runs by itself. */
import { join } from 'node:path'
import { needsSetup } from '../access/setup-link.ts'
import { startSimulator, type Simulator } from '../carriers/simulator/simulator.ts'
import type { House } from '../house.ts'
import { startWorkers } from '../workers.ts'
import { UsageError, type FreeCommand } from './command.ts'
import { listenForCommands } from './control.ts'
import { openInstallation, type Installation } from './installation.ts'
import { openLog, type Log } from './log.ts'
import { nightlyBackup } from './nightly-backup.ts'
import { runInside } from './run-inside.ts'
import { newSetupLink } from './setup-link.ts'
import { setting_names, type Settings } from './settings.ts'
import { versionLine } from './version.ts'

/** Requests that are running when we are asked to end get this long. */
const drain_ms = 10_000
/** Whatever hangs after that ends with the process. */
const hard_end_ms = 30_000
/** Quiet streams are kept alive by their own heartbeat, which comes more often than this. */
const idle_timeout_s = 60
const longest_request_bytes = 64 * 1024 * 1024

export interface Served {
  installation: Installation
  /** Where it listens, `http://127.0.0.1:3210`. */
  url: string
  stop(): Promise<void>
}

export const serve: FreeCommand = {
  name: 'serve',
  summary: 'Open the doors: the API, the console, and everything that runs by itself.',
  settings: setting_names,
  place: 'free',
  async run(_, settings) {
    await serveUntilAsked(settings, greetFirstOperator)
  },
}

/** The log is for machines; this is for the person who started it. */
async function greetFirstOperator({ installation }: Served): Promise<void> {
  if (!needsSetup(installation.data)) return
  process.stderr.write(`Open this to set Stowage up: ${await newSetupLink(installation)}\n`)
}

/** Takes nothing new, and waits for what is running; connections that are only kept open may go. */
async function drain(server: Bun.Server<unknown>): Promise<void> {
  void server.stop()
  const give_up_at = performance.now() + drain_ms
  while (server.pendingRequests > 0 && performance.now() < give_up_at) await Bun.sleep(10)
  await server.stop(true)
}

/** Serves until SIGTERM or SIGINT; `opened` is called when requests are answered. */
export async function serveUntilAsked(
  settings: Settings,
  opened: (served: Served) => Promise<void> | void,
): Promise<void> {
  const log = openLog(settings.log_level)
  let served: Served | undefined
  const asked = untilAsked(async (signal) => {
    log.log.info({ signal }, 'ending')
    // A standby has nothing open: it may simply go.
    await served?.stop()
    log.flush()
  })
  served = await openDoors(settings, log)
  await opened(served)
  await asked
}

/** Takes the signals; as process 1 nobody else would. A second one ends at once. */
function untilAsked(end: (signal: string) => Promise<void>): Promise<never> {
  let ending = false
  const ask = (signal: string) => {
    if (ending) process.exit(1)
    ending = true
    setTimeout(() => process.exit(1), hard_end_ms).unref()
    end(signal).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String((error as Error).stack)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', ask)
  process.on('SIGINT', ask)
  return new Promise(() => undefined)
}

export async function openDoors(settings: Settings, { log }: Log): Promise<Served> {
  const onWait = () => log.info('another process holds the data folder: standing by')
  const installation = await openInstallation(settings, log, { onWait, replicate: true })
  try {
    return await openTo(installation, settings)
  } catch (error) {
    await installation.close()
    throw error
  }
}

/** Listens first: a port that is taken is found before any work begins. */
async function openTo(installation: Installation, settings: Settings): Promise<Served> {
  const { data, services, house, log } = installation
  const server = listen(house, settings)
  const simulator = await startSimulatedCarriers(settings, log)
  const more_schedules = [nightlyBackup(settings)]
  const workers = await startWorkers({ data, services, log, more_schedules })
  const control = listenForCommands(settings.data, runInside(installation))
  const url = `http://${settings.host}:${server.port}`
  log.info({ url, version: versionLine() }, 'open')
  const stop = async () => {
    control.close()
    await drain(server)
    await workers.stop()
    await simulator?.stop()
    await installation.close()
    log.info('ended')
  }
  return { installation, url, stop }
}

/** Sandboxes ship with these. A port that is taken costs the simulation, not the start. */
async function startSimulatedCarriers(
  { simulator, data }: Settings,
  log: Log['log'],
): Promise<Simulator | undefined> {
  if (!/^\d+$/.test(simulator)) return undefined
  try {
    return await startSimulator({
      port: Number(simulator),
      memory: join(data, 'simulated-purchases.jsonl'),
    })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    log.warn({ port: simulator }, 'the port for simulated carriers is taken: sandboxes cannot ship')
    return undefined
  }
}

/** @throws UsageError when somebody else listens there */
function listen({ app }: House, { host: hostname, port }: Settings): Bun.Server<unknown> {
  try {
    app.listen({
      hostname,
      port,
      development: false,
      // Elysia's default would let two servers share a port, each with a part of the requests.
      reusePort: false,
      idleTimeout: idle_timeout_s,
      maxRequestBodySize: longest_request_bytes,
    })
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error
    throw new UsageError(`Port ${port} of ${hostname} is taken: choose another with --port.`)
  }
  return app.server!
}
