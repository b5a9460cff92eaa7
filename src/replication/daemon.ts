/** Talks to a running Litestream over its socket, and notices when it comes, goes or is another one. */
import { readdir, readlink } from 'node:fs/promises'

export interface DaemonInfo {
  version: string
  pid: number
  started_at: string
  database_count: number
}

const attend_every_ms = 1_000
/** The daemon gives a request 30 seconds by itself; ours has to be the longer one. */
const answer_timeout_ms = 40_000
const info_timeout_ms = 3_000

/** Litestream ended, or hangs: the file has nothing to do with it. */
export class NoAnswer extends Error {}

/** Where its descriptors cannot be seen (another user's process, another system), we wait instead. */
const unseen_pause_ms = 2_000

export class Daemon {
  /** Names the process that answered last; undefined while none answers. */
  #run: string | undefined
  #info: DaemonInfo | undefined
  #timer: ReturnType<typeof setInterval> | undefined
  #asking: Promise<void> | undefined
  readonly #listeners = new Set<(run: string | undefined) => void>()

  constructor(readonly socket_path: string) {}

  get run(): string | undefined {
    return this.#run
  }

  get info(): DaemonInfo | undefined {
    return this.#info
  }

  /** Told the new run, or undefined: a daemon that restarted has forgotten every file. */
  onChange(listener: (run: string | undefined) => void): void {
    this.#listeners.add(listener)
  }

  attend(): void {
    this.#timer = setInterval(() => void this.look(), attend_every_ms)
    this.#timer.unref()
  }

  leave(): void {
    clearInterval(this.#timer)
    this.#listeners.clear()
  }

  /** Asks now who is there. */
  look(): Promise<void> {
    return (this.#asking ??= this.#ask().finally(() => (this.#asking = undefined)))
  }

  /** The process is known to have ended. */
  lost(): void {
    this.#become(undefined)
  }

  async #ask(): Promise<void> {
    try {
      this.#become(await this.#call<DaemonInfo>('GET', '/info', undefined, info_timeout_ms))
    } catch {
      // Whatever the reason, there is nobody to talk to; the next look asks again.
      this.#become(undefined)
    }
  }

  #become(info: DaemonInfo | undefined): void {
    const run = info && `${info.pid} ${info.started_at}`
    this.#info = info
    if (run === this.#run) return
    this.#run = run
    for (const listener of this.#listeners) listener(run)
  }

  async register(path: string, replica_url: string): Promise<void> {
    await this.#call('POST', '/register', { path, replica_url })
  }

  /** Resolves when everything committed before the call is at the target. */
  async sync(path: string): Promise<void> {
    await this.#call('POST', '/sync', { path, wait: true, timeout: 30 })
  }

  /** The daemon lets go of the file. */
  async unregister(path: string): Promise<void> {
    await this.#call('POST', '/unregister', { path, timeout: 30 })
  }

  /**
   * Resolves when the process has no descriptor of the file any more. A snapshot that was running
   * when it was unregistered keeps a connection for a moment longer; when that one closes, it may
   * remove the log by its name: also the log of a file that was put in place meanwhile.
   */
  async untilLetGo(path: string): Promise<void> {
    const pid = this.#info?.pid
    if (pid === undefined) return
    for (let attempt = 0; attempt < 500; attempt++) {
      const files = await openFilesOf(pid)
      if (!files) return Bun.sleep(unseen_pause_ms)
      if (!files.some((file) => file.startsWith(path))) return
      await Bun.sleep(20)
    }
    throw new Error(`Litestream does not let go of ${path}.`)
  }

  async #call<Answer>(
    method: 'GET' | 'POST',
    path: string,
    body?: Record<string, unknown>,
    timeout_ms = answer_timeout_ms,
  ): Promise<Answer> {
    const request = {
      method,
      unix: this.socket_path,
      signal: AbortSignal.timeout(timeout_ms),
      ...(body ? { body: JSON.stringify(body) } : {}),
    }
    const response = await fetch(`http://litestream${path}`, request).catch((error: Error) => {
      throw new NoAnswer(`Litestream ${path}: ${error.message}`, { cause: error })
    })
    const answer = (await response.json()) as Answer & { error?: string }
    if (!response.ok) throw new Error(`Litestream ${path}: ${answer.error ?? response.status}`)
    return answer
  }
}

/** Paths of the files that a process has open; undefined when we may not look. */
async function openFilesOf(pid: number): Promise<string[] | undefined> {
  const folder = `/proc/${pid}/fd`
  try {
    const names = await readdir(folder)
    return await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')))
  } catch {
    return undefined
  }
}
