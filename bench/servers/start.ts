/** A server in a process of its own: ours, or the bare one it is compared with. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const here = import.meta.dir

export interface Server {
  port: number
  /** From the spawn to its first answer. */
  started_in_ms: number
  /** What it holds in memory now. */
  residentBytes(): number
  stop(): Promise<void>
}

export interface OursOptions {
  data: string
  /** The compiled executable; absent: from source. */
  executable?: string | undefined
  /** What it has to answer before it counts as started. */
  until?: '/up' | '/readyz'
  environment?: Record<string, string>
}

/** Our server with nothing left out but the limit of requests and the log of each one. */
export function startOurs(options: OursOptions): Promise<Server> {
  const { data, executable, until = '/readyz', environment } = options
  const command = executable ? [executable] : [process.execPath, join(here, '../../src/main.ts')]
  const port = freePort()
  return start([...command, 'serve', '--data', data, '--port', String(port)], port, until, {
    STOWAGE_REPLICA: 'off',
    STOWAGE_LOG_LEVEL: 'error',
    STOWAGE_RATE_PER_SECOND: '1000000',
    STOWAGE_RATE_BURST: '1000000',
    ...environment,
  })
}

/** `Bun.serve` and nothing else, which answers everything with this text. */
export function startBare(answer: string): Promise<Server> {
  const port = freePort()
  const command = [process.execPath, join(here, 'bare.ts')]
  return start(command, port, '/', { PORT: String(port), ANSWER: answer })
}

async function start(
  command: string[],
  port: number,
  path: string,
  environment: Record<string, string>,
): Promise<Server> {
  const began_ms = performance.now()
  const child = Bun.spawn(command, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  })
  while (!(await answers(`http://127.0.0.1:${port}${path}`))) {
    if (child.exitCode !== null || performance.now() - began_ms > 60_000) {
      child.kill('SIGKILL')
      throw new Error(`a server did not come up: ${await new Response(child.stderr).text()}`)
    }
    await Bun.sleep(1)
  }
  return {
    port,
    started_in_ms: performance.now() - began_ms,
    residentBytes: () => residentBytes(child.pid),
    async stop() {
      child.kill('SIGTERM')
      await child.exited
    },
  }
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    async (response) => {
      await response.text()
      return response.ok
    },
    () => false,
  )

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1024

/** A port nobody listens on at this moment. */
function freePort(): number {
  const probe = Bun.serve({ port: 0, fetch: () => new Response() })
  const { port } = probe
  void probe.stop(true)
  return port!
}
