/**
 * The load: one process, many connections that are kept open, one request in flight on each. It
 * speaks just enough HTTP/1.1 over TCP that it costs less than any server it asks.
 */
import type { Socket } from 'bun'

/** What to send; `{{key}}` becomes a text that was never sent before. */
export interface Plan {
  port: number
  connections: number
  /** It ends at whichever comes first. */
  duration_ms: number
  most_requests?: number
  /** Whole requests, taken in turn. */
  requests: string[]
}

export interface Load {
  requests: number
  per_second: number
  p50_ms: number
  p99_ms: number
  /** How many answers there were of each status. */
  statuses: Record<string, number>
}

interface Conversation {
  sent_at_ms: number
  /** Of an answer that comes in several parts: what is missing, or unknown while its head is. */
  missing_bytes: number | undefined
  head: string
}

const run = crypto.randomUUID()

class Client {
  readonly #latencies_ms: number[] = []
  readonly #statuses: Record<string, number> = {}
  readonly #parts: [before: string, after: string | undefined][]
  #sent = 0
  #open = 0
  #ends_at_ms = 0
  #done!: () => void

  constructor(private readonly plan: Plan) {
    this.#parts = plan.requests.map((text) => {
      const [before, after] = text.split('{{key}}')
      return [before!, after]
    })
  }

  async run(): Promise<Load> {
    const { connections, port, duration_ms } = this.plan
    const socket = {
      data: (socket: Socket<Conversation>, bytes: Buffer) => this.#read(socket, bytes),
      close: () => this.#closed(),
      error: (_: unknown, error: Error) => Promise.reject(error),
    }
    const sockets = await Promise.all(
      Array.from({ length: connections }, () =>
        Bun.connect<Conversation>({
          hostname: '127.0.0.1',
          port,
          socket,
          data: { sent_at_ms: 0, missing_bytes: undefined, head: '' },
        }),
      ),
    )
    const done = new Promise<void>((resolve) => (this.#done = resolve))
    this.#open = sockets.length
    const began_ms = performance.now()
    this.#ends_at_ms = began_ms + duration_ms
    for (const each of sockets) this.#send(each)
    await done
    return this.#sum(performance.now() - began_ms)
  }

  #send(socket: Socket<Conversation>): void {
    const now_ms = performance.now()
    if (now_ms >= this.#ends_at_ms || this.#sent === this.plan.most_requests) {
      socket.end()
      return
    }
    const number = this.#sent++
    const [before, after] = this.#parts[number % this.#parts.length]!
    socket.data.sent_at_ms = now_ms
    const text = after === undefined ? before : `${before}${run}-${number}${after}`
    if (socket.write(text) !== text.length) throw new Error('a request did not fit at once')
  }

  #read(socket: Socket<Conversation>, bytes: Buffer): void {
    const state = socket.data
    if (state.missing_bytes !== undefined) {
      state.missing_bytes -= bytes.length
    } else {
      state.head += bytes.toString('latin1')
      const end = state.head.indexOf('\r\n\r\n')
      if (end === -1) return
      state.missing_bytes = end + 4 + bodyLength(state.head) - state.head.length
    }
    if (state.missing_bytes > 0) return
    this.#latencies_ms.push(performance.now() - state.sent_at_ms)
    const status = state.head.slice(9, 12)
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1
    state.missing_bytes = undefined
    state.head = ''
    this.#send(socket)
  }

  #closed(): void {
    if (--this.#open === 0) this.#done()
  }

  #sum(took_ms: number): Load {
    const sorted = Float64Array.from(this.#latencies_ms).sort()
    const at = (part: number) => sorted[Math.floor(sorted.length * part)] ?? 0
    return {
      requests: sorted.length,
      per_second: sorted.length / (took_ms / 1_000),
      p50_ms: at(0.5),
      p99_ms: at(0.99),
      statuses: this.#statuses,
    }
  }
}

function bodyLength(head: string): number {
  const status = head.slice(9, 12)
  if (status === '304' || status === '204') return 0
  const length = /\r\ncontent-length: (\d+)\r\n/i.exec(head)?.[1]
  if (length === undefined) throw new Error(`an answer without a length: ${head}`)
  return Number(length)
}

if (import.meta.main) {
  const plan = JSON.parse(await Bun.stdin.text()) as Plan
  process.stdout.write(JSON.stringify(await new Client(plan).run()))
}
