/**
 * Forwards what Litestream logs. It logs to a file and not to us: a pipe would break when we are
 * killed, and the first line it writes then would end it before its last sync.
 */
import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs'

const look_every_ms = 250
/** The file begins anew when it is longer and everything in it was forwarded. */
const longest_bytes = 1024 * 1024

export class LogTail {
  readonly #descriptor: number
  readonly #timer: ReturnType<typeof setInterval>
  readonly #decoder = new TextDecoder()
  #offset = 0
  #rest = ''

  constructor(
    path: string,
    private readonly forward: (line: string) => void,
  ) {
    closeSync(openSync(path, 'w', 0o600))
    this.#descriptor = openSync(path, 'a+')
    this.#timer = setInterval(() => this.look(), look_every_ms)
    this.#timer.unref()
  }

  /** Given to the child as its output: everything is appended, whoever truncates. */
  get descriptor(): number {
    return this.#descriptor
  }

  look(): void {
    const chunk = Buffer.alloc(64 * 1024)
    for (;;) {
      const size = readSync(this.#descriptor, chunk, 0, chunk.length, this.#offset)
      if (size === 0) break
      this.#offset += size
      const text = this.#rest + this.#decoder.decode(chunk.subarray(0, size), { stream: true })
      const lines = text.split('\n')
      this.#rest = lines.pop() ?? ''
      for (const line of lines) this.forward(line)
    }
    if (this.#offset > longest_bytes && fstatSync(this.#descriptor).size === this.#offset) {
      ftruncateSync(this.#descriptor, 0)
      this.#offset = 0
    }
  }

  close(): void {
    clearInterval(this.#timer)
    this.look()
    if (this.#rest) this.forward(this.#rest)
    closeSync(this.#descriptor)
  }
}
