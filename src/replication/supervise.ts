/** Runs Litestream beside us: starts it, restarts it when it ends, and takes it down with us. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { sha256Hex } from '../kit/secrets.ts'
import type { Daemon } from './daemon.ts'
import { LogTail } from './log-tail.ts'
import { litestreamConfiguration, litestreamEnvironment, type ReplicaTarget } from './settings.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'
export type Log = (level: LogLevel, message: string, facts: Record<string, unknown>) => void

/** Older releases carry an SQLite that can corrupt a WAL when it is reset. */
const oldest_version = '0.5.17'
const shortest_pause_ms = 250
const longest_pause_ms = 30_000
/** A run this long means that it works: the next failure starts with the shortest pause again. */
const steady_after_ms = 60_000
const stop_timeout_ms = 30_000

/** The binary: beside our executable, or on the PATH. */
export function findLitestream(): string | undefined {
  const beside = join(dirname(process.execPath), 'litestream')
  return existsSync(beside) ? beside : (Bun.which('litestream') ?? undefined)
}

/** Throws when the binary cannot be run or is too old to be trusted with data. */
export async function checkLitestream(binary: string): Promise<string> {
  const child = Bun.spawn([binary, 'version'], { stdout: 'pipe', stderr: 'ignore' })
  const version = (await child.stdout.text()).trim()
  if (isOlder(version)) {
    throw new Error(`Litestream ${version} is too old: ${oldest_version} or newer is needed.`)
  }
  return version
}

export function isOlder(version: string): boolean {
  const match = /^v?(\d+)\.(\d+)\.(\d+)/.exec(version)
  if (!match) return true
  const parts = match.slice(1).map(Number)
  const oldest = oldest_version.split('.').map(Number)
  const index = parts.findIndex((part, position) => part !== oldest[position])
  return index >= 0 && parts[index]! < oldest[index]!
}

/** A socket's path may have 107 bytes; a deep data folder gets one in the temporary folder. */
export function socketPath(run_folder: string): string {
  const path = join(run_folder, 'litestream.sock')
  if (path.length <= 100) return path
  return join(tmpdir(), `stowage-${sha256Hex(run_folder).slice(0, 12)}.sock`)
}

export interface SupervisorOptions {
  binary: string
  /** Configuration, process id and socket are kept here. */
  run_folder: string
  target: ReplicaTarget
  daemon: Daemon
  log: Log
}

export class Supervisor {
  #child: Bun.Subprocess | undefined
  #stopping = false
  #running: Promise<void> | undefined
  #wake: () => void = () => {}
  restarts = 0

  constructor(private readonly options: SupervisorOptions) {}

  /** The process id while it runs. */
  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): void {
    mkdirSync(this.options.run_folder, { recursive: true, mode: 0o700 })
    this.#running = this.#keepRunning()
  }

  /** Ends it; its own last sync runs first. */
  async stop(): Promise<void> {
    this.#stopping = true
    this.#wake()
    if (this.#child) await endProcess(this.#child.pid, this.#child.exited)
    await this.#running
  }

  async #keepRunning(): Promise<void> {
    await this.#endPredecessor()
    let pause_ms = shortest_pause_ms
    while (!this.#stopping) {
      const started_at = performance.now()
      const how: string = await this.#runOnce().catch((error: Error) => error.message)
      this.options.daemon.lost()
      if (this.#stopping) return
      if (performance.now() - started_at > steady_after_ms) pause_ms = shortest_pause_ms
      this.options.log('error', 'Litestream ended and is started again', { how, pause_ms })
      await this.#pause(pause_ms)
      pause_ms = Math.min(pause_ms * 2, longest_pause_ms)
      this.restarts += 1
    }
  }

  async #runOnce(): Promise<string> {
    const { binary, run_folder, target, daemon } = this.options
    const configuration = join(run_folder, 'litestream.yml')
    writeFileSync(configuration, litestreamConfiguration(daemon.socket_path, guardCommand()), {
      mode: 0o600,
    })
    const command = [binary, 'replicate', '-config', configuration, '-no-expand-env']
    const path = join(run_folder, 'litestream.log')
    const tail = new LogTail(path, (line) => logLine(line, this.options.log))
    const child = this.#spawn(command, target, tail)
    this.#child = child
    writeFileSync(join(run_folder, 'litestream.pid'), String(child.pid), { mode: 0o600 })
    await this.#untilItAnswers(child)
    const code = await child.exited
    this.#child = undefined
    tail.close()
    return String(child.signalCode ?? `exit code ${code}`)
  }

  #spawn(command: string[], target: ReplicaTarget, tail: LogTail): Bun.Subprocess {
    try {
      return Bun.spawn(command, {
        env: litestreamEnvironment(target),
        stdin: 'ignore',
        stdout: tail.descriptor,
        stderr: tail.descriptor,
      })
    } catch (error) {
      tail.close()
      throw error
    }
  }

  async #untilItAnswers(child: Bun.Subprocess): Promise<void> {
    while (child.exitCode === null && child.signalCode === null && !this.#stopping) {
      await this.options.daemon.look()
      if (this.options.daemon.run) return
      await Bun.sleep(20)
    }
  }

  /** One that outlived a killed process of ours still holds the files: it finishes before ours starts. */
  async #endPredecessor(): Promise<void> {
    const note = join(this.options.run_folder, 'litestream.pid')
    if (!existsSync(note)) return
    const pid = Number(readFileSync(note, 'utf8'))
    if (isOurs(pid, this.options.run_folder)) {
      this.options.log('warn', 'A Litestream of an earlier run is still there and is ended', {
        pid,
      })
      await endProcess(pid, untilGone(pid, this.options.run_folder))
    }
    rmSync(note, { force: true })
  }

  #pause(pause_ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, pause_ms)
      this.#wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }
}

/**
 * Litestream's own lines are JSON; what the Go runtime prints when it dies is not. Some lines have
 * a second `level`, that of a compaction: the first one is the line's.
 */
export function logLine(line: string, log: Log): void {
  const written = /^\{"time":"[^"]*","level":"(DEBUG|INFO|WARN|ERROR)","msg":/.exec(line)
  if (!written) return log('error', line, {})
  const { msg, time: _, ...facts } = JSON.parse(line) as Record<string, unknown> & { msg: string }
  if (facts.level === written[1]) delete facts.level
  // It reports an empty list of files as an error; ours come over the socket.
  const expected = msg === 'no databases specified in configuration'
  log(expected ? 'debug' : (written[1]!.toLowerCase() as LogLevel), msg, facts)
}

/**
 * Litestream ends when the command it was given ends, after a last sync: this one ends with us,
 * even when we are killed. Where there is no shell it has to be found and ended at the next start.
 */
function guardCommand(): string | undefined {
  if (!Bun.which('sh')) return undefined
  const alive = `kill -0 ${process.pid} && kill -0 $PPID`
  return `sh -c 'exec >/dev/null 2>&1; while ${alive}; do sleep 1; done'`
}

/** Process ids are used again: it is ours only when it was started with our configuration. */
function isOurs(pid: number, run_folder: string): boolean {
  const path = `/proc/${pid}/cmdline`
  if (!Number.isInteger(pid) || pid <= 0 || !existsSync(path)) return false
  try {
    return readFileSync(path, 'utf8').includes(join(run_folder, 'litestream.yml'))
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes((error as { code?: string }).code ?? '')) return false
    throw error
  }
}

async function untilGone(pid: number, run_folder: string): Promise<void> {
  while (isOurs(pid, run_folder)) await Bun.sleep(50)
}

/** Asks a process to end, and ends it when it does not. */
async function endProcess(pid: number, gone: Promise<unknown>): Promise<void> {
  process.kill(pid, 'SIGTERM')
  const hard = setTimeout(() => process.kill(pid, 'SIGKILL'), stop_timeout_ms)
  await gone
  clearTimeout(hard)
}
