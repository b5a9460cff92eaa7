/** A shop with its webhooks running, and subscribers that answer as a test wants. */
import pino from 'pino'
import { Shop } from '../../../tests/shop.ts'
import { OutboxReaders } from '../../events/outbox-readers.ts'
import { fanOut } from '../deliveries/fan-out.ts'
import { Dispatcher, type DispatcherOptions } from '../dispatch/dispatcher.ts'
import type { CreatedEndpoint } from '../schema.ts'

export interface Received {
  headers: Record<string, string>
  body: string
}

type Answering = (received: Received, nth: number) => Response | Promise<Response>

/** A real HTTP peer on a free port. */
export class Peer {
  readonly received: Received[] = []
  readonly #server
  answering: Answering
  in_flight = 0
  most_in_flight = 0

  constructor(answering: Answering = () => new Response('ok')) {
    this.answering = answering
    this.#server = Bun.serve({
      port: 0,
      hostname: '127.0.0.1',
      fetch: async (request) => {
        this.most_in_flight = Math.max(this.most_in_flight, ++this.in_flight)
        const got = { headers: Object.fromEntries(request.headers), body: await request.text() }
        this.received.push(got)
        try {
          return await this.answering(got, this.received.length)
        } finally {
          this.in_flight -= 1
        }
      },
    })
  }

  get url(): string {
    return `http://127.0.0.1:${this.#server.port}/hooks`
  }

  types(): string[] {
    return this.received.map(({ body }) => (JSON.parse(body) as { type: string }).type)
  }

  stop(): Promise<void> {
    return this.#server.stop(true)
  }
}

export class Hooks {
  readonly readers: OutboxReaders
  readonly dispatcher: Dispatcher

  constructor(
    readonly shop: Shop,
    options: Partial<DispatcherOptions> = {},
  ) {
    const { data, house } = shop
    const log = pino({ level: 'fatal' })
    this.readers = new OutboxReaders(data.tenants, [fanOut], log)
    this.dispatcher = new Dispatcher({ data, services: house.door.services, log, ...options })
    this.readers.start()
    this.dispatcher.start()
  }

  /** Resolves when all that was told has been queued, and all that is due has been answered. */
  async settled(): Promise<void> {
    await this.readers.idle()
    await this.dispatcher.idle()
  }

  /** Lets time pass and whatever is due by then go out. */
  async after(by_ms: number): Promise<void> {
    this.shop.clock.advance(by_ms)
    this.dispatcher.ring()
    await this.settled()
  }

  subscribe(url: string, more: object = {}): Promise<CreatedEndpoint> {
    return this.shop.done('POST /v1/webhook_endpoints', { url, types: ['item.*'], ...more })
  }

  async tellSomething(sku: string = crypto.randomUUID()): Promise<void> {
    await this.shop.done('POST /v1/items', { sku, name: 'A thing' })
  }

  async stop(): Promise<void> {
    await this.readers.stop()
    await this.dispatcher.stop()
  }
}
