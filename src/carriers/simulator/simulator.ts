/** Carriers that answer over real HTTP without any carrier: for demo, documentation and tests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import { systemClock, type Clock } from '../../kit/clock.ts'
import type { HttpCall } from '../exchange.ts'
import { parseJson } from '../reading.ts'
import { simulateSendle } from '../sendle/simulate.ts'
import { simulateUps } from '../ups/simulate.ts'
import type { SimulatedAnswer, SimulatedRequest, Simulation } from './simulation.ts'
import { seededRandom, World, type Purchase } from './world.ts'

/**
 * What can go wrong. `lost_answer`: the carrier acts, then the line breaks. `silence`: it acts and
 * never answers. `late_error`: it acts, and a gateway says 502. The others happen before it acts.
 */
export const fault_kinds = [
  'rate_limited',
  'server_error',
  'lost_answer',
  'silence',
  'late_error',
] as const
export type FaultKind = (typeof fault_kinds)[number]
/** The last three happen to purchases only. */
const after_acting = new Set<FaultKind>(['lost_answer', 'silence', 'late_error'])

export interface SimulatorOptions {
  /** A free one unless told. */
  port?: number
  seed?: number
  clock?: Clock
  /** How likely each fault is, 0 to 1. */
  faults?: Partial<Record<FaultKind, number>>
  latency_ms?: number
  /** A file in which purchases are kept, so that the next start knows them. */
  memory?: string
}

export interface Simulator {
  url: string
  /** `base_url` of a connection in simulator mode. */
  baseUrl(carrier_id: string): string
  /** Everything that was bought and is not voided, in order. */
  purchases(): readonly Purchase[]
  /** How often each reference was bought: more than once is what must never happen. */
  countsByReference(): Map<string, number>
  /**
   * Plays recorded exchanges backwards: a request that equals one of them gets its answer, once,
   * before anything is simulated. Works for a carrier that has no simulation as well.
   */
  play(carrier_id: string, exchanges: readonly RecordedExchange[]): void
  /** Recorded exchanges that nobody has asked for yet. */
  unplayed(): number
  /** The next fitting request meets this fault, whatever the likelihoods are. */
  failNext(fault: FaultKind): void
  /** What is bought next finds nobody at home, and arrives days later. */
  holdNext(): void
  expireTokens(): void
  /** Requests so far, `POST /ups/api/…`. */
  requests(): readonly string[]
  stop(): Promise<void>
}

export interface RecordedExchange {
  request: HttpCall
  response: { status: number; json?: unknown; text?: string; base64?: string }
}

interface Asked {
  method: string
  url: URL
  headers: Headers
  body: string
  gone: AbortSignal
}
type Unrecognised = Omit<SimulatedRequest, 'account'>
type Answered = SimulatedAnswer | 'broken_line'

/** Method, path, query, body and the headers that were recorded. */
function equals(call: HttpCall, { method, path, query, headers, json }: Unrecognised): boolean {
  if (call.method !== method || call.path !== path) return false
  const named = Object.entries(call.headers ?? {}).every(
    ([name, value]) => headers.get(name) === value,
  )
  const queried = isDeepStrictEqual(call.query ?? {}, Object.fromEntries(query))
  return named && queried && isDeepStrictEqual(call.json, json)
}

class Engine {
  readonly requests: string[] = []
  readonly recorded: { carrier_id: string; exchange: RecordedExchange }[] = []
  readonly ordered: FaultKind[] = []
  readonly #simulations: Map<string, Simulation>

  constructor(
    readonly world: World,
    readonly options: SimulatorOptions,
    readonly chance: () => number,
  ) {
    const simulations = [simulateSendle(), simulateUps(world)]
    this.#simulations = new Map(simulations.map((one) => [one.carrier_id, one]))
  }

  expireTokens(): void {
    for (const simulation of this.#simulations.values()) simulation.expireTokens?.()
  }

  /** The fault this request meets, if any. */
  #fault(buys: boolean): FaultKind | undefined {
    const fits = (fault: FaultKind) => buys || !after_acting.has(fault)
    const index = this.ordered.findIndex(fits)
    if (index >= 0) return this.ordered.splice(index, 1)[0]
    return fault_kinds.find(
      (fault) => fits(fault) && this.chance() < (this.options.faults?.[fault] ?? 0),
    )
  }

  async handle({ method, url, headers, body, gone }: Asked): Promise<Answered> {
    const [, carrier_id = '', ...rest] = url.pathname.split('/')
    this.requests.push(`${method} ${url.pathname}`)
    const asked: Unrecognised = {
      method,
      path: `/${rest.join('/')}`,
      query: url.searchParams,
      headers,
      json: parseJson(body),
      form: new URLSearchParams(body),
    }
    const played = this.#played(carrier_id, asked)
    if (played) return played
    const simulation = this.#simulations.get(carrier_id)
    if (!simulation) return { status: 404, json: { error: 'no such simulated carrier' } }
    if (this.options.latency_ms) await Bun.sleep(this.options.latency_ms)
    return this.#answer(simulation, asked, gone)
  }

  /** The recorded answer to exactly this request, and takes it off the list. */
  #played(carrier_id: string, asked: Unrecognised): SimulatedAnswer | undefined {
    const index = this.recorded.findIndex(
      (one) => one.carrier_id === carrier_id && equals(one.exchange.request, asked),
    )
    if (index < 0) return undefined
    const [{ exchange }] = this.recorded.splice(index, 1) as [(typeof this.recorded)[number]]
    const { status, json, text, base64 } = exchange.response
    if (base64 !== undefined) return { status, bytes: Buffer.from(base64, 'base64') }
    return text === undefined ? { status, json } : { status, bytes: Buffer.from(text) }
  }

  async #answer(simulation: Simulation, asked: Unrecognised, gone: AbortSignal): Promise<Answered> {
    const route = simulation.routes.find(
      ({ method, path }) => method === asked.method && path.test(asked.path),
    )
    const fault = this.#fault(route?.buys === true)
    if (fault === 'rate_limited') return simulation.busy
    if (fault === 'server_error') return simulation.down
    const account = simulation.authorize(asked, this.world)
    if (typeof account !== 'string') return account
    if (!route) return simulation.unknown
    const parameters = route.path.exec(asked.path)?.groups ?? {}
    const answer = await route.answer({ ...asked, account }, this.world, parameters)
    if (fault === 'late_error') return { status: 502, json: 'Bad Gateway' }
    if (fault === 'lost_answer') return 'broken_line'
    if (fault === 'silence') await untilGone(gone)
    return answer
  }
}

const untilGone = (gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (gone.aborted) resolve()
    gone.addEventListener('abort', () => resolve(), { once: true })
  })

/** Reads one request whole, answers it, or breaks the line without a word. */
async function serve(engine: Engine, asked: IncomingMessage, reply: ServerResponse): Promise<void> {
  const gone = new AbortController()
  reply.on('close', () => gone.abort())
  const chunks: Buffer[] = []
  for await (const chunk of asked) chunks.push(chunk as Buffer)
  const answer = await engine.handle({
    method: asked.method ?? 'GET',
    url: new URL(asked.url ?? '/', 'http://simulator'),
    headers: new Headers(asked.headers as Record<string, string>),
    body: Buffer.concat(chunks).toString(),
    gone: gone.signal,
  })
  if (answer === 'broken_line' || gone.signal.aborted) {
    asked.socket.destroy()
    return
  }
  const { status, json, bytes, headers = {} } = answer
  reply.writeHead(status, { 'content-type': 'application/json', ...headers })
  reply.end(bytes ?? JSON.stringify(json))
}

/** Starts the simulated carriers on this machine; they can be reached from nowhere else. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const seed = options.seed ?? 1
  const world = new World(options.clock ?? systemClock, seededRandom(seed), options.memory)
  const engine = new Engine(world, options, seededRandom(seed + 1))
  // Bun.serve cannot break a line on purpose, which is what this is for.
  const server = createServer((asked, reply) => {
    serve(engine, asked, reply).catch((error: unknown) => {
      reply.writeHead(500).end(JSON.stringify({ error: String(error) }))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve())
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const standing = () => world.purchases.filter(({ voided }) => !voided)
  return {
    url,
    baseUrl: (carrier_id) => `${url}/${carrier_id}`,
    purchases: standing,
    countsByReference: () => {
      const pieces = new Map<string, number>()
      const counts = new Map<string, number>()
      for (const { reference, piece } of standing()) {
        const key = `${reference} ${piece}`
        pieces.set(key, (pieces.get(key) ?? 0) + 1)
        counts.set(reference, Math.max(counts.get(reference) ?? 0, pieces.get(key)!))
      }
      return counts
    },
    play: (carrier_id, exchanges) => {
      for (const exchange of exchanges) engine.recorded.push({ carrier_id, exchange })
    },
    unplayed: () => engine.recorded.length,
    failNext: (fault) => engine.ordered.push(fault),
    holdNext: () => world.holdNext(),
    expireTokens: () => engine.expireTokens(),
    requests: () => engine.requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
