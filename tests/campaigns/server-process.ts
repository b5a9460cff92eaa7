/** A server in a process of its own, so that it can be killed. */
import { join } from 'node:path'

const root = join(import.meta.dir, '../..')

export interface ServerOptions {
  data: string
  port: number
  /** Added to the environment, for example a preloaded library. */
  environment?: Record<string, string>
  /** The compiled executable; absent: from source. */
  executable?: string
}

export class ServerProcess {
  private constructor(
    private readonly child: Bun.Subprocess<'ignore', 'pipe', 'pipe'>,
    readonly url: string,
  ) {}

  /** Starts it and waits until it answers. */
  static async start(options: ServerOptions): Promise<ServerProcess> {
    const { data, port, environment = {}, executable } = options
    const command = executable ? [executable] : [process.execPath, join(root, 'src/main.ts')]
    const child = Bun.spawn([...command, 'serve', '--data', data, '--port', String(port)], {
      stdin: 'ignore',
      stdout: 'pipe',
      stderr: 'pipe',
      env: {
        ...process.env,
        STOWAGE_REPLICA: 'off',
        STOWAGE_LOG_LEVEL: 'error',
        STOWAGE_RATE_PER_SECOND: '1000000',
        STOWAGE_RATE_BURST: '1000000',
        ...environment,
      },
    })
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`)
    await server.#untilUp()
    return server
  }

  /** As if the process were torn out: no handler runs, nothing is flushed. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.child.exited
  }

  async end(): Promise<void> {
    this.child.kill('SIGTERM')
    await this.child.exited
  }

  async #untilUp(): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      if (this.child.exitCode !== null) break
      const up = await fetch(`${this.url}/up`).then(
        (response) => response.ok,
        () => false,
      )
      if (up) return
      await Bun.sleep(25)
    }
    this.child.kill('SIGKILL')
    const said = await new Response(this.child.stderr).text()
    throw new Error(`the server did not come up: ${said}`)
  }
}

/** A port nobody listens on at this moment. */
export function freePort(): number {
  const probe = Bun.serve({ port: 0, fetch: () => new Response() })
  const { port } = probe
  void probe.stop(true)
  return port!
}
